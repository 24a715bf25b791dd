"""Social return: the bureau's staff read it, coaches and the manager write it."""

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry
from tests.world import World

WRITERS = frozenset({Role.COACH, Role.MANAGER})


def of_employer(world: World) -> dict[str, int]:
    return {"pk": world.employer.pk}


def one(world: World) -> dict[str, int]:
    return {"pk": world.social_return.pk}


def line(world: World) -> dict[str, int]:
    return {"pk": world.effort.pk}


ENTRIES = {
    "employers:social_return_list": Entry(roles=STAFF),
    "employers:social_return_of": Entry(roles=STAFF, args=of_employer),
    "employers:social_return": Entry(roles=STAFF, args=one),
    "employers:social_return_new": Entry(roles=WRITERS, post=True, args=of_employer),
    "employers:social_return_edit": Entry(roles=WRITERS, post=True, args=one),
    "employers:social_return_settle": Entry(roles=WRITERS, get=False, post=True, args=one),
    "employers:social_return_recount": Entry(roles=WRITERS, get=False, post=True, args=one),
    "employers:social_return_sheet": Entry(roles=WRITERS, args=one),
    "employers:line_new": Entry(roles=WRITERS, post=True, args=one),
    "employers:line_edit": Entry(roles=WRITERS, post=True, args=line),
    "employers:line_remove": Entry(roles=WRITERS, get=False, post=True, args=line),
    "employers:line_approve": Entry(roles=WRITERS, post=True, args=line),
    "employers:line_unapprove": Entry(roles=WRITERS, get=False, post=True, args=line),
    "employers:line_evidence": Entry(roles=WRITERS, args=line, not_mine=WRITERS),
}
