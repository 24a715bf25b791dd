"""The caseload to take along: for who has the right, with a reason, up to a number, and written down."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, needs_export_right, posted
from buurtbaan.audit.services import record_read, record_reads
from buurtbaan.ui.forms import ReasonForm
from buurtbaan.workbooks import book_response
from candidates import caseload as cases
from candidates.exports import MOST_ROWS, write_caseload
from candidates.models import CandidateQuerySet
from candidates.views.caseload import chosen_people
from candidates.views.shortcuts import STAFF_ROLES


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def caseload_export(request: Request) -> HttpResponse:
    """Who is chosen in the list, as a workbook; each person's file gets a line, and the bureau's log one."""
    membership = request.membership
    needs_export_right(request)
    scope = cases.scope_of(membership, "")
    _filter, people = chosen_people(request, scope, names_only=False)
    found = people.order_by()[: MOST_ROWS + 1].count()
    said = _("Iedereen op de lijst kan dit lezen bij “Wie keek er”. De bureauleider ziet het ook.")
    form = ReasonForm(posted(request), who_reads=said)
    if request.method == "POST" and form.is_valid() and 0 < found <= MOST_ROWS:
        return _workbook(request, people, form.cleaned_data["reason"])
    context = {
        "form": form, "found": found, "most": MOST_ROWS, "too_many": found > MOST_ROWS,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "candidates/caseload_export.html", context)


def _workbook(request: Request, people: CandidateQuerySet, reason: str) -> HttpResponse:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    written = write_caseload(people.order_by("search_name", "pk"), file)
    record_reads(by=request.membership, candidate_ids=written, what="export", reason=reason)
    said = _("%(n)s mensen. %(reason)s") % {"n": len(written), "reason": reason}
    record_read(by=request.membership, candidate_id=None, what="caseload_export", reason=said)
    name = _("mensen-%(day)s.xlsx") % {"day": f"{timezone.localdate():%Y-%m-%d}"}
    return book_response(file, name)
