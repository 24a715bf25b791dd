"""Every write of a person's data and every read of a file leaves a line that cannot be taken away."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from buurtbaan.audit.models import Change, Reading
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Intake
from tests.world import World

# Tables about a person that carry no trigger, each with the reason.
NOT_TRAILED = {"audit_change": "the trail itself", "audit_reading": "the trail itself"}
NOT_TRAILED["drafts_draft"] = "not said yet: sending the form leaves the line, typing does not"


def test_every_table_that_names_a_candidate_is_trailed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_audit'")
        trailed = {row[0] for row in cursor.fetchall()}
    about_people = {
        m._meta.db_table
        for m in apps.get_models()
        if any(f.column == "candidate_id" for f in m._meta.concrete_fields)
    } | {"candidates_candidate", "bureaus_membership", "bureaus_user", "employers_contact"}
    assert about_people - trailed == set(NOT_TRAILED)


def test_a_change_tells_who_what_and_why(world: World) -> None:
    coach = world.members[Role.COACH]
    with scoped(Scope.for_membership(coach, reason="telefoontje")):
        Intake.objects.filter(pk=world.intake.pk).update(dreams="Een eigen winkel")
    line = Change.objects.get(table="candidates_intake", action="UPDATE")
    assert (line.actor_id, line.user_id, line.role, line.reason) == (
        coach.pk,
        coach.user_id,
        Role.COACH,
        "telefoontje",
    )
    assert (line.candidate_id, line.bureau_id) == (world.candidate.pk, world.bureau.pk)
    assert (line.before, line.after) == ({"dreams": "Iets met fietsen"}, {"dreams": "Een eigen winkel"})


def test_bulk_writes_and_deletes_leave_a_line_each(world: World) -> None:
    Change.objects.all()
    with scoped(Scope.for_bureau(world.bureau)):
        Candidate.objects.bulk_create(
            [Candidate(bureau=world.bureau, first_name=f"Bulk {n}") for n in range(3)]
        )
        Candidate.objects.filter(first_name__startswith="Bulk").update(phone="0612345678")
        Candidate.objects.filter(first_name__startswith="Bulk").delete()
    lines = Change.objects.filter(table="candidates_candidate", role="system")
    assert [lines.filter(action=a).count() for a in ("INSERT", "UPDATE", "DELETE")] == [3, 3, 3]


def test_an_update_that_changes_nothing_leaves_no_line(world: World) -> None:
    before = Change.objects.count()
    Candidate.objects.filter(pk=world.candidate.pk).update(first_name=world.candidate.first_name)
    assert Change.objects.count() == before


def test_the_trail_leaves_passwords_and_secrets_out(world: World) -> None:
    text = str(list(Change.objects.values_list("before", "after")))
    assert "password" not in text
    assert "token_hash" not in text


@pytest.mark.parametrize("table", ["audit_change", "audit_reading"])
@pytest.mark.parametrize("act", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_take_a_line_away(table: str, act: str, world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        scoped(Scope.for_membership(world.members[Role.MANAGER])),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))


def test_the_application_cannot_invent_a_change(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        scoped(Scope.for_bureau(world.bureau)),
    ):
        Change.objects.create(
            at="2026-01-01T00:00Z", table="x", row_id=1, action="INSERT", role="coach", reason=""
        )


def test_reading_is_noted_under_the_readers_own_name_only(world: World) -> None:
    coach, manager = world.members[Role.COACH], world.members[Role.MANAGER]
    with scoped(Scope.for_membership(coach)):
        record_read(by=coach, candidate_id=world.candidate.pk, what="file")
    line = Reading.objects.get()
    assert (line.actor_id, line.candidate_id, line.bureau_id) == (
        coach.pk,
        world.candidate.pk,
        world.bureau.pk,
    )
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        scoped(Scope.for_membership(coach)),
    ):
        record_read(by=manager, candidate_id=world.candidate.pk, what="file")
