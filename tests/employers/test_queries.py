"""Who sees which employers, positions and checks: by QuerySet, and by the database alone."""

import pytest

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from employers.models import (
    Contact,
    DisplacementCheck,
    Employer,
    Location,
    Position,
    PositionMove,
    TeamPicture,
    TeamTask,
)
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import CheckFactory, EmployerFactory, PositionFactory
from tests.world import World

MODELS = [
    Employer, Location, Contact, Position, DisplacementCheck, PositionMove, TeamPicture, TeamTask,
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.COACH, Role.MANAGER])
def test_staff_see_all_of_their_own_bureau_and_nothing_of_another(
    model: type, role: Role, world: World, other_world: World
) -> None:
    seen = model.objects.visible_to(world.members[role])
    assert {row.bureau_id for row in seen} == {world.bureau.pk}


@pytest.mark.parametrize("model", MODELS)
def test_a_contact_sees_the_own_company_only(model: type, world: World) -> None:
    neighbour = EmployerFactory(bureau=world.bureau)
    CheckFactory(position=PositionFactory(employer=neighbour))
    seen = model.objects.visible_to(world.members[Role.EMPLOYER])
    owners = {row.pk if model is Employer else row.employer_id for row in seen}
    assert owners == {world.employer.pk}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.MUNICIPALITY, Role.PLATFORM])
def test_others_see_none(model: type, role: Role, world: World) -> None:
    assert not model.objects.visible_to(world.members[role]).exists()


@pytest.mark.parametrize("model", MODELS)
def test_the_database_hides_other_employers_from_a_contact(model: type, world: World) -> None:
    neighbour = EmployerFactory(bureau=world.bureau)
    CheckFactory(position=PositionFactory(employer=neighbour))
    with scoped(Scope.for_membership(world.members[Role.EMPLOYER])):
        owners = {row.pk if model is Employer else row.employer_id for row in model.objects.all()}
    assert owners == {world.employer.pk}


def test_a_paused_employer_has_no_open_positions(world: World) -> None:
    from datetime import timedelta

    from django.utils import timezone

    assert world.position in Position.objects.open()
    world.employer.paused_until = timezone.localdate()
    world.employer.save()
    assert world.position not in Position.objects.open()
    world.employer.paused_until = timezone.localdate() - timedelta(days=1)
    world.employer.save()
    assert world.position in Position.objects.open()


def test_a_contact_of_another_bureau_sees_none_of_this_one(world: World, other_world: World) -> None:
    stranger = MembershipFactory(role=Role.EMPLOYER, bureau=other_world.bureau, employer=other_world.employer)
    assert not Position.objects.visible_to(stranger).filter(bureau=world.bureau).exists()
