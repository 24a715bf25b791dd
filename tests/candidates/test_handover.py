"""People change hands: several at once, or all of a colleague who leaves; and the list goes along."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area
from buurtbaan.errors import NotAllowedNow
from buurtbaan.workbooks import safe
from candidates import services
from candidates.caseload import narrowed, people
from candidates.models import Candidate
from candidates.services.handover import spread
from matching.models import Match
from tests.candidates.factories import CandidateFactory


def _url(name: str, *args: Any) -> str:
    return reverse(f"candidates:{name}", args=args)


@pytest.fixture
def three(coach: Any) -> list[Candidate]:
    return [
        CandidateFactory(bureau=coach.bureau, coach=coach, first_name=name) for name in ("Ans", "Bo", "Cor")
    ]


# several from the list


def test_several_are_handed_over_by_name_and_put_back(
    three: list[Candidate], coach: Any, member: Any, sign_in: Any
) -> None:
    other, client = member(Role.COACH), sign_in(coach)
    ids = {"ids": [three[0].pk, three[1].pk]}
    page = client.get(_url("reassign"), ids).content.decode()
    assert "Draag 2 mensen over" in page
    assert "Ans" in page
    assert "Cor Proef" not in page
    answer = client.post(_url("reassign"), {**ids, "coach": other.pk}, follow=True)
    assert "2 mensen zijn overgedragen." in answer.content.decode()
    assert set(Candidate.objects.filter(coach=other)) == {three[0], three[1]}
    client.post(_url("reassign_undo"))
    assert Candidate.objects.filter(coach=coach).count() == 3
    assert client.post(_url("reassign_undo")).status_code == 302


def test_whoever_was_moved_on_meanwhile_stays(three: list[Candidate], coach: Any, member: Any) -> None:
    other, third = member(Role.COACH), member(Role.COACH)
    moves = services.reassign(candidates=[one.pk for one in three], coach=other, connector=None, by=coach)
    Candidate.objects.filter(pk=three[0].pk).update(coach=third)
    assert services.undo_reassign(moves=moves, by=coach) == 2
    three[0].refresh_from_db()
    assert three[0].coach == third


def test_only_own_people_and_only_to_a_colleague_in_that_role(
    three: list[Candidate], coach: Any, connector: Any, member: Any, other_bureau: Any
) -> None:
    hers = CandidateFactory(bureau=coach.bureau, coach=member(Role.COACH))
    stranger = member(Role.COACH, bureau=other_bureau)
    for ids, to in (([three[0].pk, hers.pk], coach), ([three[0].pk], stranger), ([three[0].pk], connector)):
        with pytest.raises(NotAllowedNow):
            services.reassign(candidates=ids, coach=to, connector=None, by=coach)
    with pytest.raises(NotAllowedNow):
        services.reassign(candidates=[three[0].pk], coach=None, connector=None, by=coach)


def test_nothing_ticked_goes_back_to_the_list(coach: Any, sign_in: Any) -> None:
    assert sign_in(coach).get(_url("reassign") + "?ids=x&ids=9").url == _url("caseload")


# a colleague leaves


def test_people_are_spread_by_load() -> None:
    chosen = spread(range(10), {1: 6, 2: 0, 3: 2})
    assert [list(chosen.values()).count(who) for who in (1, 2, 3)] == [0, 6, 4]


def test_a_handover_is_adjusted_and_confirmed_and_the_role_ends(
    three: list[Candidate], coach: Any, member: Any, manager: Any, sign_in: Any
) -> None:
    first, second = member(Role.COACH), member(Role.COACH)
    closed = CandidateFactory(
        bureau=coach.bureau, coach=coach, stage="closed", closed_on=timezone.localdate()
    )
    client, url = sign_in(manager), _url("handover", coach.pk)
    assert "3" in client.get(_url("handover_choose")).content.decode()
    groups = client.get(url).context["groups"]
    assert sorted(len(mine) for _who, mine, _load in groups) == [1, 2]
    client.post(url, {"verplaats": "1", "ids": [one.pk for one in three], "naar": second.pk})
    groups = {who.pk: len(mine) for who, mine, _load in client.get(url).context["groups"]}
    assert groups == {first.pk: 0, second.pk: 3}
    today = timezone.localdate()
    answer = client.post(url, {"klaar": "1", "last_day": today.isoformat()}, follow=True)
    assert "3 mensen zijn overgedragen." in answer.content.decode()
    assert Candidate.objects.filter(coach=second).count() == 3
    coach.refresh_from_db()
    closed.refresh_from_db()
    assert (coach.ends, closed.coach) == (today, coach)
    assert (
        Change.objects.filter(table="candidates_candidate", action="UPDATE", actor_id=manager.pk).count() == 3
    )


def test_all_or_nothing_when_somebody_came_in_between(
    three: list[Candidate], coach: Any, member: Any, manager: Any
) -> None:
    other = member(Role.COACH)
    holders = {one.pk: other.pk for one in three[:2]}
    with pytest.raises(NotAllowedNow):
        services.hand_over(leaving=coach, holders=holders, last_day=timezone.localdate(), by=manager)
    everybody = {one.pk: manager.pk for one in three}
    with pytest.raises(NotAllowedNow):
        services.hand_over(leaving=coach, holders=everybody, last_day=timezone.localdate(), by=manager)
    assert Candidate.objects.filter(coach=coach).count() == 3
    coach.refresh_from_db()
    assert coach.ends is None


def test_proposals_and_promises_go_along(world: Any, member: Any) -> None:
    coach, manager = world.members[Role.COACH], world.members[Role.MANAGER]
    other = member(Role.COACH, bureau=world.bureau)
    services.set_call_back(candidate=world.candidate, on=date(2030, 1, 1), by=coach)
    services.hand_over(
        leaving=coach, holders={world.candidate.pk: other.pk}, last_day=timezone.localdate(), by=manager
    )
    assert list(Match.objects.visible_to(other)) == [world.match]
    assert Candidate.objects.visible_to(other).get().call_back_on == date(2030, 1, 1)
    assert not Candidate.objects.visible_to(coach)


def test_500_people_move_in_a_few_queries(
    coach: Any, member: Any, manager: Any, sign_in: Any, count_queries: Any
) -> None:
    colleagues = [member(Role.COACH) for _n in range(3)]
    Candidate.objects.bulk_create(
        Candidate(bureau=coach.bureau, coach=coach, first_name=f"Persoon {n}", search_name=f"persoon {n}")
        for n in range(500)
    )
    client, url = sign_in(manager), _url("handover", coach.pk)
    assert count_queries(lambda: client.get(url)) <= 14
    post = {"klaar": "1", "last_day": timezone.localdate().isoformat()}
    assert count_queries(lambda: client.post(url, post)) <= 30
    assert sorted(Candidate.objects.filter(coach=one).count() for one in colleagues) == [166, 167, 167]


def test_without_a_colleague_somebody_is_invited_first(
    three: list[Candidate], coach: Any, manager: Any, sign_in: Any
) -> None:
    client, url = sign_in(manager), _url("handover", coach.pk)
    assert reverse("invite") in client.get(url).content.decode()
    client.post(url, {"klaar": "1", "last_day": timezone.localdate().isoformat()})
    coach.refresh_from_db()
    assert coach.ends is None


# filters


def test_the_filters_find_what_asks_for_attention(coach: Any) -> None:
    today = timezone.localdate()
    about = {"bureau": coach.bureau, "coach": coach}
    area = Area.objects.create(municipality=coach.bureau.municipality, code="BU05180101", name="Proef")
    CandidateFactory(**about, first_name="Nieuw", area=area, source="walk_in")
    done = CandidateFactory(**about, first_name="Gemeten", last_proposed_on=today)
    services.add_measurement(candidate=done, rung=2, by=coach)
    goal = services.add_goal(candidate=done, title="x", by=coach)
    services.add_step(goal=goal, what="y", due_on=today - timedelta(days=1), by=coach)
    CandidateFactory(bureau=coach.bureau, connector=coach, first_name="Zonder")

    def found(**chosen: str) -> set[str]:
        return {one.first_name for one in narrowed(people(coach, "mijn"), chosen, names_only=False)}

    assert found(let="voorstel") == {"Nieuw", "Zonder"}
    assert found(let="meting") == {"Nieuw", "Zonder"}
    assert found(let="stap") == {"Gemeten"}
    assert found(let="niemand") == {"Zonder"}
    assert found(buurt=str(area.pk)) == {"Nieuw"}
    assert found(bron="walk_in") == {"Nieuw"}


def test_who_searches_for_thirty_days_without_a_proposal_is_found(coach: Any) -> None:
    today = timezone.localdate()
    for name, stage, days in (("Lang", "searching", 31), ("Net", "searching", 30), ("Werkt", "working", 90)):
        on = today - timedelta(days=days)
        CandidateFactory(bureau=coach.bureau, coach=coach, first_name=name, stage=stage, last_proposed_on=on)
        CandidateFactory(
            bureau=coach.bureau, coach=coach, first_name=f"Nooit {name}", stage=stage, entered_on=on
        )
    rows = narrowed(people(coach, "mijn"), {"let": "wacht"}, names_only=False)
    assert {one.first_name for one in rows} == {"Lang", "Nooit Lang"}


@pytest.mark.parametrize("sort", ["fase", "-fase", "wie", "-wie"])
def test_every_column_sorts(sort: str, three: list[Candidate], coach: Any, sign_in: Any) -> None:
    Candidate.objects.filter(pk=three[1].pk).update(stage="working")
    rows = sign_in(coach).get(_url("caseload"), {"sort": sort}).context["listed"].rows
    assert len(rows) == 3
    if sort == "-fase":
        assert rows[0].candidate == three[1]


def test_the_board_keeps_its_filter_after_a_move(three: list[Candidate], coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    page = client.get(_url("board"), {"let": "voorstel", "stil": ""}).content.decode()
    assert 'name="filter" value="let=voorstel"' in page
    post = {"move": f"{three[0].pk}:met:intake", "filter": "let=voorstel"}
    assert client.post(_url("board_move"), post).url == _url("board") + "?let=voorstel"


# the list to take along


def _sheet(response: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return list(book.worksheets[0].iter_rows(values_only=True))


@pytest.fixture
def exporter(coach: Any) -> Any:
    coach.may_export = True
    coach.save()
    return coach


def test_an_export_follows_the_filter_and_leaves_a_line_each(
    three: list[Candidate], exporter: Any, sign_in: Any
) -> None:
    Candidate.objects.filter(pk=three[0].pk).update(first_name="=1+1", phone="+31612345678", stage="intake")
    Candidate.objects.filter(pk=three[1].pk).update(stage="intake")
    client, url = sign_in(exporter), _url("caseload_export") + "?fase=intake"
    assert "2 mensen" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert not Reading.objects.exists()
    rows = _sheet(client.post(url, {"reason": "Bellijst voor de kerstlunch"}))
    assert [row[0] for row in rows] == ["Naam", "'=1+1 Proef", "Bo Proef"]
    assert rows[1][4] == "'+31612345678"
    lines = Reading.objects.filter(what="export")
    assert {line.candidate_id for line in lines} == {three[0].pk, three[1].pk}
    assert {line.reason for line in lines} == {"Bellijst voor de kerstlunch"}
    whole = Reading.objects.get(what="caseload_export")
    assert (whole.candidate_id, whole.bureau_id) == (None, exporter.bureau_id)
    assert whole.reason == "2 mensen. Bellijst voor de kerstlunch"


def test_the_manager_sees_the_export_in_the_log(
    three: list[Candidate], exporter: Any, manager: Any, sign_in: Any
) -> None:
    _sheet(sign_in(exporter).post(_url("caseload_export"), {"reason": "Bellijst"}))
    page = sign_in(manager).get(reverse("access_log")).content.decode()
    assert "lijst geëxporteerd" in page
    assert "3 mensen. Bellijst" in page


def test_without_the_right_there_is_no_export(three: list[Candidate], coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    assert client.get(_url("caseload_export")).status_code == 403
    assert client.post(_url("caseload_export"), {"reason": "x"}).status_code == 403
    assert _url("caseload_export") not in client.get(_url("caseload")).content.decode()


def test_too_many_is_said_and_not_cut_off(
    three: list[Candidate], exporter: Any, sign_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("candidates.views.export.MOST_ROWS", 2)
    answer = sign_in(exporter).post(_url("caseload_export"), {"reason": "x"})
    assert "De lijst is te lang" in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_colleagues_people_are_not_in_it(
    three: list[Candidate], exporter: Any, member: Any, sign_in: Any
) -> None:
    CandidateFactory(bureau=exporter.bureau, coach=member(Role.COACH), first_name="Haar")
    rows = _sheet(sign_in(exporter).post(_url("caseload_export") + "?bereik=bureau", {"reason": "x"}))
    assert "Haar Proef" not in [row[0] for row in rows]


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_stays_a_text(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe("Jan =") == "Jan ="
