"""The same employer twice: what differs, what moves along, and that nothing stays behind."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Invitation, Membership, hash_token
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import SafetyRemark
from employers import doubles, services
from employers.models import (
    Commission,
    Contact,
    Employer,
    EmployerLogo,
    FormerEmployer,
    Position,
    ProjectLine,
    Talk,
)
from matching.models import Placement
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import ContactFactory, EmployerFactory, PositionFactory, TalkFactory
from tests.world import World, build_world

ADD_A_ROW = "has no row here: add one in tests/world.py, so that merging is seen to move it"


def url(name: str, *args: Any) -> str:
    return reverse(f"employers:{name}", args=args)


def merge(by: Membership, stays: Employer, goes: Employer, **picks: str) -> Employer:
    with scoped(Scope.for_membership(by)):
        stays, goes = (Employer.objects.get(pk=one.pk) for one in (stays, goes))
        return services.merge_employers(
            stays=stays, goes=goes, picks=picks, seen=doubles.stamp(stays, goes), by=by
        )


def keys_of(employer: Employer) -> dict[str, set[int]]:
    """What hangs on an employer: table and column → keys."""
    return {
        f"{field.model._meta.label}.{field.name}": set(
            field.model._base_manager.filter(**{field.name: employer.pk}).values_list("pk", flat=True)
        )
        for field in doubles.relations_to(Employer)
    }


@pytest.fixture
def twice(world: World) -> tuple[Employer, Employer]:
    """An employer with nothing but a name, and the same one with a row in every table that knows employers."""
    goes, here = world.employer, {"bureau": world.bureau, "employer": world.employer}
    SafetyRemark.objects.filter(pk=world.safety_remark.pk).update(employer=goes)
    ProjectLine.objects.create(**here, on=timezone.localdate(), kind="sales", what="Fiets", amount=80)
    Commission.objects.create(
        bureau=world.bureau, client_name="VvE", what="Verven", amount=10, starts_on=timezone.localdate(),
        origin="new", project=goes,
    )  # fmt: skip
    Invitation.objects.create(
        **here, email="nieuw@proef.example", role=Role.EMPLOYER, invited_by=world.members[Role.MANAGER],
        token_hash=hash_token("dubbel"),
    )  # fmt: skip
    return EmployerFactory(bureau=world.bureau, name="Fietsen eigen & Zoon"), goes


@pytest.fixture
def as_manager(manager: Membership, sign_in: Any) -> Client:
    return sign_in(manager)


class TestNothingStaysBehind:
    def test_everything_that_hangs_on_the_one_hangs_on_the_other(
        self, world: World, twice: tuple[Employer, Employer]
    ) -> None:
        stays, goes = twice
        before = keys_of(goes)
        assert not {f"{name} {ADD_A_ROW}" for name, keys in before.items() if not keys}
        merge(world.members[Role.MANAGER], stays, goes)
        after = keys_of(stays)
        assert {name for name, keys in before.items() if not keys <= after[name]} == set()
        assert not Employer.objects.filter(pk=goes.pk).exists()

    def test_the_database_knows_no_tie_to_employers_that_the_registry_does_not(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT k.conrelid::regclass::text, a.attname FROM pg_constraint k "
                "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] "
                "WHERE k.contype = 'f' AND k.confrelid = 'employers_employer'::regclass"
            )
            ties = set(cursor.fetchall())
        known = {(field.model._meta.db_table, field.column) for field in doubles.relations_to(Employer)}
        assert ties == known

    def test_what_is_left_behind_makes_the_database_refuse(
        self, world: World, twice: tuple[Employer, Employer], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stays, goes = twice
        all_but_talks = [one for one in doubles.relations_to(Employer) if one.model is not Talk]
        monkeypatch.setattr(doubles, "relations_to", lambda _model: all_but_talks)
        with pytest.raises(DatabaseError), transaction.atomic():
            merge(world.members[Role.MANAGER], stays, goes)
        assert Employer.objects.filter(pk=goes.pk).exists()

    def test_each_move_leaves_a_line_and_so_does_the_one_that_went(
        self, world: World, twice: tuple[Employer, Employer]
    ) -> None:
        stays, goes = twice
        manager = world.members[Role.MANAGER]
        merge(manager, stays, goes)
        lines = Change.objects.filter(actor_id=manager.pk)
        assert lines.get(table="employers_employer", action="DELETE").before["name"] == goes.name
        moved = lines.get(table="employers_position", row_id=world.position.pk)
        assert (moved.before["employer_id"], moved.after["employer_id"]) == (goes.pk, stays.pk)
        assert lines.filter(table="employers_formeremployer", action="INSERT").exists()


class TestTheWalls:
    def test_remarks_follow_although_the_manager_may_not_read_them(
        self, world: World, twice: tuple[Employer, Employer]
    ) -> None:
        stays, goes = twice
        manager = world.members[Role.MANAGER]
        with scoped(Scope.for_membership(manager)):
            assert not SafetyRemark.objects.exists()
        merge(manager, stays, goes)
        assert SafetyRemark.objects.get(pk=world.safety_remark.pk).employer_id == stays.pk

    @pytest.mark.parametrize("role", [Role.CONNECTOR, Role.EMPLOYER, Role.CANDIDATE, Role.MUNICIPALITY])
    def test_the_function_moves_nothing_for_others(
        self, role: Role, world: World, twice: tuple[Employer, Employer]
    ) -> None:
        self._refused(Scope.for_membership(world.members[role]), *twice)

    def test_the_function_moves_nothing_into_or_from_another_bureau(
        self, world: World, other_world: World, twice: tuple[Employer, Employer]
    ) -> None:
        scope = Scope.for_membership(world.members[Role.MANAGER])
        self._refused(scope, other_world.employer, twice[1])
        self._refused(scope, twice[0], other_world.employer)

    def _refused(self, scope: Scope, stays: Employer, goes: Employer) -> None:
        with (
            pytest.raises(DatabaseError, match="not two employers"),
            transaction.atomic(),
            scoped(scope),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT move_safety_remarks(%s, %s)", [goes.pk, stays.pk])

    def test_another_bureaus_employer_is_not_there(
        self, world: World, other_world: World, sign_in: Any
    ) -> None:
        client = sign_in(world.members[Role.MANAGER])
        mine, theirs = world.employer.pk, other_world.employer.pk
        assert {client.get(url("merge", *pair)).status_code for pair in ((mine, theirs), (theirs, mine))} == {
            404
        }
        page = client.get(url("merge_choose", mine), {"q": "Fietsen"}).content.decode()
        assert other_world.employer.name not in page

    def test_a_service_call_over_the_wall_finds_no_second_employer(
        self, world: World, other_world: World
    ) -> None:
        by = world.members[Role.MANAGER]
        with pytest.raises(NotAllowedNow), scoped(Scope.for_membership(by)):
            services.merge_employers(
                stays=world.employer, goes=other_world.employer, picks={}, seen="", by=by
            )
        assert Employer.objects.filter(pk=other_world.employer.pk).exists()


class TestWhoMay:
    def test_a_coach_with_both_relations_may_and_with_one_may_not(
        self, bureau: Any, coach: Membership, sign_in: Any
    ) -> None:
        stays, goes = (EmployerFactory(bureau=bureau, owner=coach) for _ in range(2))
        client = sign_in(coach)
        assert client.get(url("merge", stays.pk, goes.pk)).status_code == 200
        Employer.objects.filter(pk=goes.pk).update(owner=None)
        refused = client.get(url("merge", stays.pk, goes.pk))
        assert refused.status_code == 403
        assert "bureauleider" in refused.content.decode()
        with pytest.raises(NotAllowedNow):
            merge(coach, stays, goes)

    def test_an_own_project_and_an_employer_stay_two(self, bureau: Any, manager: Membership) -> None:
        stays, goes = EmployerFactory(bureau=bureau), EmployerFactory(bureau=bureau, kind="own_project")
        with pytest.raises(NotAllowedNow, match="eigen project"):
            merge(manager, stays, goes)


class TestChoosing:
    def test_the_page_shows_what_differs_and_keeps_what_was_chosen(
        self, bureau: Any, coach: Membership, as_manager: Client
    ) -> None:
        stays = EmployerFactory(
            bureau=bureau, name="De Bron", story="Wij koken.", kvk="12345678", named_in_reports=True
        )
        goes = EmployerFactory(
            bureau=bureau, name="De Bron BV", story="En wij bakken.", kvk="87654321", owner=coach, employees=7,
            last_contact_on=timezone.localdate(),
        )  # fmt: skip
        TalkFactory(employer=goes)
        address = url("merge", stays.pk, goes.pk)
        page = as_manager.get(address)
        fields = {one.name: one.first for one in page.context["form"].found}
        assert fields == {
            "name": "stays", "kvk": "stays", "employees": "goes", "story": "stays", "owner": "goes",
            "named_in_reports": "goes",
        }  # fmt: skip
        text = page.content.decode()
        assert "Dit kun je niet terugdraaien" in text
        assert "<strong>1</strong> gesprek met een werkgever" in text
        data = {**fields, "kvk": "goes", "story": "both", "seen": page.context["form"]["seen"].value()}
        not_sure = as_manager.post(address, data)
        assert "Vink aan dat je het zeker weet." in not_sure.content.decode()
        done = as_manager.post(address, {**data, "sure": "on"})
        assert done.headers["Location"] == url("employer", stays.pk)
        stays.refresh_from_db()
        assert (stays.name, stays.kvk, stays.story) == ("De Bron", "87654321", "Wij koken.\n\nEn wij bakken.")
        assert (stays.owner, stays.employees, stays.named_in_reports) == (coach, 7, False)
        assert stays.last_contact_on == timezone.localdate()

    def test_who_chose_over_something_that_changed_is_told_and_nothing_moved(
        self, bureau: Any, as_manager: Client
    ) -> None:
        stays, goes = (EmployerFactory(bureau=bureau) for _ in range(2))
        address = url("merge", stays.pk, goes.pk)
        seen = as_manager.get(address).context["form"]["seen"].value()
        Employer.objects.filter(pk=goes.pk).update(sector_name="Bakkerij")
        answer = as_manager.post(
            address, {"name": "stays", "sector_name": "goes", "seen": seen, "sure": "on"}
        )
        assert "intussen veranderd" in answer.content.decode()
        assert Employer.objects.filter(pk=goes.pk).exists()

    def test_the_logo_that_was_chosen_stays(self, world: World, manager: Membership) -> None:
        goes = world.employer
        stays = EmployerFactory(bureau=world.bureau)
        other = EmployerLogo.objects.create(
            bureau=world.bureau, employer=stays, picture=b"x", width=2, height=2, digest="1"
        )
        merge(world.members[Role.MANAGER], stays, goes, logo="goes")
        assert EmployerLogo.objects.get(employer=stays).pk == world.logo.pk
        assert not EmployerLogo.objects.filter(pk=other.pk).exists()

    def test_look_alikes_come_by_name_place_and_person(self, bureau: Any, as_manager: Client) -> None:
        one = EmployerFactory(bureau=bureau, name="Bakkerij De Korenbloem")
        EmployerFactory(bureau=bureau, name="Korenbloem Bakkerij B.V.")
        ContactFactory(employer=one, email="sam@korenbloem.example")
        ContactFactory(
            employer=EmployerFactory(bureau=bureau, name="Lunchroom Zon"), email="SAM@korenbloem.example"
        )
        EmployerFactory(bureau=bureau, name="Hovenier Groen")
        found = as_manager.get(url("merge_choose", one.pk)).context["found"]
        names = [row["employer"].name for row in found]
        assert names == ["Korenbloem Bakkerij B.V.", "Lunchroom Zon"]
        by_name = as_manager.get(url("merge_choose", one.pk), {"q": "hovenier"}).context["found"]
        assert [row["employer"].name for row in by_name] == ["Hovenier Groen"]


class TestPeople:
    def test_one_address_is_one_contact_with_all_that_was_said(
        self, bureau: Any, manager: Membership
    ) -> None:
        stays, goes = (EmployerFactory(bureau=bureau) for _ in range(2))
        kept = ContactFactory(employer=stays, email="sadia@bron.example", phone="")
        double = ContactFactory(employer=goes, email="Sadia@bron.example", phone="0612345678")
        other = ContactFactory(employer=goes, email="")
        talk = TalkFactory(employer=goes, contact=double)
        merge(manager, stays, goes)
        assert set(Contact.objects.filter(employer=stays)) == {kept, other}
        assert Contact.objects.get(pk=kept.pk).phone == "0612345678"
        assert Talk.objects.get(pk=talk.pk).contact_id == kept.pk

    def test_an_account_at_both_goes_on_as_one(self, bureau: Any, manager: Membership) -> None:
        stays, goes = (EmployerFactory(bureau=bureau) for _ in range(2))
        kept = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=stays)
        long_ago = timezone.localdate() - timedelta(days=90)
        double = MembershipFactory(
            role=Role.EMPLOYER, bureau=bureau, employer=goes, user=kept.user, starts=long_ago
        )
        alone = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=goes)
        contact = ContactFactory(employer=goes, membership=double)
        merge(manager, stays, goes)
        current = Membership.objects.current().filter(employer=stays)
        assert set(current) == {kept, alone}
        assert Contact.objects.get(pk=contact.pk).membership_id == kept.pk


class TestTheOldAddress:
    @pytest.fixture
    def merged(self, bureau: Any, manager: Membership) -> tuple[Employer, int]:
        stays, goes = (
            EmployerFactory(bureau=bureau, name="De Bron"),
            EmployerFactory(bureau=bureau, name="Bron BV"),
        )
        return merge(manager, stays, goes), goes.pk

    @pytest.mark.parametrize(
        "name", ["employer", "relation", "employer_edit", "team_list", "employer_earnings"]
    )
    def test_it_leads_to_the_same_page_of_the_one_that_stayed(
        self, name: str, merged: tuple[Employer, int], as_manager: Client
    ) -> None:
        stays, old = merged
        assert as_manager.get(url(name, old)).headers["Location"] == url(name, stays.pk)

    def test_a_post_there_is_told_where_to_go(self, merged: tuple[Employer, int], as_manager: Client) -> None:
        answer = as_manager.post(url("employer_edit", merged[1]), {"name": "Nieuw"})
        assert answer.status_code == 409
        assert "De Bron" in answer.content.decode()

    def test_another_bureau_is_led_nowhere(
        self, merged: tuple[Employer, int], other_world: World, sign_in: Any
    ) -> None:
        client = sign_in(other_world.members[Role.MANAGER])
        assert client.get(url("employer", merged[1])).status_code == 404

    def test_an_address_that_never_was_is_still_nothing(
        self, merged: tuple[Employer, int], as_manager: Client
    ) -> None:
        assert as_manager.get(url("employer", merged[1] + 10**6)).status_code == 404

    def test_two_steps_back_lead_to_the_last_one(
        self, merged: tuple[Employer, int], bureau: Any, manager: Membership, as_manager: Client
    ) -> None:
        stays, old = merged
        last = merge(manager, EmployerFactory(bureau=bureau, name="Bronnen"), stays)
        assert as_manager.get(url("employer", old)).headers["Location"] == url("employer", last.pk)

    def test_the_old_name_finds_it_and_stands_on_its_page(
        self, merged: tuple[Employer, int], as_manager: Client
    ) -> None:
        stays, _old = merged
        listed = as_manager.get(url("employer_list"), {"q": "Bron BV"}).content.decode()
        assert url("employer", stays.pk) in listed
        assert "Bron BV" in as_manager.get(url("employer", stays.pk)).content.decode()


class TestAtOnce:
    @staticmethod
    def _run(acts: list[Any]) -> list[Any]:
        gate, came = threading.Barrier(len(acts)), []

        def run(act: Any) -> None:
            gate.wait()
            try:
                came.append(act())
            except (NotAllowedNow, DatabaseError) as reason:
                came.append(reason)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for one in threads:
            one.start()
        for one in threads:
            one.join(20)
        return came

    @pytest.mark.django_db(transaction=True)
    def test_two_managers_the_other_way_round_leave_one_employer(self) -> None:
        world = build_world("samen")
        other = EmployerFactory(bureau=world.bureau, name="Fietsen Samen")
        PositionFactory(employer=other)
        managers = [MembershipFactory(role=Role.MANAGER, bureau=world.bureau) for _ in range(2)]
        pairs = [(world.employer, other), (other, world.employer)]
        came = self._run([lambda n=n: merge(managers[n], *pairs[n]) for n in range(2)])
        assert len([one for one in came if isinstance(one, Employer)]) == 1
        left = Employer.objects.filter(pk__in=(world.employer.pk, other.pk))
        assert left.count() == 1
        assert Position.objects.filter(employer=left.get()).count() == 2
        assert FormerEmployer.objects.filter(employer=left.get(), former_id__lt=10**9).count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_work_that_starts_during_a_merge_is_refused_or_moves_along(self) -> None:
        world = build_world("intussen")
        stays = EmployerFactory(bureau=world.bureau, name="Fietsen Intussen")
        manager, goes = world.members[Role.MANAGER], world.employer

        def start() -> int:
            with scoped(Scope.for_bureau(world.bureau)):
                return Placement.objects.create(
                    bureau=world.bureau,
                    candidate=world.candidate,
                    employer=goes,
                    form="work_experience",
                    starts_on=timezone.localdate(),
                ).pk

        came = self._run([lambda: merge(manager, stays, goes), start])
        assert any(isinstance(one, Employer) for one in came)
        made = [one for one in came if isinstance(one, int)]
        assert set(made) <= keys_of(stays)["matching.Placement.employer"]
