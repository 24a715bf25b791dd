"""Whatever is typed, pasted or sent: a clear message beside the field or a file as meant, and nothing lost."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.forms.fields import (
    Birth,
    BirthField,
    PhoneField,
    PlainText,
    PostcodeField,
    WholeText,
    one_line,
)
from candidates.intake_steps import STEPS
from candidates.models import ADULT_AGE, Candidate
from tests.candidates.factories import CandidateFactory

NEW = reverse("candidates:conversation_new")
GOOD = {"first_name": "Noor", "source": "walk_in", "record": "on", "language": "nl"}
NOW = timezone.localdate().year
ODD = st.text(max_size=300) | st.sampled_from(
    ["\x00", "\ud800".encode("utf-8", "replace").decode(), "9" * 400, "-1", "1e400", "NaN", "١٩٨٥", "🌻" * 50, "<b>",
     "' OR 1=1", "a\tb\tc\nd\te\tf\n", "\u202eomgekeerd", "\ufeff", "0000-00-00", "31-02-1990", "12.12.12.12"]
)  # fmt: skip
quietly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _page(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


@pytest.fixture
def as_coach(coach: Any, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", Birth()),
        ("1985", Birth(year=1985)),
        ("12-3-1985", Birth(on=date(1985, 3, 12))),
        ("12 03 1985", Birth(on=date(1985, 3, 12))),
        ("12031985", Birth(on=date(1985, 3, 12))),
        ("1985-03-12", Birth(on=date(1985, 3, 12))),
        ("12-3-85", Birth(on=date(1985, 3, 12))),
        ("85 jaar", Birth(year=NOW - 86, spread=1)),
        ("١٩٨٥", Birth(year=1985)),
        ("45", Birth(year=NOW - 46, spread=1)),
        ("45 jaar", Birth(year=NOW - 46, spread=1)),
        ("40-50", Birth(year=NOW - 46, spread=6)),
        ("tussen 40 en 50 jaar", Birth(year=NOW - 46, spread=6)),
        ("1975–1985", Birth(year=1980, spread=5)),
        ("18", Birth(year=NOW - 19, spread=1)),
    ],
)
def test_a_birth_is_read_as_people_say_it(typed: str, kept: Birth) -> None:
    assert BirthField().clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-2-1990", "no_such_day"),
        ("0-0-1990", "no_such_day"),
        ("29-2-2023", "no_such_day"),
        ("1899", "too_old"),
        ("0000", "too_old"),
        ("1-1-2999", "future"),
        ("17", "young"),
        ("12-20", "young"),
        ("2000-2015", "young"),
        ("50-40", "invalid"),
        ("20-80", "wide"),
        ("1950-1990", "wide"),
        ("weet ik niet", "invalid"),
        ("1-2-3-4", "invalid"),
        ("85-3-12", "no_such_day"),
        ("85", "which"),
        ("46", "which"),
        ("9" * 4000, "invalid"),
        ("🌻", "invalid"),
    ],
)
def test_a_birth_that_cannot_be_says_why(typed: str, code: str) -> None:
    field = BirthField()
    with pytest.raises(Exception, match=re.escape(str(field.error_messages[code]).partition("%")[0][:30])):
        field.clean(typed)


@given(ODD)
def test_no_text_breaks_a_field(text: str) -> None:
    for field in (BirthField(), PhoneField(), PostcodeField(), PlainText(max_length=80, required=False),
                  WholeText(label="", longest=4000)):  # fmt: skip
        try:
            kept = field.clean(text)
        except ValidationError as refused:
            told = refused.messages
        else:
            told = [f"kept as {kept}"]
            assert "\x00" not in str(kept)
        assert min(map(len, told)) > 7


@given(st.integers(ADULT_AGE, 100), st.integers(0, 20))
def test_a_band_of_ages_stays_the_same_when_it_is_shown_and_read_again(young: int, years: int) -> None:
    first = BirthField().clean(f"{young}-{young + years}")
    shown = BirthField().prepare_value(first)
    assert first.year - first.spread <= NOW - young - years
    assert first.year + first.spread == NOW - young
    if shown[-4:] <= str(NOW - ADULT_AGE) and int(shown[:4]) + 21 >= int(shown[-4:]):
        assert BirthField().clean(shown) == first


@given(st.text(max_size=200))
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert line == line.strip()
    assert not re.search(r"[\x00-\x1f\u202e\ufeff]", line)


@quietly
@given(first=ODD, last=ODD, birth=ODD, phone=ODD, hopes=ODD)
def test_a_first_conversation_takes_anything_and_answers(
    as_coach: Client, first: str, last: str, birth: str, phone: str, hopes: str
) -> None:
    post = {
        **GOOD,
        "first_name": first,
        "last_name": last,
        "birth": birth,
        "phone": phone,
        "hopes": hopes,
        "anyway": "1",
    }
    before = Candidate.objects.count()
    answer = as_coach.post(NEW, post)
    if answer.status_code == 302:
        made = Candidate.objects.latest("pk")
        assert made.first_name == one_line(first)
        assert made.last_name in one_line(last)
        assert made.first_conversations.get().hopes == hopes.replace("\x00", "").replace("\r\n", "\n").strip()
    else:
        assert answer.status_code == 200
        assert 'class="error-summary"' in answer.content.decode()
        assert Candidate.objects.count() == before


@pytest.mark.parametrize("name", ["first_name", "last_name", "place"])
def test_too_much_for_one_line_is_told_and_kept(as_coach: Client, name: str) -> None:
    long = "Naam " * 200_000
    page = _page(as_coach.post(NEW, {**GOOD, name: long}))
    limit = {"first_name": "80", "last_name": "120", "place": "120"}[name]
    assert f"{limit} tekens" in page
    assert long.strip()[:2000] in page
    assert 'maxlength="80"' not in page


def test_a_pasted_table_stays_a_table_in_a_text_and_one_line_in_a_name(as_coach: Client) -> None:
    table = "dag\turen\r\nmaandag\t4\r\ndinsdag\t3"
    as_coach.post(NEW, {**GOOD, "first_name": "Noor\tde\nBoer", "hopes": table})
    made = Candidate.objects.get()
    assert made.first_name == "Noor de Boer"
    assert made.first_conversations.get().hopes == table.replace("\r\n", "\n")


def test_what_nobody_sees_is_no_name(as_coach: Client) -> None:
    page = _page(as_coach.post(NEW, {**GOOD, "first_name": "\u202e\x00\ufeff "}))
    assert "Vul een voornaam of roepnaam in" in page
    assert not Candidate.objects.exists()


def test_a_file_where_words_belong_is_refused_in_words(as_coach: Client) -> None:
    file = SimpleUploadedFile("naam.exe", b"MZ\x90\x00" * 1000)
    answer = as_coach.post(NEW, {**GOOD, "first_name": file, "hopes": "Iets met dieren"})
    assert "Vul een voornaam of roepnaam in" in _page(answer)
    assert "Iets met dieren" in _page(answer)


def test_a_guessed_age_is_kept_and_shown_as_guessed(as_coach: Client) -> None:
    answer = as_coach.post(NEW, {**GOOD, "birth": "40-50"})
    made = Candidate.objects.get()
    assert (made.birth_year, made.birth_spread) == (NOW - 46, 6)
    assert f"{NOW - 52}–{NOW - 40}" in _page(as_coach.get(answer.url))
    details = reverse("candidates:details_edit", args=[made.pk])
    assert f'value="{NOW - 52}-{NOW - 40}"' in _page(as_coach.get(details))
    as_coach.post(details, {**GOOD, "birth": "1-2-1980", "resident_kind": "resident"})
    made.refresh_from_db()
    assert (made.birth_date, made.birth_year, made.birth_spread) == (date(1980, 2, 1), None, 0)


@quietly
@given(st.dictionaries(st.sampled_from(["first_name", "infix", "last_name", "birth", "phone", "email", "postcode",
       "area", "language", "source", "source_organisation", "benefit", "without_work_since"]), ODD))  # fmt: skip
def test_the_details_take_anything_and_answer(as_coach: Client, coach: Any, said: dict[str, str]) -> None:
    one = CandidateFactory(bureau=coach.bureau, coach=coach)
    url = reverse("candidates:details_edit", args=[one.pk])
    answer = as_coach.post(url, {**GOOD, "resident_kind": "resident", **said})
    assert answer.status_code == 302 or 'class="error-summary"' in answer.content.decode()


@pytest.mark.parametrize("slug", [step.slug for step in STEPS])
def test_every_step_of_the_intake_takes_anything_and_answers(as_coach: Client, coach: Any, slug: str) -> None:
    one = CandidateFactory(bureau=coach.bureau, coach=coach)
    url = reverse("candidates:intake_step", args=[one.pk, slug])
    asked = set(re.findall(r'name="(\w+)"', as_coach.get(url).content.decode())) - {
        "csrfmiddlewaretoken", "once", "viewport", "membership", "q", "language", "next"
    }  # fmt: skip
    if not asked:
        return  # this step asks more about earlier answers, and there are none

    @quietly
    @given(st.dictionaries(st.sampled_from(sorted(asked)), ODD))
    def tried(said: dict[str, str]) -> None:
        assert as_coach.post(url, said).status_code in (200, 302, 409)

    tried()
