"""The displacement check: fill in, read, decide."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import Once, once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pdf import document_pdf, pdf_response
from employers import services
from employers.displacement import answered, doubts
from employers.enums import POSITIVE, PositionStatus
from employers.forms.checks import CheckForm, DecisionForm
from employers.models import DisplacementCheck, Position
from employers.permissions import can_correct, can_decide
from employers.story import carved


def _check(request: Request, pk: int) -> DisplacementCheck:
    rows = DisplacementCheck.objects.visible_to(request.membership).select_related(
        "position__employer", "position__bureau", "filled_by__user", "decided_by__user"
    )
    return get_object_or_404(rows, pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def check_fill(request: Request, pk: int) -> HttpResponse:
    """Answer the questions; while nobody decided, the same person may correct the answers."""
    rows = Position.objects.visible_to(request.membership).select_related("employer")
    position = get_object_or_404(rows, pk=pk)
    page = reverse("employers:position", args=[pk])
    with once(request) as first:
        return redirect(first.url) if first.already else _fill(request, position, page, first)


def _fill(request: Request, position: Position, page: str, first: Once) -> HttpResponse:
    waiting = position.displacement_checks.filter(decision="").first()
    if waiting and not can_correct(request.membership, waiting):
        raise NotAllowedNow(_("Een collega vulde deze toets al in. Hij wacht nu op een besluit."))
    if position.status == PositionStatus.CLOSED:
        raise NotAllowedNow(_("Deze werkplek is gesloten. Maak er eerst weer een concept van."))
    given = waiting.answers.get("replies") if waiting else None
    form = CheckForm(request.POST or None, cancel_url=page, replies=given)
    if request.method == "POST" and form.is_valid():
        if waiting:
            services.correct_check(check=waiting, replies=form.replies(), by=request.membership)
        else:
            services.fill_check(position=position, replies=form.replies(), by=request.membership)
        tell(request, _("De toets wacht nu op een besluit van een bureauleider."))
        return first.done(page)
    return render(
        request,
        "employers/check_fill.html",
        {"form": form, "position": position, "waiting": waiting, "carved": carved(position)},
    )


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_GET
def check(request: Request, pk: int) -> HttpResponse:
    """One check as it was answered and decided."""
    found = _check(request, pk)
    mine = request.membership
    back = "employers:my_position" if mine.role == Role.EMPLOYER else "employers:position"
    context = {
        "check": found,
        "position": found.position,
        "answers": answered(found.version, found.answers),
        "back": reverse(back, args=[found.position_id]),
        "can_decide": not found.decision and can_decide(mine, found),
        "can_correct": can_correct(mine, found),
    }
    return render(request, "employers/check.html", context)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def check_decide(request: Request, pk: int) -> HttpResponse:
    """Decide on somebody else's answers, with a reason."""
    found = _check(request, pk)
    page = reverse("employers:position", args=[found.position_id])
    if found.decision:
        return redirect("employers:check", pk=pk)
    if not can_decide(request.membership, found):
        raise PermissionDenied(
            _("Je vulde deze toets zelf in. Vraag een andere bureauleider om te besluiten.")
        )
    form = DecisionForm(request.POST or None, check=found, cancel_url=page)
    if request.method == "POST" and form.is_valid():
        services.decide_check(check=found, **form.cleaned_data, by=request.membership)
        if form.cleaned_data["decision"] in POSITIVE:
            tell(request, _("Je besluit staat vast. De werkplek kan open."))
        else:
            tell(request, _("Je besluit staat vast. De werkplek gaat niet open."))
        return redirect(page)
    context = {
        "form": form,
        "check": found,
        "position": found.position,
        "answers": answered(found.version, found.answers),
        "doubts": len(doubts(found.version, found.answers)),
        "carved": carved(found.position),
    }
    return render(request, "employers/check_decide.html", context)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_GET
def check_pdf(request: Request, pk: int) -> HttpResponse:
    """The check on paper, for whoever wants to see that it was done."""
    found = _check(request, pk)
    moment = timezone.now()
    context = {
        "check": found,
        "position": found.position,
        "bureau": found.position.bureau,
        "answers": answered(found.version, found.answers),
    }
    data = document_pdf("documents/employers/check.html", context, moment=moment)
    return pdf_response(data, _("verdringingstoets"), found.position.title)
