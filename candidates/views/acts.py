"""The acts around a file: a note, details, stage, holders, calling back, closing, measuring, consent, a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus import codes
from buurtbaan.bureaus.services import absolute
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pieces import Text
from candidates import services
from candidates.consents import GENERAL
from candidates.enums import ConsentPurpose, Stage
from candidates.forms.file import (
    AssignForm,
    CallBackForm,
    CloseForm,
    ConversationForm,
    DetailsForm,
    ReopenForm,
    StageForm,
)
from candidates.forms.measuring import QuestionsForm, RungForm
from candidates.models import Candidate, Consent, Fund
from candidates.permissions import can_assign
from candidates.qr import qr_svg
from candidates.services.locking import locked
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate, visible_candidate


def _act(
    request: Request, candidate: Candidate, form: Any, template: str, *, submit: Text, do: Callable[[], Text],
    url: str = "", groups: Any = (), draft: Text = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; when it holds, do the act once and go back to the file. `do` gives what to tell.

    draft: what a form that keeps itself is called on the list of what is not finished.
    """
    back = reverse("candidates:file", args=[candidate.pk])
    form_helper(form, submit=submit, cancel_url=back, once=True, groups=groups)
    if draft:
        keep(request, form, title=draft, candidate_id=candidate.pk)
    return act_once(
        request, form, do=lambda: (do(), url or back), template=template, context={"candidate": candidate}
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def conversation_add(request: Request, pk: int) -> HttpResponse:
    """Note what was said."""
    candidate = editable_candidate(request, pk)
    form = ConversationForm(posted(request), funds=Fund.objects.visible_to(request.membership))

    def do() -> Text:
        services.add_conversation(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Het gesprek is bewaard.")

    template = "candidates/conversation_add.html"
    return _act(request, candidate, form, template, submit=_("Bewaar gesprek"), do=do, draft=_("Gesprek"))


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def details_edit(request: Request, pk: int) -> HttpResponse:
    """Correct name, reach and the rest."""
    candidate = editable_candidate(request, pk)

    def now(data: QueryDict | None) -> DetailsForm:
        return DetailsForm(data, instance=locked(candidate), by=request.membership)

    form = DetailsForm(posted(request), instance=candidate, by=request.membership)
    form, clash = settle(request, form, now)
    if clash:
        return clash

    def do() -> Text:
        services.save_details(candidate=candidate, values=form.values(), by=request.membership)
        return _("De gegevens zijn bewaard.")

    template = "candidates/details_edit.html"
    return _act(
        request, candidate, form, template, submit=_("Bewaar gegevens"), do=do, groups=DetailsForm.groups,
        draft=_("Gegevens"),
    )  # fmt: skip


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def stage_change(request: Request, pk: int) -> HttpResponse:
    """Move somebody on, or back, or to a pause."""
    candidate = editable_candidate(request, pk)
    if candidate.is_closed:
        return redirect("candidates:reopen", pk=pk)
    form = StageForm(posted(request), candidate=candidate)

    def do() -> Text:
        services.change_stage(candidate=candidate, by=request.membership, **form.cleaned_data)
        words = {"name": candidate.first_name, "stage": Stage(form.cleaned_data["to"]).label}
        return _("%(name)s staat nu op “%(stage)s”.") % words

    return _act(request, candidate, form, "candidates/stage_change.html", submit=_("Verander fase"), do=do)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Hand somebody over to a colleague."""
    candidate = visible_candidate(request, pk)
    if not can_assign(request.membership, candidate):
        raise PermissionDenied(_("Overdragen doet wie deze persoon begeleidt, of de bureauleider."))
    form = AssignForm(posted(request), candidate=candidate, by=request.membership)

    def do() -> Text:
        services.assign(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("%(name)s is overgedragen.") % {"name": candidate.first_name}

    # Who gives somebody away may no longer open the file.
    url = reverse("candidates:caseload")
    return _act(request, candidate, form, "candidates/assign.html", submit=_("Draag over"), do=do, url=url)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def call_back(request: Request, pk: int) -> HttpResponse:
    """Promise to call."""
    candidate = editable_candidate(request, pk)
    form = CallBackForm(posted(request), initial={"on": candidate.call_back_on})

    def do() -> Text:
        services.set_call_back(candidate=candidate, by=request.membership, on=form.cleaned_data["on"])
        return _("Genoteerd.")

    return _act(request, candidate, form, "candidates/call_back.html", submit=_("Bewaar"), do=do)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """Close a file with a reason."""
    candidate = editable_candidate(request, pk)
    if candidate.is_closed:
        return redirect("candidates:file", pk=pk)
    form = CloseForm(posted(request))

    def do() -> Text:
        services.close_file(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Het dossier is afgesloten.")

    return _act(request, candidate, form, "candidates/close.html", submit=_("Sluit dossier"), do=do)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    """Somebody is back."""
    candidate = editable_candidate(request, pk)
    if not candidate.is_closed:
        return redirect("candidates:file", pk=pk)
    form = ReopenForm(posted(request))

    def do() -> Text:
        services.reopen_file(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Welkom terug. Het dossier is weer open.")

    return _act(request, candidate, form, "candidates/reopen.html", submit=_("Open dossier weer"), do=do)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def measurement_add(request: Request, pk: int) -> HttpResponse:
    """Questions first; the rung that follows is confirmed on the second screen."""
    candidate = editable_candidate(request, pk)
    questions = QuestionsForm(posted(request))
    if request.method == "GET" or not questions.is_valid():
        form_helper(questions, submit=_("Ga verder"), cancel_url=reverse("candidates:file", args=[pk]))
        keep(request, questions, title=_("Meting"), candidate_id=pk)
        return render(request, "candidates/measurement_add.html", {"candidate": candidate, "form": questions})
    form: Any = RungForm(request.POST if "rung" in request.POST else None, answers=questions.cleaned_data)

    def do() -> Text:
        services.add_measurement(candidate=candidate, by=request.membership, **form.values())
        return _("De meting is bewaard.")

    template = "candidates/measurement_confirm.html"
    return _act(request, candidate, form, template, submit=_("Bewaar meting"), do=do, draft=_("Meting"))


@allow(*STAFF_ROLES)
@require_POST
def consent_give(request: Request, pk: int) -> HttpResponse:
    """Somebody says yes."""
    candidate = editable_candidate(request, pk)
    purpose = request.POST.get("purpose", "")
    if purpose not in GENERAL:
        raise NotAllowedNow(_("Deze toestemming kennen we niet. Kies er een uit de lijst in het dossier."))
    services.give_consent(candidate=candidate, purpose=purpose, by=request.membership)
    tell(request, _("Genoteerd: %(what)s.") % {"what": ConsentPurpose(purpose).label})
    return redirect(reverse("candidates:file", args=[pk]) + "#toestemming")


@allow(*STAFF_ROLES)
@require_POST
def consent_withdraw(request: Request, pk: int, consent: int) -> HttpResponse:
    """Somebody takes a yes back."""
    candidate = editable_candidate(request, pk)
    held = get_object_or_404(
        Consent.objects.visible_to(request.membership).filter(candidate=candidate), pk=consent
    )
    services.withdraw_consent(consent=held, by=request.membership)
    tell(request, _("De toestemming is ingetrokken."))
    return redirect(reverse("candidates:file", args=[pk]) + "#toestemming")


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def candidate_link(request: Request, pk: int) -> HttpResponse:
    """A single-use link to the candidate's own page, to scan on the spot or by e-mail.

    The link is shown once: between the post and the page it waits in the session.
    """
    candidate = editable_candidate(request, pk)
    key = f"candidate_way_in_{pk}"
    here = reverse("candidates:candidate_link", args=[pk])
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            membership, path = services.invite_candidate(candidate=candidate, by=request.membership)
            code = codes.issue(membership=membership, target=reverse("candidates:my_file"))
            request.session[key] = [absolute(path), code]
            return first.done(here)
    address, code = request.session.pop(key, ["", ""])
    context = {
        "candidate": candidate,
        "address": address,
        "picture": qr_svg(address) if address else SafeString(""),
        "code": codes.spoken(code),
        "code_page": absolute(reverse("own_code")).partition("://")[2],
        "by_mail": bool(candidate.email) and services.may_write(candidate),
    }  # fmt: skip
    response = render(request, "candidates/candidate_link.html", context)
    response["Cache-Control"] = "no-store"
    return response
