"""Two reports that were made, read and released, and a success sheet about the last: what an officer finds first.

They are made the way every report is made, so this takes a while and stands apart from the story itself.
"""

from __future__ import annotations

from datetime import date

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from impact.forms import quarter_before
from impact.models import Release
from impact.services import success
from impact.services.making import make_report
from impact.services.releasing import release
from impact.services.requesting import request_report

HEADLINE = "Van thuis naar werk in de eigen buurt"
CALL = "Ken je iemand die graag iets zou doen, maar niet weet waar te beginnen? Kom langs, de koffie staat klaar."


def hand_over(bureau: Bureau, today: date) -> None:
    """The last two quarters, the oldest first; a report that cannot be made is left out."""
    with scoped(Scope.for_bureau(bureau, reason="demo")):
        manager = Membership.objects.select_related("user").get(bureau=bureau, role=Role.MANAGER)
    last = quarter_before(today)
    made = [_release(bureau, manager, *period) for period in (quarter_before(last[0]), last)]
    if made[-1]:
        with scoped(Scope.for_membership(manager, reason="demo")):
            _sheet(bureau, manager, made[-1])


def _release(bureau: Bureau, manager: Membership, since: date, until: date) -> Release | None:
    with scoped(Scope.for_membership(manager, reason="demo")):
        report = request_report(bureau=bureau, since=since, until=until, by=manager, worker=False)
    if not make_report(report_id=report.pk, bureau_id=bureau.pk):
        return None
    with scoped(Scope.for_membership(manager, reason="demo")):
        return release(report=report, by=manager)


def _sheet(bureau: Bureau, manager: Membership, made: Release) -> None:
    stories = success.stories_for(bureau.pk, "nl")
    values = {
        "release": made,
        "story": stories[0] if stories else None,
        "language": "nl",
        "headline": HEADLINE,
        "call": CALL,
        "contact": f"{bureau.name}, {bureau.phone}",
    }
    success.issue(sheet=success.make(bureau=bureau, values=values, by=manager), by=manager)
