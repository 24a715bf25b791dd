"""Neighbours who ask for help, and who helps."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.enums import HELP_MOVES, HelpState
from candidates.forms.neighbourhood import HelpFilter, HelpRequestForm
from candidates.models import Candidate, HelpRequest
from candidates.services import helping as services
from candidates.views.screens import act, choosable, page_of
from candidates.views.shortcuts import STAFF_ROLES


def _found(request: Request, pk: int) -> HelpRequest:
    rows = HelpRequest.objects.visible_to(request.membership).select_related("candidate", "organisation")
    return get_object_or_404(rows, pk=pk)


@allow(*STAFF_ROLES)
@require_GET
def help_list(request: Request) -> HttpResponse:
    """What is asked: what comes first on top."""
    form = HelpFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = HelpRequest.objects.visible_to(request.membership).select_related("candidate", "organisation")
    rows = _in_state(rows, chosen.get("stand", ""))
    if chosen.get("soort"):
        rows = rows.filter(kind=chosen["soort"])
    order = (F("wanted_on").asc(nulls_last=True), "asked_on", "pk")
    context = {
        "form": form,
        "page": page_of(request, rows.order_by(*order)),
        "narrowed": any(chosen.values()),
    }
    return render(request, "neighbourhood/help_list.html", context)


def _in_state(rows: Any, state: str) -> Any:
    ended = [HelpState.DONE, HelpState.THANKED, HelpState.CANCELLED]
    match state:
        case "all":
            return rows
        case "ended":
            return rows.filter(state__in=ended)
        case "open" | "found":
            return rows.filter(state=state)
    return rows.exclude(state__in=ended)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def help_new(request: Request) -> HttpResponse:
    """A neighbour asks."""
    form = HelpRequestForm(posted(request), by=request.membership)

    def do() -> tuple[Text, str]:
        made = services.save_help_request(values=form.cleaned_data, by=request.membership)
        return _("De hulpvraag staat op de lijst. Wie kan helpen?"), reverse(
            "neighbourhood:help_request", args=[made.pk]
        )

    back = reverse("neighbourhood:help_list")
    return act(
        request,
        form,
        "neighbourhood/help_new.html",
        {},
        submit=_("Bewaar hulpvraag"),
        back=back,
        do=do,
        draft=_("Hulpvraag"),
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def help_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was asked."""
    found = _found(request, pk)
    back = reverse("neighbourhood:help_request", args=[pk])
    mine = request.membership
    form, clash = settle_row(request, found, lambda data, row: HelpRequestForm(data, instance=row, by=mine))
    if clash:
        return clash

    def do() -> tuple[Text, str]:
        services.save_help_request(help_request=found, values=form.cleaned_data, by=request.membership)
        return _("De hulpvraag is veranderd."), back

    context = {"help": found}
    return act(
        request,
        form,
        "neighbourhood/help_edit.html",
        context,
        submit=_("Bewaar"),
        back=back,
        do=do,
        draft=_("Hulpvraag"),
    )


@allow(*STAFF_ROLES)
@require_GET
def help_request(request: Request, pk: int) -> HttpResponse:
    """One question of a neighbour, and what can be done about it now."""
    found = _found(request, pk)
    words = {
        HelpState.DONE: _("Het is gedaan"),
        HelpState.THANKED: _("Er is bedankt"),
        HelpState.CANCELLED: _("Niet meer nodig"),
        HelpState.OPEN: _("Zoek opnieuw iemand"),
    }
    moves = [
        (state, words[state]) for state in HelpState if state in HELP_MOVES[found.state] and state in words
    ]
    return render(request, "neighbourhood/help_request.html", {"help": found, "moves": moves})


@allow(*STAFF_ROLES)
@require_POST
def help_move(request: Request, pk: int) -> HttpResponse:
    """One tap on what holds now."""
    to = request.POST.get("naar", "")
    if to not in HelpState.values:
        raise NotAllowedNow(_("Deze stand kennen we niet. Kies een knop bij de hulpvraag."))
    services.move_help_request(help_request=_found(request, pk), to=to, by=request.membership)
    tell(request, _("Genoteerd: %(what)s.") % {"what": HelpState(to).label})
    return redirect("neighbourhood:help_request", pk=pk)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def help_find(request: Request, pk: int) -> HttpResponse:
    """Who helps: somebody of the own caseload, or a volunteer by name."""
    found = _found(request, pk)
    error = ""
    if request.method == "POST":
        volunteer = " ".join(request.POST.get("volunteer", "")[:120].split())
        try:
            services.find_helper(
                help_request=found, candidate=_one(request), volunteer=volunteer, by=request.membership
            )
        except NotAllowedNow as reason:
            error = str(reason)
        else:
            tell(request, _("Er is iemand gevonden. Vertel het aan wie het vroeg."))
            return redirect("neighbourhood:help_request", pk=pk)
    context = {
        "help": found,
        "people": choosable(request),
        "q": request.GET.get("q", ""),
        "error": error,
        "volunteer": request.POST.get("volunteer", found.volunteer),
        "picked": request.POST.get("wie", str(found.candidate_id or "")),
    }
    return render(request, "neighbourhood/help_find.html", context)


def _one(request: Request) -> Candidate | None:
    chosen = request.POST.get("wie", "")
    if not chosen.isdecimal() or len(chosen) > 15:
        return None
    return get_object_or_404(Candidate.objects.visible_to(request.membership).active(), pk=chosen)
