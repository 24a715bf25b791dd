"""Evidence for a fund: consented people only, no hour twice, signed by a second person, and then kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import ConsentPurpose
from candidates.models import Candidate, Conversation, Fund, SessionAttendance, TrainingSession
from candidates.services import give_consent
from candidates.services.erasing import erase
from impact.models import EvidenceHour, EvidenceLine, EvidenceSheet, EvidenceState
from impact.participation import gather
from impact.services import evidence as services
from matching.models import Placement
from tests.world import World

SignIn = Callable[[Membership], Client]
TODAY = timezone.localdate()


@pytest.fixture
def sheet(world: World) -> EvidenceSheet:
    """Two hours on the fund and an hour of training, of one person who said yes."""
    EvidenceSheet.objects.filter(pk=world.evidence_sheet.pk).delete()
    give_consent(candidate=world.candidate, purpose=ConsentPurpose.FUNDER, by=world.members[Role.CANDIDATE])
    _talk(world.candidate, world.fund, 120)
    TrainingSession.objects.filter(pk=world.session.pk).update(
        starts_at=timezone.now() - timedelta(days=2), minutes=60
    )
    Membership.objects.filter(bureau=world.bureau, role__in=[Role.MANAGER, Role.COACH]).update(
        may_export=True
    )
    for role in (Role.MANAGER, Role.COACH):
        world.members[role].may_export = True
    return _sheet(world)


def _sheet(world: World, fund: Fund | None = None) -> EvidenceSheet:
    return EvidenceSheet.objects.create(
        bureau=world.bureau, fund=fund or world.fund, since=TODAY - timedelta(days=30), until=TODAY
    )


def _talk(person: Candidate, fund: Fund, minutes: int) -> Conversation:
    return Conversation.objects.create(
        bureau=person.bureau, candidate=person, fund=fund, minutes=minutes, held_on=TODAY - timedelta(days=5)
    )


def signed(sheet: EvidenceSheet, world: World) -> EvidenceSheet:
    services.prepare(sheet=sheet, by=world.members[Role.MANAGER])
    return services.sign(sheet=sheet, by=world.members[Role.COACH])


def test_a_sheet_counts_hours_attendance_and_work_of_who_said_yes(sheet: EvidenceSheet, world: World) -> None:
    other = Candidate.objects.create(bureau=world.bureau, first_name="Zonder")
    _talk(other, world.fund, 60)
    found = gather(sheet)
    assert [one.full_name for one in found.without_yes] == ["Zonder"]
    content = found.people[0].content()
    assert (content["talk_minutes"], content["training_minutes"]) == (120, 60)
    assert content["work"]["form"] == "work_experience"
    assert content["work"]["hours"] == "8"
    assert content["born"] == 1980


def test_what_is_missing_is_told_per_person(sheet: EvidenceSheet, world: World) -> None:
    Candidate.objects.filter(pk=world.candidate.pk).update(birth_year=None)
    needed = gather(sheet).people[0].needed
    assert needed[0] == "geboortejaar"
    assert any("doelgroep" in word for word in needed)
    assert "verslag van het eerste gesprek" in needed


def test_a_draft_is_read_within_the_budget_and_tells_the_newest_work(
    sheet: EvidenceSheet, world: World, sign_in: SignIn, count_queries: Callable[..., int]
) -> None:
    client, url = sign_in(world.members[Role.MANAGER]), reverse("impact:evidence", args=[sheet.pk])
    work = gather(sheet).people[0].work
    assert work
    assert work["hours"] == "8"
    Placement.objects.filter(pk=world.placement.pk).update(starts_on=TODAY + timedelta(days=1))
    assert gather(sheet).people[0].work is None
    client.get(url)
    assert count_queries(lambda: client.get(url)) <= 12


def test_two_people_make_it_and_it_never_changes(sheet: EvidenceSheet, world: World) -> None:
    with pytest.raises(NotAllowedNow, match="niet wie het klaarzette"):
        services.sign(
            sheet=services.prepare(sheet=sheet, by=world.members[Role.MANAGER]),
            by=world.members[Role.MANAGER],
        )
    done = services.sign(sheet=sheet, by=world.members[Role.COACH])
    assert done.state == EvidenceState.SIGNED
    assert services.is_whole(done)
    rows = EvidenceSheet.objects.filter(pk=done.pk)
    for change in ({"content": {}}, {"sha256": "1" * 64}, {"state": "draft"}, {"until": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            rows.update(**change)
    line = EvidenceLine.objects.filter(sheet=done)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        line.update(content={"name": "Iemand anders"})
    scope = scoped(Scope.for_membership(world.members[Role.MANAGER]))
    with pytest.raises(DatabaseError, match="line of a signed sheet stays"), transaction.atomic(), scope:
        line.delete()
    with pytest.raises(DatabaseError, match="evidence_second_person"), transaction.atomic():
        rows.update(signed_by=world.members[Role.MANAGER])


def test_an_hour_is_claimed_once(sheet: EvidenceSheet, world: World) -> None:
    services.prepare(sheet=sheet, by=world.members[Role.MANAGER])
    again = _sheet(world)
    assert gather(again).people == []
    taken = EvidenceHour.objects.exclude(attendance=None).get()
    with pytest.raises(DatabaseError, match="unique"), transaction.atomic():
        EvidenceHour.objects.create(
            bureau=world.bureau, candidate=world.candidate, sheet=again, attendance=taken.attendance,
            on=taken.on, minutes=60,
        )  # fmt: skip


def test_before_signing_it_can_be_put_back_and_after_it_only_withdrawn(
    sheet: EvidenceSheet, world: World
) -> None:
    manager = world.members[Role.MANAGER]
    services.prepare(sheet=sheet, by=manager)
    services.put_back(sheet=sheet, by=manager)
    assert not EvidenceLine.objects.filter(sheet=sheet).exists()
    done = signed(sheet, world)
    with pytest.raises(NotAllowedNow, match="Dit bewijs is nu: getekend"):
        services.put_back(sheet=done, by=manager)
    services.withdraw(sheet=done, reason="Verkeerde periode", by=manager)
    assert EvidenceLine.objects.filter(sheet=done).count() == 1
    assert len(gather(_sheet(world)).people) == 1


def test_changes_afterwards_are_told_and_leave_the_sheet_alone(sheet: EvidenceSheet, world: World) -> None:
    done = signed(sheet, world)
    assert services.changes(done) == []
    _talk(world.candidate, world.fund, 30)
    assert services.changes(done) == [f"{world.candidate.full_name}: andere uren of dagen."]
    erase(candidate=world.candidate, rule="asked")
    done.refresh_from_db()
    assert services.changes(done) == ["1 regel is gewist, samen met het dossier."]
    assert services.is_whole(done)


def test_the_file_wants_the_right_and_a_reason_and_is_a_reading_of_each_file(
    sheet: EvidenceSheet, world: World, sign_in: SignIn
) -> None:
    signed(sheet, world)
    client, url = sign_in(world.members[Role.MANAGER]), reverse("impact:evidence_book", args=[sheet.pk])
    assert client.post(url, {"reason": ""}).status_code == 409
    Reading.objects.all()
    answer = client.post(url, {"reason": "Verantwoording ESF+"})
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    assert book["Deelnemers"].cell(2, 1).value == world.candidate.full_name
    assert [row[3].value for row in list(book["Uren"].rows)[1:]] == [120, 60]
    values = {row[0].value: row[1].value for row in book["Ondertekening"].rows}
    assert values["Controlegetal (SHA-256)"] == EvidenceSheet.objects.get(pk=sheet.pk).sha256
    assert Reading.objects.filter(candidate_id=world.candidate.pk, reason="Verantwoording ESF+").exists()
    Membership.objects.filter(pk=world.members[Role.MANAGER].pk).update(may_export=False)
    assert sign_in(world.members[Role.MANAGER]).post(url, {"reason": "x"}).status_code == 403


def test_an_officer_reaches_no_evidence_with_whatever_query(sheet: EvidenceSheet, world: World) -> None:
    signed(sheet, world)
    with scoped(Scope.for_membership(world.members[Role.MUNICIPALITY])):
        found = [model.objects.count() for model in (EvidenceSheet, EvidenceLine, EvidenceHour)]
    assert found == [0, 0, 0]


def test_the_pages_from_draft_to_signed(
    sheet: EvidenceSheet, world: World, sign_in: SignIn, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    manager, coach = sign_in(world.members[Role.MANAGER]), sign_in(world.members[Role.COACH])
    here = reverse("impact:evidence", args=[sheet.pk])
    assert "Zet klaar om te tekenen" in manager.get(here).text
    assert count_queries(lambda: manager.get(here)) <= 13
    assert coach.get(here).status_code == 404
    manager.post(reverse("impact:evidence_prepare", args=[sheet.pk]))
    assert "Ik heb dit nagelezen en teken" not in manager.get(here).text
    assert "Ik heb dit nagelezen en teken" in coach.get(here).text
    coach.post(reverse("impact:evidence_sign", args=[sheet.pk]))
    assert count_queries(lambda: manager.get(here)) <= 12
    assert "Niets veranderd" in manager.get(reverse("impact:evidence_changes", args=[sheet.pk])).text
    few = count_queries(lambda: manager.get(reverse("impact:evidence_list")))
    for _n in range(10):
        _sheet(world)
    assert count_queries(lambda: manager.get(reverse("impact:evidence_list"))) == few <= 12


def test_more_people_do_not_mean_more_queries(
    sheet: EvidenceSheet, world: World, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    few = count_queries(lambda: gather(sheet))
    for number in range(6):
        one = Candidate.objects.create(bureau=world.bureau, first_name=f"Iemand {number}")
        _talk(one, world.fund, 30)
        give_consent(candidate=one, purpose=ConsentPurpose.FUNDER, by=world.members[Role.COACH])
    assert len(gather(sheet).people) == 7
    assert count_queries(lambda: gather(sheet)) == few
    assert SessionAttendance.objects.count() == 1
