"""The training budget of one person: the ledger, booking, putting right, and the statement."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pdf import document_pdf, pdf_response
from buurtbaan.ui.pieces import Text
from candidates.forms.neighbourhood import BudgetForm
from candidates.models import BudgetLine, Candidate
from candidates.permissions import can_edit
from candidates.services import budget as services
from candidates.views.screens import act, page_of
from candidates.views.shortcuts import STAFF_ROLES, own_file, visible_candidate

MOST_LINES = 2000


def _booker(request: Request, pk: int) -> Candidate:
    """The file, for who may book in it: a coach or the manager."""
    candidate = visible_candidate(request, pk)
    if not can_book(request, candidate):
        raise PermissionDenied(_("Boeken doet de coach of de bureauleider."))
    return candidate


def can_book(request: Request, candidate: Candidate) -> bool:
    """Money is for the coach and the manager; a connector reads along."""
    return request.membership.role != Role.CONNECTOR and can_edit(request.membership, candidate)


@allow(*STAFF_ROLES)
@require_GET
def budget(request: Request, pk: int) -> HttpResponse:
    """What came in, what went out, and what is left."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=candidate.pk, what="budget")
    lines = BudgetLine.objects.filter(candidate=candidate).select_related("by__user", "corrected_by")
    page = page_of(request, lines.order_by("-number"))
    context = {
        "candidate": candidate,
        "page": page,
        "balance": services.balance_of(candidate),
        "may_book": can_book(request, candidate),
    }
    return render(request, "neighbourhood/budget.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def budget_book(request: Request, pk: int) -> HttpResponse:
    """One line more."""
    candidate = _booker(request, pk)
    form = BudgetForm(posted(request), initial={"on": timezone.localdate(), "kind": request.GET.get("soort")})
    back = reverse("neighbourhood:budget", args=[pk])

    def do() -> tuple[Text, str]:
        services.book(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Geboekt."), back

    context = {"candidate": candidate, "balance": services.balance_of(candidate)}
    return act(request, form, "neighbourhood/budget_book.html", context, submit=_("Boek"), back=back, do=do)


@allow(*STAFF_ROLES)
@require_POST
def budget_take_back(request: Request, pk: int, line: int) -> HttpResponse:
    """A mistake gets a line against it."""
    candidate = _booker(request, pk)
    found = get_object_or_404(
        BudgetLine.objects.visible_to(request.membership).filter(candidate=candidate), pk=line
    )
    services.take_back(line=found, by=request.membership)
    tell(request, _("Rechtgezet met een tegenboeking."))
    return redirect("neighbourhood:budget", pk=pk)


@allow(*STAFF_ROLES)
@require_GET
def budget_statement(request: Request, pk: int) -> HttpResponse:
    """The statement on paper."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=candidate.pk, what="budget")
    return _statement(candidate)


@allow(Role.CANDIDATE)
@require_GET
def my_budget(request: Request) -> HttpResponse:
    """My own budget."""
    candidate = own_file(request)
    lines = BudgetLine.objects.visible_to(request.membership)
    context = {
        "candidate": candidate,
        "page": page_of(request, lines.order_by("-number")),
        "balance": services.balance_of(candidate),
    }
    return render(request, "neighbourhood/my_budget.html", context)


@allow(Role.CANDIDATE)
@require_GET
def my_budget_statement(request: Request) -> HttpResponse:
    """My statement on paper."""
    return _statement(own_file(request))


def _statement(candidate: Candidate) -> HttpResponse:
    """Every line in the order of booking, as PDF. The newest ones, should there ever be thousands."""
    lines = list(BudgetLine.objects.filter(candidate=candidate).order_by("-number")[:MOST_LINES])
    context = {
        "candidate": candidate,
        "bureau": candidate.bureau,
        "lines": lines[::-1],
        "balance": services.balance_of(candidate),
        "language": get_language() or "nl",
    }
    content = document_pdf("documents/candidates/budget_statement.html", context, moment=timezone.now())
    return pdf_response(content, _("Opleidingsbudget %(name)s") % {"name": candidate.first_name}, save=True)
