"""What somebody takes along on paper: the talent card and the summary; the coach prints the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pdf import document_pdf, pdf_response
from candidates import dossier, services
from candidates.card import CardPart, card_of, parts_of
from candidates.models import Candidate
from candidates.summary import write_summary
from candidates.views.shortcuts import STAFF_ROLES, own_file, visible_candidate


class CardForm(forms.Form):
    """What may be seen; the first name always stands on it."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Wat mag erop?"), choices=CardPart.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Je voornaam staat er altijd op."),
    )  # fmt: skip


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_card(request: Request) -> HttpResponse:
    """Choose what to show, see it, and take it along."""
    candidate = own_file(request)
    intake = dossier.intake_of(candidate)
    form = CardForm(posted(request), initial={"parts": parts_of(intake)})
    form_helper(form, submit=_("Bewaar mijn keuze"))
    if request.method == "POST" and form.is_valid():
        services.choose_card(candidate=candidate, by=request.membership, parts=form.cleaned_data["parts"])
        tell(request, _("Bewaard. Zo ziet je kaart er nu uit."))
        return redirect("candidates:my_card")
    context = {
        "candidate": candidate, "intake": intake, "form": form,
        "card": card_of(candidate, intake, parts_of(intake)),
    }  # fmt: skip
    return render(request, "candidates/my_card.html", context)


@allow(Role.CANDIDATE)
@require_GET
def my_card_pdf(request: Request) -> HttpResponse:
    """My card as a file, to print or to send."""
    return _pdf(own_file(request))


@allow(*STAFF_ROLES)
@require_GET
def card_pdf(request: Request, pk: int) -> HttpResponse:
    """The same card, printed by the coach: only what the candidate chose."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="card")
    return _pdf(candidate)


@allow(Role.CANDIDATE)
@require_GET
def my_summary_pdf(request: Request) -> HttpResponse:
    """Who I am, on paper, with my name under it."""
    return _summary(own_file(request))


@allow(*STAFF_ROLES)
@require_GET
def summary_pdf(request: Request, pk: int) -> HttpResponse:
    """The summary to print: as it was approved, or to read together first."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="summary")
    return _summary(candidate)


def _summary(candidate: Candidate) -> HttpResponse:
    intake = dossier.intake_of(candidate)
    if intake is None:
        raise Http404
    intake.summary = intake.summary or write_summary(candidate, intake)
    context = {"intake": intake, "outdated": services.summary_is_outdated(intake)}
    return _document(candidate, "summary", _("dit-ben-ik"), context, intake.updated_at)


def _pdf(candidate: Candidate) -> HttpResponse:
    intake = dossier.intake_of(candidate)
    card = card_of(candidate, intake, parts_of(intake))
    moment = intake.updated_at if intake else timezone.now()
    return _document(candidate, "talent_card", _("talentkaart"), {"card": card}, moment)


def _document(
    candidate: Candidate, template: str, name: str, context: dict[str, Any], moment: datetime
) -> HttpResponse:
    with translation.override(candidate.language):
        context |= {"candidate": candidate, "language": candidate.language}
        data = document_pdf(f"documents/candidates/{template}.html", context, moment=moment)
    return pdf_response(data, name, slugify(candidate.first_name) or candidate.pk, save=True)
