"""The caseload to take along: for who has the right, with a reason, up to a number, and written down."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.exporting import export_page
from candidates import caseload as cases
from candidates.exports import MOST_ROWS, write_caseload
from candidates.views.caseload import chosen_people
from candidates.views.shortcuts import STAFF_ROLES


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def caseload_export(request: Request) -> HttpResponse:
    """Who is chosen in the list, as a workbook; each person's file gets a line, and the bureau's log one."""
    needs_export_right(request)
    scope = cases.scope_of(request.membership, "")
    _filter, people = chosen_people(request, scope, names_only=False)
    return export_page(
        request, "candidates/caseload_export.html", found=people.order_by()[: MOST_ROWS + 1].count(), most=MOST_ROWS,
        write=partial(write_caseload, people.order_by("search_name", "pk")), what="caseload_export",
        words=_("%(n)s mensen. %(reason)s"), name=_("mensen-%(day)s.xlsx"),
    )  # fmt: skip
