"""The list of proposals to take along: for who has the right, with a reason, up to a number, and written down."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.exporting import export_page
from matching.exports import MOST_ROWS, write_matches
from matching.views.board import chosen_matches, in_order
from matching.views.matches import STAFF


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def match_export(request: Request) -> HttpResponse:
    """The proposals that the list shows, in its order, as a workbook."""
    needs_export_right(request)
    _filter, matches, _own = chosen_matches(request, board=False)
    return export_page(
        request, "matching/match_export.html", found=matches.order_by()[: MOST_ROWS + 1].count(), most=MOST_ROWS,
        write=partial(write_matches, in_order(request, matches)), what="match_export",
        words=_("%(n)s voorstellen. %(reason)s"), name=_("voorstellen-%(day)s.xlsx"),
    )  # fmt: skip
