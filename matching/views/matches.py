"""One match: the reasons as they were, what happened, and the next act as one clear button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Step, Text
from candidates.models import Candidate
from employers.models import Position
from matching import recipients, services
from matching.enums import MATCH_MOVES, OPEN_STATES, DeclinedBy, MatchState
from matching.forms.matches import AnswerForm, EmployerAnswerForm, StopForm
from matching.gather import with_place
from matching.links import file_of, work_for
from matching.models import Introduction, Match, Message
from matching.permissions import can_act
from matching.reasons import frozen_grid, frozen_position_on
from matching.services.accounts import may_take_back
from matching.services.meetings import may_undo
from matching.services.messages import reachable
from matching.services.proposals import pause_of
from matching.services.sharing import EMPLOYER_LABELS, known_fields, shared_fields, shared_name
from matching.services.times import open_options
from matching.services.undo import is_recent, last_step, why_not
from matching.views.suggestions import pair_page

STAFF = (Role.CONNECTOR, Role.COACH, Role.MANAGER)
ACTORS = (Role.COACH, Role.MANAGER)


@dataclass(frozen=True)
class Act:
    """A way on from here."""

    label: Text
    icon: str
    url: str


def seen(request: Request, pk: int) -> Match:
    """The match, if this role may see it."""
    matches = Match.objects.visible_to(request.membership).select_related(
        "bureau", "candidate__coach__user", "position", "employer", "proposed_by__user"
    )
    return get_object_or_404(matches, pk=pk)


def acting(request: Request, pk: int) -> Match:
    """The match, if this role may also act on it."""
    match = seen(request, pk)
    if not can_act(request.membership, match):
        raise PermissionDenied(_("Een coach of de bureauleider zet deze stap. Vraag het aan de coach."))
    return match


@allow(*STAFF)
@require_GET
def match(request: Request, pk: int) -> HttpResponse:
    """Everything about one proposal on one page."""
    found = seen(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="proposal")
    introduction = Introduction.objects.select_related("companion_member__user").filter(match=found).first()
    may = can_act(request.membership, found)
    context = {
        "match": found,
        "introduction": introduction,
        "shared": shared_rows(introduction),
        "rows": frozen_grid(found.frozen, found.overrules),
        "position_on": frozen_position_on(found.frozen),
        "events": found.events.select_related("by__user"),
        "messages_sent": Message.objects.visible_to(request.membership).filter(match=found)[:20],
        "steps": _steps(found),
        "act": main_act(found, introduction) if may else None,
        "others": other_acts(found, introduction) if may else [],
        "may": may,
        "undo": undo_offer(found) if may else {"may": False, "why": ""},
        **around_meeting(found, introduction),
        "file_url": file_of(found.candidate_id),
        "open": found.is_open,
        "late": found.state == MatchState.PROPOSED
        and found.answer_by
        and found.answer_by < timezone.localdate(),
    }
    return render(request, "matching/match.html", context)


def around_meeting(found: Match, introduction: Introduction | None) -> dict[str, Any]:
    """Which moments are open, how meetings were, and what can still be taken back."""
    if introduction is None:
        return {"options": [], "accounts": [], "undo_outcome": False, "undo_plan": False, "to_come": False}
    accounts = list(introduction.accounts.select_related("told_by__user"))
    to_come = found.state == MatchState.MEETING_PLANNED and not _is_over(introduction)
    may_options = found.state in (MatchState.INTRODUCED, MatchState.MET)
    return {
        "options": open_options(introduction) if may_options else [],
        "accounts": accounts,
        "undo_outcome": introduction.starts_at is None and may_take_back(found, accounts),
        "to_come": to_come,
        "undo_plan": to_come and may_undo(introduction.planned_at),
    }


def _steps(found: Match) -> list[Step]:
    """The way of a match as steps; one that ended shows how far it came."""
    way = [*OPEN_STATES, MatchState.PLACED]
    reached = {event.to_state for event in found.events.all()} | {found.state}
    running = found.is_open or found.state == MatchState.PLACED
    far = {found.state} if running else reached
    at = max((number for number, state in enumerate(way) if state in far), default=0)
    words = [
        _("Voorgesteld"),
        _("Kandidaat zegt ja"),
        _("Bij werkgever"),
        _("Gepland"),
        _("Kennisgemaakt"),
        _("Aan het werk"),
    ]
    return [
        Step(word, state="done" if n < at or (n == at and not running) else "current" if n == at else "todo")
        for n, word in enumerate(words)
    ]


def main_act(found: Match, introduction: Introduction | None) -> Act | None:
    """The one thing that is best done now."""
    to = _to(found)
    match found.state:
        case MatchState.PROPOSED:
            return Act(_("Noteer antwoord"), "chat", to("match_answer"))
        case MatchState.CANDIDATE_AGREED:
            return Act(_("Stel voor aan werkgever"), "send", to("match_introduce"))
        case MatchState.INTRODUCED if introduction and introduction.employer_answer != "yes":
            return Act(_("Noteer antwoord werkgever"), "chat", to("match_employer_answer"))
        case MatchState.INTRODUCED:
            return Act(_("Plan kennismaking"), "calendar", to("meeting_plan"))
        case MatchState.MEETING_PLANNED if _is_over(introduction):
            return Act(_("Schrijf op hoe het was"), "edit", to("meeting_record"))
        case MatchState.MEETING_PLANNED:
            return Act(_("Verzet afspraak"), "calendar", to("meeting_plan"))
        case MatchState.MET:
            return Act(_("Begin plaatsing"), "steps", to("match_place"))
        case MatchState.PLACED:
            placement = getattr(found, "placement", None)
            return (
                Act(_("Bekijk plaatsing"), "steps", reverse("matching:placement", args=[placement.pk]))
                if placement
                else None
            )
    url = work_for(found.candidate_id)
    return Act(_("Zoek ander werk"), "search", url) if url else None


def other_acts(found: Match, introduction: Introduction | None) -> list[Act]:
    """What else can be done."""
    to, acts = _to(found), []
    if found.state == MatchState.INTRODUCED and introduction and introduction.employer_answer != "yes":
        acts.append(Act(_("Plan kennismaking"), "calendar", to("meeting_plan")))
    if found.state in (MatchState.INTRODUCED, MatchState.MET) and introduction:
        acts.append(Act(_("Stel momenten voor"), "calendar", to("times_propose")))
    if found.state == MatchState.MEETING_PLANNED and _is_over(introduction):
        acts.append(Act(_("Verzet afspraak"), "calendar", to("meeting_plan")))
    if found.state == MatchState.MET:
        acts.append(Act(_("Plan nog een gesprek"), "calendar", to("meeting_plan")))
    if MatchState.DECLINED in MATCH_MOVES.get(found.state, set()):
        acts.append(Act(_("Stop dit voorstel"), "close", to("match_stop")))
    return acts


def _to(found: Match) -> Callable[[str], str]:
    return lambda name: reverse(f"matching:{name}", args=[found.pk])


def _is_over(introduction: Introduction | None) -> bool:
    return (
        introduction is not None
        and introduction.starts_at is not None
        and introduction.starts_at <= timezone.now()
    )


def shared_rows(introduction: Introduction | None) -> list[tuple[Text, str]]:
    """Label and text of what the employer may know."""
    if introduction is None:
        return []
    return labelled(introduction.shared)


def labelled(shared: dict[str, str]) -> list[tuple[Text, str]]:
    """Field codes as words, always in the same order."""
    return [(label, shared[field]) for field, label in EMPLOYER_LABELS.items() if field in shared]


def undo_offer(found: Match) -> dict[str, object]:
    """What the page of a match says about its last step: it can be taken back, or why it cannot."""
    step = last_step(found)
    if step is None or not is_recent(step):
        return {"may": False, "why": ""}
    seen = step.to_state == MatchState.INTRODUCED and step.from_state == MatchState.CANDIDATE_AGREED
    return {"may": not why_not(found, step), "why": why_not(found, step) if seen else ""}


# proposing


@allow(*ACTORS)
@require_POST
def propose(request: Request) -> HttpResponse:
    """Put somebody forward; the form stands on the page of the pair, which comes back when it is refused."""
    mine = request.membership
    candidate = get_object_or_404(
        Candidate.objects.visible_to(mine), pk=_number(request.POST.get("candidate", ""))
    )
    position = get_object_or_404(
        with_place(Position.objects.visible_to(mine)), pk=_number(request.POST.get("position", ""))
    )
    prefix = "overrule_"
    overrules = {k.removeprefix(prefix): str(v) for k, v in request.POST.items() if k.startswith(prefix)}
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            made = services.propose(
                candidate=candidate, position=position, overrules=overrules,
                note=request.POST.get("note", "")[:2000], by=mine,
            )  # fmt: skip
        except services.AlreadyProposed as double:
            if double.match_id is None:
                return pair_page(request, candidate, position, refused=str(double), status=409)
            tell(request, str(double), level=messages.WARNING)
            return redirect("matching:match", double.match_id)
        except NotAllowedNow as reason:
            return pair_page(request, candidate, position, refused=str(reason), status=409)
        tell(request, _proposed(candidate), undo_url=undo_url(made))
        return first.done(reverse("matching:match", args=[made.pk]))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _proposed(candidate: Candidate) -> str:
    if candidate.email:
        return _("Voorstel gedaan. %(name)s krijgt bericht en kan zelf antwoorden.") % {
            "name": candidate.first_name
        }
    return _("Voorstel gedaan. Er is geen e-mailadres: bel %(name)s om het te vertellen.") % {
        "name": candidate.first_name
    }


# answers that a colleague notes


def show_form(
    request: Request, found: Match, form: Form, *, title: Text, lead: Text = "", **more: Any
) -> HttpResponse:
    """A page with one form about one match; what is typed keeps itself."""
    keep(request, form, title=title, candidate_id=found.candidate_id)
    context = {"match": found, "form": form, "title": title, "lead": lead, **more}
    return render(request, "matching/match_form.html", context)


def back(found: Match) -> str:
    return reverse("matching:match", args=[found.pk])


def undo_url(found: Match) -> str:
    """Where a post takes the last step back."""
    return reverse("matching:match_undo", args=[found.pk])


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def match_answer(request: Request, pk: int) -> HttpResponse:
    """Note what the candidate answered on the telephone or at the table."""
    found = acting(request, pk)
    form = AnswerForm(request.POST or None, known=known_fields(found.candidate), cancel_url=back(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.candidate_answers(
                match=found, agrees=said["agrees"] == "yes", share=said["share"], reason=said["reason"],
                note=said["note"], by=request.membership,
            )  # fmt: skip
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Antwoord bewaard."), undo_url=undo_url(found))
            return redirect(back(found))
    title = _("Wat zegt %(name)s?") % {"name": found.candidate.first_name}
    return show_form(request, found, form, title=title)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def match_introduce(request: Request, pk: int) -> HttpResponse:
    """See what the employer will see, then let them know."""
    found = acting(request, pk)
    pause = pause_of(found.employer)
    if request.method == "POST" and not pause:
        services.introduce(match=found, by=request.membership)
        if reachable(found.employer_id).exists():
            tell(request, _("%(employer)s heeft bericht gekregen.") % {"employer": found.employer.name})
        else:
            tell(
                request,
                _("Er is geen e-mailadres van %(employer)s. Bel zelf.") % {"employer": found.employer.name},
                level=messages.WARNING,
            )
        return redirect(back(found))
    possible = found.state == MatchState.CANDIDATE_AGREED and not pause
    fields = shared_fields(found.candidate, [code for code in found.share if code != "full_name"])
    context = {
        "match": found,
        "name": shared_name(found.candidate, found.share),
        "fields": labelled(fields),
        "recipients": recipients.of_introduction(found) if possible else [],
        "possible": possible,
        "pause": pause,
    }
    return render(
        request, "matching/match_introduce.html", context, status=409 if request.method == "POST" else 200
    )


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def match_employer_answer(request: Request, pk: int) -> HttpResponse:
    """Note what the employer answered on the telephone."""
    found = acting(request, pk)
    introduction = get_object_or_404(Introduction, match=found)
    form = EmployerAnswerForm(request.POST or None, cancel_url=back(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.employer_answers(introduction=introduction, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Antwoord bewaard."), undo_url=undo_url(found))
            return redirect(back(found))
    return show_form(request, found, form, title=_("Wat zegt %(who)s?") % {"who": found.employer.name})


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def match_stop(request: Request, pk: int) -> HttpResponse:
    """End a proposal with a reason, or take it back."""
    found = acting(request, pk)
    form = StopForm(request.POST or None, cancel_url=back(found), initial={"who": DeclinedBy.BUREAU})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["who"] == StopForm.WITHDRAW:
                services.withdraw(match=found, note=said["note"], by=request.membership)
            else:
                services.decline(
                    match=found,
                    declined_by=said["who"],
                    reason=said["reason"],
                    note=said["note"],
                    by=request.membership,
                )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(
                request,
                _("Het voorstel is gestopt."),
                undo_url=undo_url(found),
                next_url=work_for(found.candidate_id),
                next_label=_("Zoek ander werk"),
            )
            return redirect(back(found))
    lead = _("De kandidaat hoort het. Stond er een kennismaking gepland, dan gaat die uit ieders agenda.")
    return show_form(request, found, form, title=_("Stop dit voorstel"), lead=lead)
