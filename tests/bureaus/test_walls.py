"""The second wall: PostgreSQL itself shows a role only what its scope opens, whatever the query forgot."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.rls import APP_ROLE
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate
from tests.world import World

# Tables without row-level security, each with the reason why that is right.
OPEN_TABLES = {
    "bureaus_user": "sign-in must find an account before anybody is somebody",
    "bureaus_user_groups": "empty; Django asks for it",
    "bureaus_user_user_permissions": "empty; Django asks for it",
    "bureaus_municipality": "public register",
    "bureaus_area": "public register",
    "bureaus_bureau": "the tenants' own names; nothing about persons",
    "bureaus_bureau_areas": "public",
    "bureaus_rate": "public figures",
    "bureaus_postcode": "public register",
    "cache_entry": "counters of attempts under hashed keys",
    "vocabulary_term": "public words",
    "impact_sealcertificate": "public keys of the site itself; nothing about persons, and append-only",
    "drafts_submission": "random ids of forms and where they led; bound to the user in every query",
    "account_emailaddress": "sign-in, as bureaus_user",
    "account_emailconfirmation": "sign-in, as bureaus_user",
    "mfa_authenticator": "sign-in, as bureaus_user; secrets are encrypted or hashed by allauth",
    "django_session": "sign-in",
    "django_admin_log": "platform administrators only; no person tables in the admin",
    "django_content_type": "Django's own",
    "django_migrations": "Django's own",
    "auth_group": "empty; Django asks for it",
    "auth_group_permissions": "empty; Django asks for it",
    "auth_permission": "Django's own",
}


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        return sorted(row[0] for row in cursor.fetchall())


def protected() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        )
        return {row[0] for row in cursor.fetchall()}


def bureau_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.db_table in protected()]


@pytest.mark.django_db
def test_every_table_is_behind_the_wall_or_says_why_not() -> None:
    assert set(tables()) - protected() == set(OPEN_TABLES)


@pytest.mark.django_db
def test_the_application_role_is_bound_by_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        assert cursor.fetchone() == (False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [APP_ROLE]
        )
        assert cursor.fetchone() == (0,)


def _visible(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]  # type: ignore[misc]


def test_without_a_scope_every_protected_table_is_empty(world: World) -> None:
    with scoped(Scope()):
        assert {table: _visible(table) for table in protected()} == {table: [] for table in protected()}


@pytest.mark.parametrize("role", list(Role))
def test_a_raw_query_shows_nothing_of_another_bureau(role: Role, world: World, other_world: World) -> None:
    theirs = {(type(row)._meta.db_table, row.pk) for row in other_world.rows()}
    theirs |= {("bureaus_membership", m.pk) for m in other_world.members.values()}
    with scoped(Scope.for_membership(world.members[role])):
        for table in protected():
            seen = {(table, row["id"]) for row in _visible(table)}  # type: ignore[index]
            if role == Role.PLATFORM and table in (
                "bureaus_membership",
                "bureaus_invitation",
                "bureaus_accesslink",
                "rules_ruleversion",
                "impact_reportschedule",
                "impact_reportbatch",
                "impact_reportorder",
            ):
                continue  # the platform manages roles of all bureaus and reads every municipality's rules
            assert not seen & theirs, f"{role} reads {table}"


PERSON_TABLES = (
    "candidates_candidate",
    "candidates_intake",
    "candidates_conversation",
    "matching_match",
    "matching_placement",
    "impact_snapshot",
    "impact_impactreport",
)


@pytest.mark.parametrize("role", [Role.MUNICIPALITY, Role.PLATFORM])
def test_officers_and_administrators_reach_no_person_even_with_raw_sql(role: Role, world: World) -> None:
    with scoped(Scope.for_membership(world.members[role])):
        assert {table: len(_visible(table)) for table in PERSON_TABLES} == dict.fromkeys(PERSON_TABLES, 0)


def test_an_employer_contact_reads_introductions_but_no_candidate(world: World) -> None:
    with scoped(Scope.for_membership(world.members[Role.EMPLOYER])):
        assert len(_visible("matching_introduction")) == 1
        assert (
            _visible("candidates_candidate")
            == _visible("matching_match")
            == _visible("candidates_intake")
            == []
        )


def test_safety_remarks_are_for_the_coach_and_the_candidate(world: World) -> None:
    seen = {}
    for role in Role:
        with scoped(Scope.for_membership(world.members[role])):
            seen[role] = len(_visible("candidates_safetyremark"))
    assert {role for role, count in seen.items() if count} == {Role.COACH, Role.CANDIDATE}


def test_a_write_into_another_bureau_is_refused(world: World, other_world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        scoped(Scope.for_bureau(world.bureau)),
    ):
        Candidate.objects.create(bureau=other_world.bureau, first_name="Elders")
    with scoped(Scope.for_bureau(world.bureau)):
        assert Candidate.objects.filter(pk=other_world.candidate.pk).update(first_name="Anders") == 0


def test_a_row_cannot_point_into_another_bureau(world: World, other_world: World) -> None:
    def point_elsewhere() -> None:
        with transaction.atomic():
            Candidate.objects.filter(pk=world.candidate.pk).update(coach=other_world.members[Role.COACH])
            connection.check_constraints()

    with pytest.raises(DatabaseError, match="_bureau"):
        point_elsewhere()


def test_a_scope_ends_with_its_block(world: World) -> None:
    with scoped(Scope.for_bureau(world.bureau)):
        with scoped(Scope()):
            assert not Candidate.objects.exists()
        assert Candidate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_scope_does_not_outlive_its_transaction() -> None:
    from tests.world import build_world

    world = build_world("kort")
    with scoped(Scope.for_bureau(world.bureau)):
        assert Candidate.objects.count() == 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        cursor.execute("SELECT count(*) FROM candidates_candidate")
        assert cursor.fetchone() == (0,)


def test_no_scope_outside_a_transaction(transactional_db: None) -> None:
    from buurtbaan.scope import enter

    with pytest.raises(transaction.TransactionManagementError):
        enter(Scope())


def test_every_scoped_model_says_who_sees_what(db: None) -> None:
    without = [m.__name__ for m in bureau_models() if not hasattr(m._default_manager, "visible_to")]
    assert sorted(without) == ["AccessLink", "HeldPost", "Invitation"]


def test_a_membership_sees_no_more_through_visible_to_than_through_the_wall(
    world: World, other_world: World
) -> None:
    for role, membership in world.members.items():
        for model in bureau_models():
            if not hasattr(model._default_manager, "visible_to"):
                continue
            asked = set(model._default_manager.visible_to(membership).values_list("pk", flat=True))
            with scoped(Scope.for_membership(membership)):
                walled = set(model._default_manager.visible_to(membership).values_list("pk", flat=True))
            assert asked == walled, f"{role} {model.__name__}"


def test_membership_of_another_is_not_listed(world: World, other_world: World) -> None:
    mine = Membership.objects.visible_to(world.members[Role.MANAGER])
    assert other_world.members[Role.COACH] not in mine
