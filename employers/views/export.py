"""The lists to take along: for who has the right, with a reason, up to a number, and written down."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, needs_export_right, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.forms import ReasonForm
from buurtbaan.workbooks import book_response
from employers import lists
from employers.exports import MOST_ROWS, write_employers, write_positions
from employers.forms.filters import EmployerFilter, PositionFilter


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def employer_export(request: Request) -> HttpResponse:
    """The employers chosen in the list, with their contacts and places."""
    filters = EmployerFilter(request.GET, membership=request.membership)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    chosen = lists.employers(request.membership, wanted, "")
    file_name = _("werkgevers-%(day)s.xlsx")
    return _export(request, chosen, write_employers, "employer_export", file_name, "employers:employer_list")


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def position_export(request: Request) -> HttpResponse:
    """The positions chosen in the list."""
    filters = PositionFilter(request.GET, membership=request.membership)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    chosen = lists.positions(request.membership, wanted, "")
    file_name = _("werkplekken-%(day)s.xlsx")
    return _export(request, chosen, write_positions, "position_export", file_name, "employers:position_list")


def _export(
    request: Request,
    chosen: QuerySet[Any],
    write: Callable[[Any, IO[bytes]], int],
    what: str,
    file_name: str,
    back: str,
) -> HttpResponse:
    """Ask for the reason; then the file, with a line in the bureau's log."""
    needs_export_right(request)
    found = chosen.order_by()[: MOST_ROWS + 1].count()
    query = request.GET.urlencode()
    list_url = reverse(back) + (f"?{query}" if query else "")
    form = ReasonForm(posted(request), who_reads=_("De bureauleider kan dit lezen."), cancel_url=list_url)
    if request.method == "POST" and form.is_valid() and 0 < found <= MOST_ROWS:
        return _workbook(request, chosen, write, what, file_name, form.cleaned_data["reason"])
    context = {
        "form": form,
        "found": found,
        "most": MOST_ROWS,
        "too_many": found > MOST_ROWS,
        "list_url": list_url,
        "of_employers": what == "employer_export",
    }
    return render(request, "employers/export.html", context)


def _workbook(
    request: Request,
    chosen: QuerySet[Any],
    write: Callable[[Any, IO[bytes]], int],
    what: str,
    file_name: str,
    reason: str,
) -> HttpResponse:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    written = write(chosen, file)
    said = ngettext("%(n)s regel. %(reason)s", "%(n)s regels. %(reason)s", written)
    record_read(
        by=request.membership, candidate_id=None, what=what, reason=said % {"n": written, "reason": reason}
    )
    name = file_name % {"day": f"{timezone.localdate():%Y-%m-%d}"}
    return book_response(file, name)
