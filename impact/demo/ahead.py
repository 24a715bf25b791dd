"""Reports that are planned, and keys for a municipality's own programs. In no figure of a report."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from impact.demo.story import Cast
from impact.models import ReportSchedule
from impact.planning.rhythms import Moment, Rhythm, first_day
from impact.services.keys import make_key

KEYS = ("Dashboard sociaal domein", "Jaarverslag")


def plan_ahead(cast: Cast) -> None:
    """The manager planned a report every quarter and one every year, in the middle of the quarter that runs."""
    manager = Membership.objects.get(bureau=cast.bureau, role=Role.MANAGER)
    made_at = timezone.make_aware(datetime.combine(cast.today - timedelta(days=9), time(15, 20)))
    for rhythm in (Rhythm.QUARTERLY, Rhythm.YEARLY):
        ReportSchedule.objects.create(
            municipality=cast.bureau.municipality,
            bureau=cast.bureau,
            rhythm=rhythm,
            moment=Moment.FIRST_MONDAY,
            starts=first_day(rhythm, cast.today),
            made_by=manager,
            made_at=made_at,
        )


def cut_keys(bureau: Bureau) -> None:
    """Two keys of the municipality; nobody knows their secrets, so they open nothing."""
    system = Scope(role="system", municipalities=(bureau.municipality_id,), reason="demo")
    with scoped(system):
        officer = Membership.objects.select_related("user").get(
            municipality=bureau.municipality, role=Role.MUNICIPALITY
        )
    with scoped(Scope.for_membership(officer, reason="demo")):
        for name in KEYS:
            make_key(name=name, by=officer)
