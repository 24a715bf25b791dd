"""The candidate's own pages: what is written down, who looked, what one says yes to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates import dossier, services
from candidates.consents import GENERAL
from candidates.enums import ConsentPurpose
from candidates.forms.file import CorrectionForm
from candidates.models import Consent
from candidates.views.shortcuts import own_file, posted
from candidates.work import work_of


@allow(Role.CANDIDATE)
@require_GET
def my_file(request: Request) -> HttpResponse:
    """My own file in plain words."""
    candidate = own_file(request)
    intake = dossier.intake_of(candidate)
    context = {
        "candidate": candidate,
        "intake": intake,
        "told": dossier.told(intake),
        "work": work_of(candidate),
        "measurements": list(candidate.measurements.all()),
        "meetings": candidate.first_conversations.select_related("by__user"),
        "talks": candidate.conversations.select_related("by__user")[:10],
        "consents": dossier.consent_lines(list(candidate.consents.all())),
        "safety": dossier.safety_of(candidate, request.membership),
        "readings": dossier.looked_at(candidate, request.membership),
        "proposals_url": _proposals_url(),
    }
    return render(request, "candidates/my_file.html", context)


def _proposals_url() -> str:
    try:
        return reverse("matching:my_proposals")
    except NoReverseMatch:
        return ""


@allow(Role.CANDIDATE)
@require_POST
def my_consent_give(request: Request) -> HttpResponse:
    """I say yes."""
    candidate = own_file(request)
    purpose = request.POST.get("purpose", "")
    if purpose not in GENERAL:
        raise NotAllowedNow(_("Deze toestemming kennen we niet. Kies er een op je eigen pagina."))
    services.give_consent(candidate=candidate, purpose=purpose, by=request.membership)
    tell(request, _("Dank je. Je zei ja tegen: %(what)s.") % {"what": ConsentPurpose(purpose).label})
    return redirect(reverse("candidates:my_file") + "#toestemming")


@allow(Role.CANDIDATE)
@require_POST
def my_consent_withdraw(request: Request, consent: int) -> HttpResponse:
    """I take it back."""
    candidate = own_file(request)
    held = get_object_or_404(
        Consent.objects.visible_to(request.membership).filter(candidate=candidate), pk=consent
    )
    services.withdraw_consent(consent=held, by=request.membership)
    said = _("Ingetrokken. Je hoeft niet te zeggen waarom.")
    if held.purpose == ConsentPurpose.RECORD:
        said = _("Ingetrokken. Je coach belt je om samen je dossier te sluiten.")
    tell(request, said)
    return redirect(reverse("candidates:my_file") + "#toestemming")


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_correction(request: Request) -> HttpResponse:
    """Something is not right: a note to the coach."""
    candidate = own_file(request)
    form = CorrectionForm(posted(request))
    back = reverse("candidates:my_file")
    form_helper(form, submit=_("Verstuur"), cancel_url=back, once=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            text = _("Dit klopt niet: %(text)s") % {"text": form.cleaned_data["text"]}
            services.message_from_candidate(candidate=candidate, text=text, by=request.membership)
            tell(request, _("Verstuurd. Je coach belt je of verandert het."))
            return first.done(back)
    return render(request, "candidates/my_correction.html", {"candidate": candidate, "form": form})
