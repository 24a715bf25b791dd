"""How it goes, in own words, over time; and where somebody could grow to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from candidates import services
from candidates.enums import Rung
from candidates.ladder import growth_above, suggested_potential
from candidates.measures import is_due, ladder_chart, wellbeing_chart
from candidates.models import Measurement, Wellbeing
from candidates.wellbeing import VERSIONS, clean_answers, said
from tests.candidates.factories import CandidateFactory


def _url(name: str, *args: Any) -> str:
    return reverse(f"candidates:{name}", args=args)


@pytest.fixture
def candidate(coach: Any) -> Any:
    return CandidateFactory(bureau=coach.bureau, coach=coach)


def test_every_version_asks_six_questions_with_five_answers_in_different_words() -> None:
    for questions in VERSIONS.values():
        assert len(questions) == 6
        assert all(len({str(word) for word in each.answers}) == 5 for each in questions)


def test_the_same_day_corrects_and_a_skipped_question_has_no_answer(candidate: Any, coach: Any) -> None:
    services.save_wellbeing(candidate=candidate, answers={"mood": 2, "energy": 5}, by=coach)
    services.save_wellbeing(candidate=candidate, answers={"mood": 4, "energy": None}, words="Goed.", by=coach)
    kept = Wellbeing.objects.get()
    assert (kept.answers, kept.words, kept.version) == ({"mood": 4}, "Goed.", "1")
    assert [one.word for one in said(kept)] == ["goed"]


def test_what_is_not_on_the_scale_is_no_answer(candidate: Any, coach: Any) -> None:
    assert clean_answers("1", {"mood": 6, "energy": 0, "days": 5, "diagnose": 3}) == {"days": 5}
    with pytest.raises(NotAllowedNow):
        services.save_wellbeing(candidate=candidate, answers={"mood": 9}, words="  ", by=coach)


def test_a_chart_draws_what_was_said_and_its_table_has_the_words(candidate: Any, coach: Any) -> None:
    today = timezone.localdate()
    about = {"bureau": coach.bureau, "candidate": candidate, "version": "1"}
    Wellbeing.objects.create(**about, filled_on=today - timedelta(days=200), answers={"mood": 1})
    Wellbeing.objects.create(**about, filled_on=today, answers={"mood": 5, "peace": 2})
    chart = wellbeing_chart(list(candidate.wellbeings.all()))
    assert chart is not None
    assert [course.label for course in chart.courses] == ["Hoe ik me voel", "Rust thuis en met geld"]
    assert [row[1:] for row in chart.table().rows] == [("heel goed", "bijna niet"), ("slecht", "–")]
    marks = [mark for mark in chart.draw().marks if mark.tag == "circle"]
    assert len(marks) == 3
    assert wellbeing_chart([]) is None


def test_two_measurements_make_a_chart_and_half_a_year_makes_it_time(candidate: Any, coach: Any) -> None:
    today = timezone.localdate()
    for days, rung in ((200, 2), (0, 4)):
        services.add_measurement(candidate=candidate, rung=rung, by=coach, on=today - timedelta(days=days))
    chart = ladder_chart(list(candidate.measurements.all()))
    assert chart is not None
    assert chart.table().rows[0][1] == "4. Onbetaald werk"
    assert is_due(None)
    assert is_due(today - timedelta(days=183))
    assert not is_due(today - timedelta(days=182))


@pytest.mark.parametrize(
    ("rung", "answers", "potential"),
    [
        (2, {"grow_unpaid": "yes", "grow_activities": "yes"}, 4),
        (2, {"grow_unpaid": "no"}, 2),
        (2, {}, None),
        (6, {}, 6),
        (5, {"grow_unpaid": "yes"}, None),
        (1, {"grow_paid": "yes"}, 6),
    ],
)
def test_growth_is_found_with_questions_about_higher_steps(
    rung: int, answers: dict[str, str], potential: int | None
) -> None:
    assert suggested_potential(rung, answers) == potential
    assert all(step > rung for step in growth_above(rung))


def test_the_second_screen_asks_only_about_higher_steps_and_keeps_the_answers(
    candidate: Any, coach: Any, sign_in: Any
) -> None:
    client, url = sign_in(coach), _url("measurement_add", candidate.pk)
    answers = {"paid": "no", "support": "no", "unpaid": "yes", "activities": "no", "contacts": "yes"}
    fields = client.post(url, answers).context["form"].fields
    assert "grow_supported" in fields
    assert "grow_activities" not in fields
    day = timezone.localdate().isoformat()
    client.post(url, {**answers, "rung": "4", "grow_supported": "no", "on": day})
    kept = Measurement.objects.get()
    assert (kept.rung, kept.potential) == (Rung.UNPAID_WORK, 4)
    assert kept.answers["grow_supported"] == "no"


# pages


def test_a_candidate_tells_how_it_goes_and_the_coach_reads_it(world: Any, sign_in: Any) -> None:
    Wellbeing.objects.all().delete()
    me = sign_in(world.members[Role.CANDIDATE])
    assert me.get(_url("my_course"), follow=True).redirect_chain[-1][0] in (
        _url("my_course"),
        _url("my_wellbeing"),
    )
    assert "Eén vraag is genoeg" in me.post(_url("my_wellbeing"), {}).content.decode()
    response = me.post(_url("my_wellbeing"), {"mood": "4", "peace": "", "words": "Ik lach weer."})
    assert response.url == _url("my_course")
    assert "Ik lach weer." in me.get(_url("my_course")).content.decode()
    page = sign_in(world.members[Role.COACH]).get(_url("course", world.candidate.pk)).content.decode()
    assert "Ik lach weer." in page
    assert Reading.objects.filter(what="wellbeing", candidate_id=world.candidate.pk).count() == 1
    assert Wellbeing.objects.get().by == world.members[Role.CANDIDATE]


def test_the_coach_asks_on_the_spot_and_sees_it_in_the_file(candidate: Any, coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    client.post(_url("wellbeing_add", candidate.pk), {"energy": "2"})
    page = client.get(_url("file", candidate.pk)).content.decode()
    assert "Vertelde hoe het gaat" in page
    assert "weinig" in page
    form = client.get(_url("wellbeing_add", candidate.pk)).context["form"]
    assert form.fields["energy"].initial == 2
