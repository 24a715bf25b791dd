"""People whom organisations sign up, and people whom we send on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.consents import text_for
from candidates.enums import (
    INWARD_MOVES,
    OUTWARD_MOVES,
    ConsentPurpose,
    InwardState,
    OutwardOutcome,
    OutwardState,
)
from candidates.forms.neighbourhood import ReferralFilter, ReferralForm, SendOnForm
from candidates.models import InwardReferral, OutwardReferral
from candidates.permissions import can_edit
from candidates.services import referrals as services
from candidates.views.screens import act, page_of
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate


@allow(*STAFF_ROLES)
@require_GET
def referral_list(request: Request) -> HttpResponse:
    """Who was signed up: first whoever still waits for a call."""
    rows = InwardReferral.objects.visible_to(request.membership).select_related("candidate", "organisation")
    form = ReferralFilter(request.GET or None, by=request.membership, states=InwardState.choices)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("stand"):
        rows = rows.filter(state=chosen["stand"])
    if chosen.get("van"):
        rows = rows.filter(organisation=chosen["van"])
    context = {
        "form": form,
        "page": page_of(request, rows.order_by("-received_on", "-pk")),
        "narrowed": any(chosen.values()),
    }
    return render(request, "neighbourhood/referral_list.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def referral_new(request: Request) -> HttpResponse:
    """Somebody is signed up by phone, by mail or at the door."""
    form = ReferralForm(
        posted(request), by=request.membership, initial={"organisation": request.GET.get("van")}
    )

    def do() -> tuple[Text, str]:
        made = services.take_referral(by=request.membership, **form.values())
        return _("De aanmelding is bewaard."), reverse("neighbourhood:referral", args=[made.pk])

    back = reverse("neighbourhood:referral_list")
    return act(
        request,
        form,
        "neighbourhood/referral_new.html",
        {},
        submit=_("Bewaar aanmelding"),
        back=back,
        do=do,
        draft=_("Aanmelding"),
    )


def _referral(request: Request, pk: int) -> InwardReferral:
    rows = InwardReferral.objects.visible_to(request.membership)
    return get_object_or_404(rows.select_related("candidate", "organisation", "bureau"), pk=pk)


@allow(*STAFF_ROLES)
@require_GET
def referral(request: Request, pk: int) -> HttpResponse:
    """One person who was signed up, and what the referrer may hear."""
    found = _referral(request, pk)
    candidate = found.candidate
    context = {
        "referral": found,
        "moves": [
            (state, state.label)
            for state in InwardState
            if state in INWARD_MOVES[found.state] and state != InwardState.MET
        ],
        "may_tell": bool(candidate and services.may_tell(candidate)),
        "words": services.to_tell(candidate).label if candidate else "",
        "address": services.address_of(found),
        "may_edit": bool(candidate and can_edit(request.membership, candidate)),
    }
    return render(request, "neighbourhood/referral.html", context)


@allow(*STAFF_ROLES)
@require_POST
def referral_move(request: Request, pk: int) -> HttpResponse:
    """Not reached, not now, or try again."""
    to = request.POST.get("naar", "")
    found = _referral(request, pk)
    if to not in InwardState.values:
        raise NotAllowedNow(_("Deze stand kennen we niet. Kies een knop bij de aanmelding."))
    services.move_referral(referral=found, to=to, by=request.membership)
    tell(request, _("Genoteerd: %(what)s.") % {"what": InwardState(to).label})
    return redirect("neighbourhood:referral", pk=pk)


@allow(*STAFF_ROLES)
@require_POST
def referral_tell(request: Request, pk: int) -> HttpResponse:
    """One sentence to the referrer."""
    found = _referral(request, pk)
    services.tell_referrer(referral=found, by=request.membership)
    tell(request, _("Het bericht is onderweg naar de verwijzer."))
    return redirect("neighbourhood:referral", pk=pk)


@allow(*STAFF_ROLES)
@require_GET
def outward_list(request: Request) -> HttpResponse:
    """Whom we sent on, and what became of it."""
    rows = OutwardReferral.objects.visible_to(request.membership).select_related("candidate", "organisation")
    form = ReferralFilter(request.GET or None, by=request.membership, states=OutwardState.choices)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("stand"):
        rows = rows.filter(state=chosen["stand"])
    if chosen.get("van"):
        rows = rows.filter(organisation=chosen["van"])
    context = {
        "form": form,
        "page": page_of(request, rows.order_by("-sent_on", "-pk")),
        "narrowed": any(chosen.values()),
    }
    return render(request, "neighbourhood/outward_list.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def send_on(request: Request, pk: int) -> HttpResponse:
    """Send somebody on: where to, and a yes. Below it where they were sent before."""
    candidate = editable_candidate(request, pk)
    form = SendOnForm(posted(request), by=request.membership)
    here = reverse("neighbourhood:send_on", args=[pk])

    def do() -> tuple[Text, str]:
        made = services.send_on(candidate=candidate, by=request.membership, **form.cleaned_data)
        words = {"name": candidate.first_name, "where": made.organisation}
        return _("%(name)s is doorverwezen naar %(where)s.") % words, here

    before = OutwardReferral.objects.visible_to(request.membership).filter(candidate=candidate)
    context = {
        "candidate": candidate,
        "words": text_for(ConsentPurpose.SHARE_WITH_ORGANISATION, recipient=_("deze organisatie")),
        "before": before.select_related("organisation").order_by("-sent_on", "-pk")[:20],
    }
    return act(
        request, form, "neighbourhood/send_on.html", context,
        submit=_("Verwijs door"), back=reverse("candidates:file", args=[pk]), do=do,
    )  # fmt: skip


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def outward(request: Request, pk: int) -> HttpResponse:
    """What became of somebody whom we sent on: one tap on what holds now."""
    rows = OutwardReferral.objects.visible_to(request.membership).select_related(
        "organisation", "candidate__coach__user", "candidate__connector__user"
    )
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        to, _colon, outcome = request.POST.get("naar", "").partition(":")
        if to not in OutwardState.values:
            raise NotAllowedNow(_("Deze stand kennen we niet. Kies een knop bij de doorverwijzing."))
        services.move_outward(referral=found, to=to, outcome=outcome, by=request.membership)
        tell(request, _("Genoteerd."))
        return redirect("neighbourhood:outward", pk=pk)
    context = {"referral": found, "moves": _outward_moves(found)}
    return render(request, "neighbourhood/outward.html", context)


def _outward_moves(found: OutwardReferral) -> list[tuple[str, Text]]:
    """Buttons: what to send and the word on it; done has a button per outcome."""
    moves: list[tuple[str, Text]] = []
    for state in OutwardState:
        if state not in OUTWARD_MOVES[found.state]:
            continue
        if state == OutwardState.DONE:
            moves += [(f"{state}:{outcome}", outcome.label) for outcome in OutwardOutcome]
        else:
            moves.append((str(state), state.label))
    return moves
