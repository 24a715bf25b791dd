"""Who sees whom, and who is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from candidates import services
from candidates.caseload import board, narrowed, people
from candidates.dossier import known_of
from candidates.models import Candidate, FileOpening, SafetyRemark
from candidates.timeline import timeline
from tests.candidates.factories import CandidateFactory, ConversationFactory, IntakeFactory


def _names(rows: Any) -> list[str]:
    return sorted(one.first_name for one in rows)


def test_a_coach_opens_the_own_people_and_lists_the_bureau(
    coach: Any, member: Any, other_bureau: Any
) -> None:
    CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Mijn")
    CandidateFactory(bureau=coach.bureau, coach=member(Role.COACH), first_name="Haar")
    CandidateFactory(bureau=other_bureau, first_name="Elders")
    assert _names(Candidate.objects.visible_to(coach)) == ["Mijn"]
    assert _names(Candidate.objects.listed_to(coach)) == ["Haar", "Mijn"]


def test_an_opening_lasts_a_day(coach: Any) -> None:
    hers = CandidateFactory(bureau=coach.bureau)
    opening = services.open_with_reason(candidate=hers, reason="Zij belde mij", by=coach)
    assert _names(Candidate.objects.visible_to(coach)) == [hers.first_name]
    FileOpening.objects.filter(pk=opening.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert not Candidate.objects.visible_to(coach)


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.MANAGER])
def test_people_to_avoid_are_for_coach_and_candidate(role: Role, coach: Any, member: Any) -> None:
    other = member(role)
    hers = CandidateFactory(
        bureau=coach.bureau, coach=coach, connector=other if role == Role.CONNECTOR else None
    )
    SafetyRemark.objects.create(bureau=coach.bureau, candidate=hers, text="x")
    assert SafetyRemark.objects.visible_to(coach).count() == 1
    assert SafetyRemark.objects.visible_to(other).count() == 0


def test_the_database_keeps_another_bureau_out_even_unfiltered(coach: Any, other_bureau: Any) -> None:
    CandidateFactory(bureau=other_bureau)
    mine = CandidateFactory(bureau=coach.bureau)
    with scoped(Scope.for_membership(coach)):
        assert list(Candidate.objects.order_by("pk")) == [mine]


@pytest.fixture
def fatima(coach: Any) -> Candidate:
    return CandidateFactory(
        bureau=coach.bureau,
        first_name="Fatima",
        infix="van der",
        last_name="Berg",
        birth_year=1988,
        phone="+31612345678",
    )


def test_a_search_is_for_every_word_in_any_order(fatima: Candidate, coach: Any) -> None:
    rows = people(coach, "bureau")
    with scoped(Scope.for_membership(coach)):
        assert list(narrowed(rows, {"q": "bérg FAT"}, names_only=True)) == [fatima]
        assert list(narrowed(rows, {"q": "be fa"}, names_only=True)) == [fatima]
        assert not narrowed(rows, {"q": "berg jan"}, names_only=True)


@pytest.mark.parametrize("odd", ["%%%", "f%ma", "___", "\\\\\\", "fat\\ima", "'; drop", "🌻🌻🌻", "f" * 80])
def test_signs_of_the_database_mean_nothing_in_a_search(fatima: Candidate, coach: Any, odd: str) -> None:
    with scoped(Scope.for_membership(coach)):
        assert not narrowed(people(coach, "bureau"), {"q": odd}, names_only=True)


def test_a_search_by_index_stays_within_the_scope(fatima: Candidate, member: Any, other_bureau: Any) -> None:
    stranger = member(Role.COACH, bureau=other_bureau)
    with scoped(Scope.for_membership(stranger)), connection.cursor() as cursor:
        cursor.execute("SELECT people_named(ARRAY['fatima'])")
        assert cursor.fetchall() == []


def test_part_of_a_number_does_not_find_a_colleagues_person(fatima: Candidate, coach: Any) -> None:
    rows = people(coach, "bureau")
    assert not narrowed(rows, {"q": "12345"}, names_only=True)
    assert list(narrowed(rows, {"q": "06 12345678"}, names_only=True)) == [fatima]
    assert list(narrowed(rows, {"q": "12345"}, names_only=False)) == [fatima]


def test_silence_counts_who_was_never_spoken_to(coach: Any) -> None:
    today = timezone.localdate()
    CandidateFactory(
        bureau=coach.bureau, coach=coach, first_name="Lang", last_contact_on=today - timedelta(days=30)
    )
    CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Nooit", last_contact_on=None)
    CandidateFactory(
        bureau=coach.bureau, coach=coach, first_name="Net", last_contact_on=today - timedelta(days=29)
    )
    rows = narrowed(people(coach, "mijn"), {"stil": "30"}, names_only=False)
    assert _names(rows) == ["Lang", "Nooit"]


def test_a_closed_file_leaves_the_list_and_the_board(coach: Any) -> None:
    closed = CandidateFactory(
        bureau=coach.bureau, coach=coach, stage="closed", closed_on=timezone.localdate()
    )
    rows = people(coach, "mijn")
    assert not narrowed(rows, {}, names_only=False)
    assert list(narrowed(rows, {"fase": "closed"}, names_only=False)) == [closed]
    assert all(not column.rows for column in board(coach, narrowed(rows, {}, names_only=False)))


def test_the_board_shows_the_longest_silence_first_and_counts_the_rest(coach: Any) -> None:
    today = timezone.localdate()
    for days in range(12):
        CandidateFactory(bureau=coach.bureau, coach=coach, last_contact_on=today - timedelta(days=days))
    columns = board(coach, people(coach, "mijn"))
    column = columns[0]
    assert (column.count, len(column.rows), column.more) == (12, 8, 4)
    assert column.rows[0].silent == 11
    assert {one.stage: one.count for one in columns if one.count} == {"met": 12}


def test_the_timeline_holds_everything_newest_first(world: Any) -> None:
    coach = world.members[Role.COACH]
    services.change_stage(candidate=world.candidate, to="introducing", by=coach, note="Gaat kijken")
    services.add_measurement(candidate=world.candidate, rung=3, potential=4, by=coach)
    ConversationFactory(
        candidate=world.candidate, held_on=timezone.localdate() - timedelta(days=400), minutes=20
    )
    shown = timeline(world.candidate, known_of(world.candidate))
    kinds = {entry.kind for entry in shown.entries}
    happened = {
        "talk",
        "stage",
        "rung",
        "match",
        "introduction",
        "start",
        "hours",
        "yes",
        "goal",
        "wellbeing",
        "wrong",
    }
    assert happened <= kinds
    assert [entry.on for entry in shown.entries] == sorted((e.on for e in shown.entries), reverse=True)
    assert "20 minuten" in shown.entries[-1].title
    assert {
        entry.kind for entry in timeline(world.candidate, known_of(world.candidate), kind="metingen").entries
    } == {"rung", "wellbeing"}


def test_the_timeline_pages_without_gap_or_double(coach: Any) -> None:
    candidate = CandidateFactory(bureau=coach.bureau)
    for n in range(45):
        ConversationFactory(candidate=candidate, text=f"gesprek {n}")
    pages = [timeline(candidate, known_of(candidate), page=n) for n in (1, 2, 3)]
    assert [page.has_next for page in pages] == [True, True, False]
    assert len({entry.text for page in pages for entry in page.entries}) == 45


def test_an_intake_is_read_by_who_may_open_the_file(coach: Any, member: Any) -> None:
    intake = IntakeFactory(candidate=CandidateFactory(bureau=coach.bureau, coach=coach))
    model = type(intake)
    assert list(model.objects.visible_to(coach)) == [intake]
    assert not model.objects.visible_to(member(Role.COACH))
    assert not model.objects.visible_to(
        member(Role.MUNICIPALITY, bureau=None, municipality=coach.bureau.municipality)
    )
