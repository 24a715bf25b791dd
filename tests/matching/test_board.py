"""The board, the list and the agenda of matches: what stands where, which steps a card may take, and their budgets."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from matching.enums import MATCH_MOVES, OPEN_STATES, MatchState
from matching.models import Introduction, Match
from matching.views.board import COLUMNS, PER_COLUMN
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    IntroductionFactory,
    MatchFactory,
    MeetingFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate
MOST_QUERIES, MOST_BYTES = 12, 60_000


@pytest.fixture
def at_coach(sign_in, coach):
    return sign_in(coach)


@pytest.fixture
def own(bureau, coach):
    """own(state=…) makes a match of one of this coach's people."""

    def make(**fields):
        return MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach), **fields)

    return make


def text_of(client, name, *args, **query):
    answer = client.get(reverse(f"matching:{name}", args=args), query, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def many(bureau, coach, count):
    """So many matches over all states of the board, at twenty positions, written at once."""
    work = [WorkFactory(bureau=bureau) for _ in range(20)]
    people = [PersonFactory.build(bureau=bureau, coach=coach) for _ in range(count)]
    type(people[0]).objects.bulk_create(people)
    states = [*OPEN_STATES, MatchState.PLACED]
    matches = [
        MatchFactory.build(
            bureau=bureau, candidate=person, position=(at := work[n % 20]), employer=at.employer,
            state=states[n % 6], proposed_by=coach,
        )
        for n, person in enumerate(people)
    ]  # fmt: skip
    Match.objects.bulk_create(matches)
    known = [match for match in matches if match.state in ("introduced", "meeting_planned", "met", "placed")]
    Introduction.objects.bulk_create(
        IntroductionFactory.build(match=match, starts_at=timezone.now() + timedelta(days=2))
        for match in known
    )


@pytest.mark.parametrize("count", [6, 500])
def test_board_list_and_agenda_keep_their_budget(bureau, coach, at_coach, count_queries, count):
    many(bureau, coach, count)
    board, agenda = reverse("matching:match_list"), reverse("matching:introduction_calendar")
    pages = ("", "?van=alle", "?meer=met", "?weergave=lijst&sort=-naam", "?weergave=lijst&van=alle")
    for address in [*(board + page for page in pages), agenda + "?vorm=maand&van=alle"]:
        assert count_queries(lambda address=address: at_coach.get(address)) <= MOST_QUERIES, address
        assert (size := len(at_coach.get(address).content)) < MOST_BYTES, (address, size)


def test_a_column_shows_the_longest_waiting_and_more_when_asked(own, at_coach):
    made = [own(since=timezone.now() - timedelta(days=n)) for n in range(PER_COLUMN + 2)]
    page = text_of(at_coach, "match_list")
    assert "Toon meer (nog 2)" in page
    assert made[-1].candidate.short_name in page
    assert made[0].candidate.short_name not in page
    assert made[0].candidate.short_name in text_of(at_coach, "match_list", meer="proposed")


def test_who_began_leads_on_to_the_placement_for_a_month(own, at_coach, bureau):
    match = own(state=MatchState.PLACED)
    placement = WorkingFactory(bureau=bureau, candidate=match.candidate, position=match.position, match=match)
    leads = reverse("matching:placement", args=[placement.pk])
    assert leads in text_of(at_coach, "match_list")
    Match.objects.update(since=timezone.now() - timedelta(days=31))
    assert leads not in text_of(at_coach, "match_list")


def test_filters_narrow_board_and_list_alike_and_stay_in_the_links(own, at_coach):
    wanted, other = own(since=timezone.now() - timedelta(days=20)), own()
    for query in (
        {"werkgever": wanted.employer_id}, {"werkplek": wanted.position_id}, {"wacht": "14"},
        {"q": wanted.position.title},
    ):  # fmt: skip
        for view in ("bord", "lijst"):
            page = text_of(at_coach, "match_list", weergave=view, **query)
            assert wanted.candidate.short_name in page
            assert other.candidate.short_name not in page
            name, value = next(iter(query.items()))
            assert f"{name}={value}".replace(" ", "+") in page


def test_the_whole_bureau_can_be_narrowed_to_a_colleague(bureau, own, at_coach):
    mine, other = own(), MatchFactory(bureau=bureau)
    page = text_of(at_coach, "match_list", van="alle", coach=other.candidate.coach_id)
    assert other.candidate.short_name in page
    assert mine.candidate.short_name not in page
    assert other.candidate.short_name not in text_of(at_coach, "match_list", coach=other.candidate.coach_id)


def test_the_list_sorts_both_ways(own, at_coach):
    first, last = own(), own()
    for person, name in ((first.candidate, "aaa"), (last.candidate, "zzz")):
        person.first_name, person.search_name = name.title(), name
        person.save()
    for sort, order in (("naam", ("Aaa", "Zzz")), ("-naam", ("Zzz", "Aaa"))):
        page = text_of(at_coach, "match_list", weergave="lijst", sort=sort)
        assert page.index(order[0]) < page.index(order[1])


# steps from the board


def in_state(bureau, coach, state):
    about = {"bureau": bureau, "candidate": PersonFactory(bureau=bureau, coach=coach)}
    if state == MatchState.PROPOSED:
        return MatchFactory(**about)
    if state == MatchState.CANDIDATE_AGREED:
        return agree(MatchFactory(**about))
    past = timezone.now() - timedelta(hours=1)
    return MeetingFactory(match=MatchFactory(state=state, **about), starts_at=past).match


@pytest.mark.parametrize("state", OPEN_STATES)
def test_a_card_let_go_leads_to_the_page_of_the_step_or_says_why_not(bureau, coach, at_coach, state):
    match = in_state(bureau, coach, state)
    for to in COLUMNS:
        answer = at_coach.get(reverse("matching:match_moves", args=[match.pk]), {"naar": to})
        if to == state:
            assert answer.status_code == 200
        elif to in MATCH_MOVES[state]:
            assert answer.status_code == 302, to
            assert at_coach.get(answer.url).status_code == 200
        else:
            assert "kan nu niet" in answer.content.decode(), to
    match.refresh_from_db()
    assert match.state == state, "looking moves nothing"


def test_what_stands_in_the_way_is_said_before_the_form(bureau, coach, at_coach):
    full = in_state(bureau, coach, MatchState.MET)
    for _ in range(full.position.places):
        WorkingFactory(bureau=bureau, position=full.position)
    assert "Alle plekken zijn bezet" in text_of(at_coach, "match_moves", full.pk, naar="placed")
    paused = in_state(bureau, coach, MatchState.CANDIDATE_AGREED)
    type(paused.employer).objects.filter(pk=paused.employer_id).update(paused_until=TODAY())
    assert "geen voorstellen" in text_of(at_coach, "match_moves", paused.pk, naar="introduced")
    coming = in_state(bureau, coach, MatchState.MEETING_PLANNED)
    Introduction.objects.filter(match=coming).update(starts_at=timezone.now() + timedelta(days=3))
    assert "pas op" in text_of(at_coach, "match_moves", coming.pk, naar="met")


def test_a_connector_sees_cards_that_do_not_move(bureau, connector, sign_in):
    match = MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, connector=connector))
    client = sign_in(connector)
    page = text_of(client, "match_list")
    assert match.candidate.short_name in page
    assert "data-card" not in page
    assert client.get(reverse("matching:match_moves", args=[match.pk])).status_code == 403


