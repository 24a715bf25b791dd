"""What is not right: the candidate says it, the coach answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates import services
from candidates.forms.voice import AnswerForm, CorrectionForm
from candidates.models import Correction
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate, own_file

SHOWN = 50


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_correction(request: Request) -> HttpResponse:
    """Something is not right; below the form, what was said before and what the coach answered."""
    candidate = own_file(request)
    form = CorrectionForm(posted(request))
    back = reverse("candidates:my_file")
    form_helper(form, submit=_("Verstuur"), cancel_url=back, once=True)
    keep(request, form, title=_("Dit klopt niet"), candidate_id=candidate.pk)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                services.say_correction(candidate=candidate, by=request.membership, **form.cleaned_data)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(request, _("Verstuurd. Je coach geeft antwoord, hier op deze pagina."))
                return first.done(reverse("candidates:my_correction"))
    said = Correction.objects.visible_to(request.membership).select_related("answered_by__user")[:SHOWN]
    context = {"candidate": candidate, "form": form, "said": said}
    return render(request, "candidates/my_correction.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def correction_answer(request: Request, pk: int, correction: int) -> HttpResponse:
    """Answer what the candidate said, once."""
    candidate = editable_candidate(request, pk)
    rows = Correction.objects.visible_to(request.membership).select_related("answered_by__user")
    found = get_object_or_404(rows.filter(candidate=candidate), pk=correction)
    back = reverse("candidates:file", args=[pk])
    form = AnswerForm(posted(request))
    form_helper(form, submit=_("Geef antwoord"), cancel_url=back, once=True)
    keep(request, form, title=_("Antwoord"), candidate_id=candidate.pk)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                services.answer_correction(correction=found, by=request.membership, **form.cleaned_data)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(
                    request,
                    _("%(name)s leest je antwoord op de eigen pagina.") % {"name": candidate.first_name},
                )
                return first.done(back)
    if request.method == "GET":
        record_read(by=request.membership, candidate_id=pk, what="file")
    context = {"candidate": candidate, "correction": found, "form": form}
    return render(request, "candidates/correction_answer.html", context)
