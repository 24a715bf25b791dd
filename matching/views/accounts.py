"""How a meeting was, as the coach writes it down; or that it did not come about, and on to the next moment."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.forms.meetings import OutcomeForm
from matching.models import Introduction, Match, MeetingAccount
from matching.views.matches import ACTORS, acting, back, show_form
from matching.views.meetings import introduction_of


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def meeting_record(request: Request, pk: int) -> HttpResponse:
    """How the meeting was for each of them; what they told themselves is not asked again."""
    found = acting(request, pk)
    introduction = introduction_of(found)
    told = [one for one in _of_this(introduction) if one.own and one.teller != "coach"]
    form = OutcomeForm(request.POST or None, cancel_url=back(found), told=[one.teller for one in told])
    if request.method == "POST" and form.is_valid():
        try:
            return _note(request, found, form)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
    lead = " ".join(f"{one.get_teller_display()}: “{one.words}”" for one in told)
    return show_form(request, found, form, title=_("Hoe was de kennismaking?"), lead=lead)


def _of_this(introduction: Introduction) -> list[MeetingAccount]:
    rows = MeetingAccount.objects.of_now(introduction)
    return list(rows.select_related("told_by"))


def _note(request: Request, found: Match, form: OutcomeForm) -> HttpResponse:
    said = dict(form.cleaned_data)
    reason, happened = said.pop("reason"), said.pop("happened") != "no"
    name = "match_undo" if happened else "outcome_undo"
    undo_url, undo_label = reverse(f"matching:{name}", args=[found.pk]), _("Terugdraaien")
    if not happened:
        services.miss_meeting(match=found, reason=reason, words=said["outcome_coach"], by=request.membership)
        tell(
            request,
            _("Dat kan gebeuren. Beide kanten krijgen een vriendelijk bericht."),
            undo_url=undo_url,
            undo_label=undo_label,
        )
        return redirect("matching:times_propose", found.pk)
    services.record_meeting(match=found, **said, by=request.membership)
    tell(
        request,
        _("Bewaard. Nu kan de plaatsing beginnen, of plan nog een gesprek."),
        undo_url=undo_url,
        undo_label=undo_label,
    )
    return redirect(back(found))


@allow(*ACTORS)
@require_POST
def outcome_undo(request: Request, pk: int) -> HttpResponse:
    """What was noted of the meeting was a mistake."""
    found = acting(request, pk)
    services.take_back_outcome(match=found, by=request.membership)
    tell(request, _("Teruggedraaid. De afspraak staat er weer zoals hij was."))
    return redirect(back(found))