# the agenda


def at(day, hour=10):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def test_week_and_month_show_the_meetings_on_their_day(bureau, coach, at_coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    meeting = MeetingFactory(match__bureau=bureau, match__candidate=person, starts_at=at(TODAY()))
    later = TODAY() + timedelta(days=40)
    far = MeetingFactory(
        match__bureau=bureau, match__candidate=PersonFactory(bureau=bureau, coach=coach), starts_at=at(later)
    )
    for shape in ("week", "maand"):
        page = text_of(at_coach, "introduction_calendar", vorm=shape)
        assert f"10:00 {person.short_name}" in page
        assert reverse("matching:match", args=[meeting.match_id]) in page
        assert far.candidate.short_name not in page
        assert far.candidate.short_name in text_of(
            at_coach, "introduction_calendar", vorm=shape, dag=later.isoformat()
        )


def test_what_was_called_off_leaves_the_agenda(bureau, coach, at_coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    MeetingFactory(
        match__bureau=bureau, match__candidate=person, match__state=MatchState.WITHDRAWN, starts_at=at(TODAY()),
        open=False,
    )  # fmt: skip
    assert person.short_name not in text_of(at_coach, "introduction_calendar")


def test_a_colleagues_meetings_stand_in_the_bureaus_agenda_only(bureau, at_coach):
    other = MeetingFactory(match__bureau=bureau, starts_at=at(TODAY()))
    assert other.candidate.short_name not in text_of(at_coach, "introduction_calendar")
    assert other.candidate.short_name in text_of(at_coach, "introduction_calendar", van="alle")


@pytest.mark.parametrize("day", ["2026-13-45", "onzin", "0001-01-01", "9999-12-31", "2024-02-29"])
@pytest.mark.parametrize("shape", ["week", "maand"])
def test_odd_days_are_no_trouble(at_coach, day, shape):
    text_of(at_coach, "introduction_calendar", vorm=shape, dag=day)


def test_another_bureaus_matches_stay_out_of_every_filter(other_bureau, at_coach, bureau):
    theirs = MatchFactory(bureau=other_bureau)
    for query in ({"werkgever": theirs.employer_id}, {"werkplek": theirs.position_id}):
        page = text_of(at_coach, "match_list", van="alle", **query)
        assert theirs.employer.name not in page
        assert theirs.position.title not in page
    stranger = MembershipFactory(role=Role.COACH, bureau=other_bureau)
    assert theirs.bureau_id == stranger.bureau_id
