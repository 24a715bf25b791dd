"""Stopping, coming back on it, and how long files are kept."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Bureau, Membership
from buurtbaan.drafts.models import Submission
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import services, tasks
from candidates.enums import Stage
from candidates.models import Candidate, Consent, Erasure, RetentionStep
from candidates.services import retention
from candidates.services.leaving import erase_leavers
from matching import services as matching_services
from matching.models import Introduction, Match
from matching.services.reminders import honour_withdrawals
from tests.candidates.factories import CandidateFactory
from tests.world import World

SignIn = Callable[[Membership], Client]
TODAY = timezone.localdate


def leaving(world: World) -> Candidate:
    return services.leave(candidate=world.candidate, by=world.members[Role.CANDIDATE])


def test_somebody_stops_on_the_own_page_and_comes_back_on_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.CANDIDATE])
    page = client.get(reverse("candidates:leave"))
    assert "14 dagen om je te bedenken" in page.content.decode()
    client.post(reverse("candidates:leave"))
    world.candidate.refresh_from_db()
    assert (world.candidate.leaving_on, world.candidate.stage) == (TODAY() + timedelta(days=14), Stage.PAUSED)
    assert "Je bent aan het stoppen" in client.get(reverse("candidates:leave")).content.decode()
    client.post(reverse("candidates:leave_not"))
    world.candidate.refresh_from_db()
    assert (world.candidate.leaving_on, world.candidate.stage) == (None, Stage.SEARCHING)


def test_taking_back_the_consent_to_record_leads_the_same_way(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.CANDIDATE])
    answer = client.post(reverse("candidates:my_consent_withdraw", args=[world.consent.pk]))
    assert answer["Location"] == reverse("candidates:leave")
    world.candidate.refresh_from_db()
    assert world.candidate.leaving_on == TODAY() + timedelta(days=14)
    services.stay(candidate=world.candidate, by=world.members[Role.COACH])
    assert Consent.objects.in_force().filter(candidate=world.candidate, purpose="record").exists()


def test_a_file_of_somebody_who_is_leaving_is_the_coachs_alone(world: World, sign_in: SignIn) -> None:
    leaving(world)
    url = reverse("candidates:file", args=[world.candidate.pk])
    answers = {
        role: sign_in(world.members[role]).get(url).status_code
        for role in (Role.COACH, Role.CONNECTOR, Role.MANAGER)
    }
    assert answers == {Role.COACH: 200, Role.CONNECTOR: 404, Role.MANAGER: 404}
    assert "Is aan het stoppen" in sign_in(world.members[Role.COACH]).get(url).content.decode()
    for role in (Role.CONNECTOR, Role.MANAGER):
        listed = sign_in(world.members[role]).get(reverse("candidates:caseload") + "?wie=&van=bureau")
        assert "Kandidaateigen" not in listed.content.decode()


def test_nobody_is_forgotten_when_there_is_no_coach(world: World, sign_in: SignIn) -> None:
    Candidate.objects.filter(pk=world.candidate.pk).update(coach=None)
    leaving(world)
    url = reverse("candidates:file", args=[world.candidate.pk])
    assert sign_in(world.members[Role.MANAGER]).get(url).status_code == 200


def test_an_employer_no_longer_sees_the_name_and_nothing_new_is_proposed(world: World) -> None:
    shared = Consent.objects.create(
        bureau=world.bureau, candidate=world.candidate, purpose="share_with_employer", recipient="Fietsen",
        text_version="1", text="…",
    )  # fmt: skip
    Match.objects.filter(pk=world.match.pk).update(consent=shared)
    leaving(world)
    assert not Introduction.objects.get(match=world.match).open
    honour_withdrawals(world.bureau)
    assert Match.objects.get(pk=world.match.pk).state == "withdrawn"
    with pytest.raises(NotAllowedNow, match="aan het stoppen"):
        matching_services.propose(
            candidate=world.candidate, position=world.position, by=world.members[Role.COACH]
        )


def test_the_coach_sees_it_on_the_list_of_the_day(world: World, sign_in: SignIn) -> None:
    leaving(world)
    page = sign_in(world.members[Role.COACH]).get(reverse("matching:today")).content.decode()
    assert "Wil stoppen: bel" in page
    page = sign_in(world.members[Role.CONNECTOR]).get(reverse("matching:today")).content.decode()
    assert "Kandidaateigen" not in page.split("Wil stoppen")[0] or "Wil stoppen: bel" not in page


def test_a_colleague_writes_down_that_somebody_stops_or_stays(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.members[Role.COACH])
    url = reverse("candidates:departure", args=[world.candidate.pk])
    client.post(url, {"act": "leave"})
    assert Candidate.objects.get(pk=world.candidate.pk).is_leaving
    assert "is aan het stoppen" in client.get(url).content.decode()
    client.post(url, {"act": "stay"})
    assert not Candidate.objects.get(pk=world.candidate.pk).is_leaving


def test_after_the_time_to_think_the_file_is_erased_and_not_before(world: World) -> None:
    leaving(world)
    day = TODAY() + timedelta(days=14)
    with scoped(Scope.for_bureau(world.bureau)):
        assert erase_leavers(world.bureau, today=day - timedelta(days=1)) == 0
        assert erase_leavers(world.bureau, today=day) == 1
        assert erase_leavers(world.bureau, today=day) == 0
    assert not Candidate.objects.filter(pk=world.candidate.pk).exists()
    assert Erasure.objects.latest("pk").rule == "left"


def test_whoever_stays_is_not_erased(world: World) -> None:
    leaving(world)
    services.stay(candidate=world.candidate, by=world.members[Role.CANDIDATE])
    assert erase_leavers(world.bureau, today=TODAY() + timedelta(days=15)) == 0
    with pytest.raises(NotAllowedNow):
        services.stay(candidate=world.candidate, by=world.members[Role.CANDIDATE])


# my data


def test_my_data_come_along_as_pdf_and_json(world: World, sign_in: SignIn, count_queries: Any) -> None:
    client = sign_in(world.members[Role.CANDIDATE])
    page = client.get(reverse("candidates:my_data"))
    assert "Je gegevens" in page.content.decode()
    assert count_queries(lambda: client.get(reverse("candidates:my_data"))) <= 12
    told = json.loads(client.get(reverse("candidates:my_data_json")).content)
    assert told["rows"]["candidates.Candidate"][0]["first_name"]["value"] == "Kandidaateigen"
    assert client.get(reverse("candidates:my_data_pdf")).content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.COACH, Role.MANAGER])
def test_a_colleague_who_takes_all_data_along_is_written_down(
    role: Role, world: World, sign_in: SignIn
) -> None:
    answer = sign_in(world.members[role]).get(reverse("candidates:data_json", args=[world.candidate.pk]))
    assert answer.status_code == 200
    assert Reading.objects.get(what="export").actor_id == world.members[role].pk


# terms


@pytest.fixture
def closed(bureau: Bureau, coach: Membership) -> Candidate:
    """A file closed two years and two months ago, announced in time."""
    day = TODAY() - timedelta(days=792)
    person = CandidateFactory(
        bureau=bureau, coach=coach, stage=Stage.CLOSED, closed_on=day, closed_reason="verhuisd",
        email="weg@proef.example", retain_until=TODAY() - timedelta(days=1),
    )  # fmt: skip
    notice(person, days_ago=31)
    return person


def notice(person: Candidate, *, days_ago: int) -> None:
    RetentionStep.objects.create(
        bureau=person.bureau, candidate=person, kind="notice", until=person.retain_until,
        on=TODAY() - timedelta(days=days_ago),
    )  # fmt: skip


def test_a_file_goes_when_its_term_is_over_and_notice_was_given(bureau: Bureau, closed: Candidate) -> None:
    late = CandidateFactory(bureau=bureau, stage=Stage.CLOSED, closed_on=TODAY(), retain_until=TODAY())
    notice(late, days_ago=31)
    silent = CandidateFactory(
        bureau=bureau, stage=Stage.CLOSED, closed_on=TODAY(), retain_until=TODAY() - timedelta(days=9)
    )
    assert list(retention.due(bureau)) == [closed]
    assert {one.pk for one in retention.ending(bureau)} == {closed.pk, late.pk, silent.pk}


def test_a_rehearsal_changes_nothing_and_a_second_purge_finds_nothing(
    bureau: Bureau, closed: Candidate, other_bureau: Bureau
) -> None:
    elsewhere = CandidateFactory(
        bureau=other_bureau, stage=Stage.CLOSED, closed_on=TODAY(), retain_until=closed.retain_until
    )
    notice(elsewhere, days_ago=40)
    assert retention.plan(list(retention.due(bureau))).rows == {
        "candidates.Candidate": 1,
        "candidates.RetentionStep": 1,
    }
    call_command("purge", "--dry-run")
    assert Candidate.objects.filter(pk=closed.pk).exists()
    with scoped(Scope.for_bureau(bureau)):
        assert len(retention.purge(bureau)) == 1
        assert retention.purge(bureau) == []
    assert not Candidate.objects.filter(pk=closed.pk).exists()
    assert Candidate.objects.filter(pk=elsewhere.pk).exists()


def test_a_file_that_is_reopened_or_put_off_stays(
    bureau: Bureau, closed: Candidate, manager: Membership
) -> None:
    later = TODAY() + timedelta(days=100)
    retention.postpone(candidate=closed, until=later, reason="vroeg erom", by=manager)
    assert not retention.due(bureau).exists()
    assert not retention.due(bureau, today=later + timedelta(days=1)).exists()  # no notice of the new day yet
    for until, reason in ((later, "x"), (later + timedelta(days=400), "x"), (later + timedelta(days=1), " ")):
        with pytest.raises(NotAllowedNow):
            retention.postpone(candidate=closed, until=until, reason=reason, by=manager)
    services.reopen_file(candidate=closed, by=manager)
    with pytest.raises(NotAllowedNow):
        retention.postpone(candidate=closed, until=later, reason="x", by=manager)


def test_notice_is_given_once_and_by_mail_only_to_who_said_yes(
    bureau: Bureau, coach: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    soon = TODAY() + timedelta(days=59)
    people = [
        CandidateFactory(
            bureau=bureau, stage=Stage.CLOSED, closed_on=TODAY(), retain_until=day, email=f"{n}@proef.example"
        )
        for n, day in enumerate([soon, soon, TODAY() + timedelta(days=90)])
    ]
    services.give_consent(candidate=people[0], purpose="contact", by=coach)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.give_notice(bureau) == 2
        assert retention.give_notice(bureau) == 0
    assert [letter.to for letter in mail.outbox] == [["0@proef.example"]]
    assert "wissen we alles" in mail.outbox[0].body


def test_a_notice_that_comes_late_moves_the_end(bureau: Bureau) -> None:
    person = CandidateFactory(
        bureau=bureau, stage=Stage.CLOSED, closed_on=date(2020, 1, 1), retain_until=date(2022, 1, 1)
    )
    retention.give_notice(bureau)
    person.refresh_from_db()
    assert person.retain_until == TODAY() + timedelta(days=30)
    assert retention.due(bureau, today=TODAY() + timedelta(days=31)).exists()


def test_the_schedule_erases_files_only_where_the_bureau_says_so(bureau: Bureau, closed: Candidate) -> None:
    tasks.look_after_terms()
    assert Candidate.objects.filter(pk=closed.pk).exists()
    Bureau.objects.filter(pk=bureau.pk).update(purge_by_itself=True)
    tasks.look_after_terms()
    tasks.look_after_terms()
    assert not Candidate.objects.filter(pk=closed.pk).exists()


def test_a_manager_reads_the_list_first_and_then_erases(
    bureau: Bureau, closed: Candidate, manager: Membership, sign_in: SignIn, count_queries: Any
) -> None:
    client = sign_in(manager)
    assert closed.full_name in client.get(reverse("candidates:retention")).content.decode()
    url = reverse("candidates:retention_purge")
    assert "er is nog niets gewist" in client.get(url).content.decode()
    assert count_queries(lambda: client.get(url)) <= 12
    assert count_queries(lambda: client.get(reverse("candidates:retention"))) <= 12
    assert "Lees de lijst" in client.post(url, {"people": str(closed.pk)}).content.decode()
    assert Candidate.objects.filter(pk=closed.pk).exists()
    client.post(url, {"people": "0", "read": "on"})
    assert Candidate.objects.filter(pk=closed.pk).exists()
    client.post(url, {"people": str(closed.pk), "read": "on"})
    assert not Candidate.objects.filter(pk=closed.pk).exists()
    line = Erasure.objects.get(bureau=bureau)
    assert (line.rule, line.actor_id, line.by_role) == ("retention", manager.pk, "manager")
    page = client.get(reverse("candidates:retention")).content.decode()
    assert "Bewaartermijn voorbij" in page
    assert closed.full_name not in page


def test_a_manager_changes_the_rule(bureau: Bureau, manager: Membership, sign_in: SignIn) -> None:
    url = reverse("candidates:retention_rule")
    assert sign_in(manager).post(url, {"retention_years": "3", "purge_by_itself": "on"}).status_code == 302
    bureau.refresh_from_db()
    assert (bureau.retention_years, bureau.purge_by_itself) == (3, True)
    assert sign_in(manager).post(url, {"retention_years": "40"}).status_code == 200


def test_closing_starts_the_clock_by_the_bureaus_rule(bureau: Bureau, coach: Membership) -> None:
    Bureau.objects.filter(pk=bureau.pk).update(retention_years=1)
    person = CandidateFactory(bureau=Bureau.objects.get(pk=bureau.pk), coach=coach)
    services.close_file(candidate=person, reason="verhuisd", by=coach, on=date(2026, 3, 1))
    person.refresh_from_db()
    assert person.retain_until == date(2027, 3, 1)


def test_tidying_up_throws_away_what_is_past_its_own_time_and_nothing_else(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    old, new = tmp_path / "old.log", tmp_path / "new.log"
    for path, days in ((old, 31), (new, 1)):
        path.write_text("x")
        os.utime(path, times=(time.time() - days * 86400,) * 2)
    past, now = timezone.now() - timedelta(days=40), timezone.now()
    user = world.members[Role.CANDIDATE].user
    for moment in (past, now):
        Submission.objects.create(once=uuid.uuid4(), user=user, url="/", created_at=moment)
        AccessLink.objects.create(
            membership=world.members[Role.CANDIDATE],
            target="/",
            token_hash=uuid.uuid4().hex,
            expires_at=moment,
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_change SET at = now() - interval '6 years' "
            "WHERE id = (SELECT min(id) FROM audit_change WHERE bureau_id = %s)",
            [world.bureau.pk],
        )
    lines = Change.objects.count()
    tasks.tidy_up()
    tasks.tidy_up()
    assert (old.exists(), new.exists()) == (False, True)
    assert Submission.objects.filter(user=user).count() == 1
    assert not AccessLink.objects.filter(expires_at__lte=past).exists()
    assert Change.objects.count() >= lines - 1
    assert not Change.objects.filter(at__lt=now - timedelta(days=5 * 366)).exists()
