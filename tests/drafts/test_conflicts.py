"""Two people in one record: nothing is overwritten in silence."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from tests.drafts.typing import Typing
from tests.world import World


@pytest.fixture
def coach(world: World, sign_in: Any) -> Client:
    client: Client = sign_in(world.members[Role.COACH])
    return client


def dreams(client: Client, world: World) -> Typing:
    return Typing(client, reverse("candidates:intake_step", args=[world.candidate.pk, "dromen"])).open()


def pick(answer: Any, **picks: str) -> dict[str, Any]:
    """What the three-value screen sends."""
    html = answer.content.decode()
    form = html[html.index('class="form"') :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    data: dict[str, Any] = {}
    for name, value in found:
        data.setdefault(unescape(name), []).append(unescape(value))
    return data | {f"keuze-{name}": value for name, value in picks.items()}


def test_the_same_field_changed_twice_asks_what_is_right(world: World, coach: Client, sign_in: Any) -> None:
    mine, theirs = dreams(coach, world), dreams(sign_in(world.members[Role.MANAGER]), world)
    theirs.send(dreams="Een eigen winkel", stop="1")
    answer = mine.send(dreams="Een atelier", stop="1")
    assert answer.status_code == 409
    html = answer.content.decode()
    for text in ("Iets met fietsen", "Een eigen winkel", "Een atelier", "Waar droom je van?"):
        assert text in html
    world.intake.refresh_from_db()
    assert world.intake.dreams == "Een eigen winkel"


@pytest.mark.parametrize(
    ("choice", "kept"), [("mijn", "Een atelier"), ("nu", "Een eigen winkel"), ("was", "Iets met fietsen")]
)
def test_each_of_the_three_can_be_chosen(
    choice: str, kept: str, world: World, coach: Client, sign_in: Any
) -> None:
    mine = dreams(coach, world)
    dreams(sign_in(world.members[Role.MANAGER]), world).send(dreams="Een eigen winkel")
    screen = mine.send(dreams="Een atelier", wishes="Rust", stop="1")
    done = coach.post(mine.url, pick(screen, dreams=choice))
    assert done.status_code == 302
    assert done["Location"] == reverse("candidates:intake", args=[world.candidate.pk])
    world.intake.refresh_from_db()
    assert (world.intake.dreams, world.intake.wishes) == (kept, "Rust")


def test_without_a_choice_the_screen_comes_back(world: World, coach: Client, sign_in: Any) -> None:
    mine = dreams(coach, world)
    dreams(sign_in(world.members[Role.MANAGER]), world).send(dreams="Een eigen winkel")
    screen = mine.send(dreams="Een atelier")
    again = coach.post(mine.url, pick(screen))
    assert again.status_code == 409
    assert "Kijk dit nog even na" in again.content.decode()


def test_a_third_change_during_the_choice_asks_once_more(world: World, coach: Client, sign_in: Any) -> None:
    mine, other = dreams(coach, world), sign_in(world.members[Role.MANAGER])
    dreams(other, world).send(dreams="Een eigen winkel")
    screen = mine.send(dreams="Een atelier")
    dreams(other, world).send(dreams="Twee winkels")
    again = coach.post(mine.url, pick(screen, dreams="mijn"))
    assert again.status_code == 409
    assert "Twee winkels" in again.content.decode()
    assert coach.post(mine.url, pick(again, dreams="mijn")).status_code == 302
    world.intake.refresh_from_db()
    assert world.intake.dreams == "Een atelier"


def test_different_fields_are_merged_and_said(world: World, coach: Client, sign_in: Any) -> None:
    mine = dreams(coach, world)
    dreams(sign_in(world.members[Role.MANAGER]), world).send(dreams="Een eigen winkel", wishes="")
    answer = mine.send(dreams="Iets met fietsen", wishes="Meer rust", note="Belt", follow=True)
    assert answer.status_code == 302
    world.intake.refresh_from_db()
    assert (world.intake.dreams, world.intake.wishes) == ("Een eigen winkel", "Meer rust")
    page = coach.get(answer["Location"]).content.decode()
    assert "Intussen veranderde iemand anders “Waar droom je van?”" in page


def test_the_same_change_on_both_sides_is_no_conflict(world: World, coach: Client, sign_in: Any) -> None:
    mine = dreams(coach, world)
    dreams(sign_in(world.members[Role.MANAGER]), world).send(dreams="Een eigen winkel")
    assert mine.send(dreams="Een eigen winkel").status_code == 302


def test_a_step_sent_twice_because_the_answer_was_lost_is_no_conflict(world: World, coach: Client) -> None:
    mine = dreams(coach, world)
    for _time in range(2):
        assert mine.send(dreams="Een atelier", note="Belt").status_code == 302


def test_a_draft_is_compared_with_what_the_record_said_when_it_began(
    world: World, coach: Client, sign_in: Any
) -> None:
    dreams(coach, world).save(dreams="Een atelier")
    dreams(sign_in(world.members[Role.MANAGER]), world).send(dreams="Een eigen winkel")
    later = dreams(coach, world)
    assert "Een atelier" in later.html
    assert later.send(dreams="Een atelier").status_code == 409


def test_details_are_guarded_too(world: World, coach: Client, sign_in: Any) -> None:
    url = reverse("candidates:details_edit", args=[world.candidate.pk])
    kept = {
        "first_name": "Kandidaat",
        "language": "nl",
        "resident_kind": "resident",
        "birth": "1980",
        "phone": "0612345678",
    }
    mine, theirs = (Typing(c, url).open() for c in (coach, sign_in(world.members[Role.MANAGER])))
    assert theirs.send(**kept, last_name="Van Hier").status_code == 302
    screen = mine.send(**kept, last_name="Van Daar")
    assert screen.status_code == 409
    assert coach.post(url, pick(screen, last_name="nu")).status_code == 302
    world.candidate.refresh_from_db()
    assert world.candidate.last_name == "Van Hier"


def test_hours_and_dayparts_are_shown_in_words(world: World, coach: Client, sign_in: Any) -> None:
    url = reverse("candidates:intake_step", args=[world.candidate.pk, "uren"])
    mine, theirs = (Typing(c, url).open() for c in (coach, sign_in(world.members[Role.MANAGER])))
    theirs.send(hours_now="12", hours_wished="20", dayparts=["5"])
    screen = mine.send(hours_now="8,5", hours_wished="20", dayparts_unknown="1")
    html = screen.content.decode()
    assert screen.status_code == 409
    assert "dinsdagavond" in html.replace(" ", "").lower() or "di" in html
    done = coach.post(url, pick(screen, hours_now="mijn", dayparts="nu"))
    assert done.status_code == 302
    world.intake.refresh_from_db()
    assert (world.intake.hours_now, world.intake.dayparts) == (8.5, 1 << 5)


@pytest.mark.parametrize("what", ["employer", "position"])
def test_employers_and_positions_are_guarded(what: str, world: World, coach: Client, sign_in: Any) -> None:
    row = getattr(world, what)
    url = reverse(f"employers:{what}_edit", args=[row.pk])
    name, text = ("name", "story") if what == "employer" else ("title", "description")
    fixed = (
        {"kind": "social"}
        if what == "employer"
        else {"form": "work_experience", "places": "2", "dayparts_asked_unknown": "1"}
    )
    mine, theirs = (Typing(c, url).open() for c in (coach, sign_in(world.members[Role.MANAGER])))
    assert theirs.send(**fixed, **{name: getattr(row, name), text: "Van een collega"}).status_code == 302
    screen = mine.send(**fixed, **{name: getattr(row, name), text: "Van mij"})
    assert screen.status_code == 409
    assert coach.post(url, pick(screen, **{text: "mijn"})).status_code == 302
    row.refresh_from_db()
    assert getattr(row, text) == "Van mij"


def test_a_base_of_another_form_does_not_count(world: World, coach: Client, sign_in: Any) -> None:
    from buurtbaan.drafts.bases import Base

    signed = Base({"dreams": "a"}).sign("/hier/")
    assert Base.read(signed, "/daar/") is None
    assert Base.read(signed, "/hier/") == Base({"dreams": "a"})


@pytest.mark.parametrize("path", ["details_edit", "dromen"])
def test_the_record_is_locked_before_it_is_compared(path: str, world: World, coach: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("candidates:details_edit", args=[world.candidate.pk])
    typed: dict[str, Any] = {"first_name": "Anders", "language": "nl", "resident_kind": "resident"}
    if path == "dromen":
        url, typed = dreams(coach, world).url, {"dreams": "Anders"}
    page = Typing(coach, url).open()
    with CaptureQueriesContext(connection) as asked:
        assert page.send(**typed).status_code == 302
    said = [query["sql"] for query in asked]
    locks = [n for n, sql in enumerate(said) if "FOR UPDATE" in sql and "candidates_candidate" in sql]
    writes = [
        n for n, sql in enumerate(said) if sql.startswith(("UPDATE", "INSERT")) and '"candidates_' in sql
    ]
    assert locks
    assert writes
    assert locks[0] < writes[0]


def test_a_field_that_was_not_on_the_page_keeps_what_a_colleague_wrote(world: World, coach: Client) -> None:
    from buurtbaan.drafts.bases import Base

    page = dreams(coach, world)
    drawn = Base({"wishes": None, "energy": None, "note": None}).sign(page.url)
    page.html = page.html.replace(page.hidden("was"), drawn)
    assert page.send(wishes="Rust").status_code == 302
    world.intake.refresh_from_db()
    assert (world.intake.dreams, world.intake.wishes) == ("Iets met fietsen", "Rust")
