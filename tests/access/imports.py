"""Bringing a workbook."""

from buurtbaan.bureaus.enums import Role
from tests.access import Entry
from tests.world import World

MANAGER = frozenset({Role.MANAGER})


def _job(world: World) -> dict[str, int]:
    return {"pk": world.import_job.pk}


ENTRIES = {
    "matching:import_list": Entry(roles=MANAGER),
    "matching:import_new": Entry(roles=MANAGER, post=True),
    "matching:import_template": Entry(roles=MANAGER),
    "matching:import_preview": Entry(roles=MANAGER, args=_job),
    "matching:import_progress": Entry(roles=MANAGER, args=_job),
    "matching:import_start": Entry(roles=MANAGER, get=False, post=True, args=_job),
    "matching:import_remove": Entry(roles=MANAGER, get=False, post=True, args=_job),
}
