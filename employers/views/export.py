"""The lists to take along: for who has the right, with a reason, up to a number, and written down."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.forms import form_helper
from employers import lists
from employers.exports import MOST_ROWS, write_employers, write_positions
from employers.forms.filters import EmployerFilter, PositionFilter

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReasonForm(forms.Form):
    """What the list is needed for."""

    reason = forms.CharField(
        label=gettext_lazy("Waarvoor heb je deze lijst nodig?"),
        max_length=200,
        help_text=gettext_lazy("De bureauleider kan dit lezen."),
    )


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
    if not request.membership.may_export:
        raise PermissionDenied(
            _("Exporteren mag wie daar het recht voor heeft. Vraag het aan de bureauleider.")
        )
    found = chosen.order_by()[: MOST_ROWS + 1].count()
    query = request.GET.urlencode()
    list_url = reverse(back) + (f"?{query}" if query else "")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form_helper(form, submit=_("Maak het bestand"), cancel_url=list_url)
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
    file.seek(0)
    name = file_name % {"day": f"{timezone.localdate():%Y-%m-%d}"}
    response: Any = FileResponse(file, as_attachment=True, filename=name, content_type=SHEET)
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)
