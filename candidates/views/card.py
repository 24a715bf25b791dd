"""The talent card: the candidate chooses and downloads, the coach prints the same."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pdf import document_pdf
from candidates import dossier, services
from candidates.card import CardPart, card_of, parts_of
from candidates.models import Candidate
from candidates.views.shortcuts import STAFF_ROLES, own_file, posted, visible_candidate


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


def _pdf(candidate: Candidate) -> HttpResponse:
    intake = dossier.intake_of(candidate)
    card = card_of(candidate, intake, parts_of(intake))
    moment = intake.updated_at if intake else timezone.now()
    with translation.override(candidate.language):
        context = {"card": card, "language": candidate.language}
        data = document_pdf("documents/candidates/talent_card.html", context, moment=moment)
        name = _("talentkaart")
    response = HttpResponse(data, content_type="application/pdf")
    file_name = f"{name}-{slugify(candidate.first_name) or candidate.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "no-store"
    return response
