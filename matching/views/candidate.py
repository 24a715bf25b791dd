"""The candidate's own pages: proposals with the reasons in plain words, yes or no, and the own work."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import MatchState
from matching.forms.check_ins import TellForm
from matching.forms.matches import NoForm, WordsForm, YesForm, share_rows
from matching.models import CheckIn, Introduction, Match, MeetingOption, Placement
from matching.models.job_coaching import CANDIDATE_SIGNS, periods_to_sign
from matching.reasons import plain
from matching.rules import Answer
from matching.services.asking import halfway, limit
from matching.services.sharing import USUAL, known_fields, shared_fields, shared_name
from matching.staircases import Thread, threads_of, with_steps
from matching.views.matches import labelled, shared_rows
from matching.views.own_meetings import own_meeting


def _own(request: Request, pk: int) -> Match:
    mine = Match.objects.visible_to(request.membership).select_related(
        "position__location", "employer", "candidate__coach__user", "candidate__area", "bureau",
        "proposed_by__user",
    )  # fmt: skip
    return get_object_or_404(mine, pk=pk)


@allow(Role.CANDIDATE)
@require_GET
def my_proposals(request: Request) -> HttpResponse:
    """What waits for my answer, what is going on, and what was; not what was taken back as a mistake."""
    asked_when = MeetingOption.objects.open().filter(introduction__match=OuterRef("pk"), candidate_says="")
    mine = list(
        Match.objects.visible_to(request.membership)
        .exclude(state=MatchState.WITHDRAWN, events__undoes__from_state="")
        .select_related("position", "employer", "introduction")
        .annotate(times_asked=Exists(asked_when))
        .defer("frozen")[:100]
    )
    context = {
        "waiting": [one for one in mine if one.state == MatchState.PROPOSED],
        "going": [one for one in mine if one.is_open and one.state != MatchState.PROPOSED],
        "past": [one for one in mine if not one.is_open],
    }
    return render(request, "matching/my_proposals.html", context)


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_proposal(request: Request, pk: int) -> HttpResponse:
    """One proposal: why, what would be shared, and my yes or no."""
    found = _own(request, pk)
    known = known_fields(found.candidate)
    said = request.POST.get("answer", "")
    yes = YesForm(request.POST if said == "yes" else None, known=known)
    no = NoForm(request.POST if said == "no" else None)
    if said == "yes" and yes.is_valid():
        return _answer(request, found, agrees=True, share=yes.cleaned_data["share"])
    if said == "no" and no.is_valid():
        return _answer(request, found, agrees=False, **no.cleaned_data)
    introduction = Introduction.objects.select_related("companion_member__user").filter(match=found).first()
    before = found.state == MatchState.CANDIDATE_AGREED
    reasons = plain(found.frozen)
    context = {
        "match": found,
        "fits": [one for one in reasons if one.answer == Answer.FITS],
        "clashes": [one for one in reasons if one.answer == Answer.CLASHES],
        "unknown": [one for one in reasons if one.answer == Answer.UNKNOWN],
        "fields": [(code, label, text, code in USUAL) for code, label, text in share_rows(known)],
        "no": no,
        "said_no": said == "no",
        "not_right": WordsForm(label=_("Wat klopt er niet?")),
        "introduction": introduction,
        "shared": shared_rows(introduction),
        "silence": _silence(found, introduction),
        "will_share": labelled(shared_fields(found.candidate, found.share)) if before else [],
        "name_shared": shared_name(found.candidate, found.share),
        **own_meeting(found, introduction),
        "asked": found.state == MatchState.PROPOSED,
        "may_stop": found.is_open and found.state != MatchState.PROPOSED,
    }
    return render(request, "matching/my_proposal.html", context)


def _silence(found: Match, introduction: Introduction | None) -> dict[str, Any] | None:
    """What happens while the employer does not answer: asked again on a day, and called after another."""
    if found.state != MatchState.INTRODUCED or introduction is None or introduction.employer_answer:
        return None
    asked, today = introduction.introduced_at, timezone.localdate()
    again = timezone.localdate(asked + halfway(found.bureau))
    call = timezone.localdate(asked + limit(found.bureau))
    return {"asked": asked, "again": again if again > today else None, "call": call if call > today else None}


def _answer(request: Request, found: Match, *, agrees: bool, **said: Any) -> HttpResponse:
    """Note it; a second tap on the same button gets the answer of the first."""
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        services.candidate_answers(match=found, agrees=agrees, by=request.membership, **said)
        if agrees:
            tell(
                request,
                _("Fijn. Je coach vertelt de werkgever nu over jou, en dan plannen we een kennismaking."),
            )
        else:
            tell(request, _("Duidelijk. We zoeken samen verder."))
        return first.done(reverse("matching:my_proposal", args=[found.pk]))


@allow(Role.CANDIDATE)
@require_POST
def my_proposal_not_right(request: Request, pk: int) -> HttpResponse:
    """A reason is not right: tell the coach."""
    found = _own(request, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise NotAllowedNow(_("Schrijf in een paar woorden wat er niet klopt."))
    services.say_not_right(match=found, text=form.cleaned_data["words"], by=request.membership)
    tell(request, _("Dank je. Je coach leest het en past het aan."))
    return redirect("matching:my_proposal", found.pk)


@allow(Role.CANDIDATE)
@require_POST
def my_proposal_stop(request: Request, pk: int) -> HttpResponse:
    """I do not want to go on: the employer no longer sees anything about me."""
    found = _own(request, pk)
    services.withdraw(match=found, note=request.POST.get("note", "")[:500], by=request.membership)
    tell(request, _("Gestopt. De werkgever ziet niets meer van je."))
    return redirect("matching:my_proposal", found.pk)


@allow(Role.CANDIDATE)
@require_GET
def my_work(request: Request) -> HttpResponse:
    """Where I work, how my hours go, and how it is going."""
    mine = with_steps(Placement.objects.visible_to(request.membership)).prefetch_related(
        "check_ins", periods_to_sign(CANDIDATE_SIGNS)
    )
    rows = [_work(one) for one in threads_of(list(mine))]
    context = {
        "running": [row for row in rows if row["thread"].is_running],
        "past": [row for row in rows if not row["thread"].is_running],
    }
    return render(request, "matching/my_work.html", context)


def _work(thread: Thread) -> dict[str, Any]:
    coming = next((check for check in thread.newest.check_ins.all() if check.is_open), None)
    waiting: list[Any] = list(thread.placements)
    return {
        "thread": thread,
        "chart": thread.chart(f"uren-{thread.newest.pk}"),
        "check_in": coming,
        "to_sign": [period for one in waiting for period in one.to_sign],
    }


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def check_in_answer(request: Request, pk: int) -> HttpResponse:
    """How it goes, in my own words; the coach reads it before we speak."""
    rows = CheckIn.objects.visible_to(request.membership).select_related("placement", "employer")
    found = get_object_or_404(rows, pk=pk)
    home = reverse("matching:my_work")
    form = TellForm(request.POST if request.method == "POST" else None, check_in=found, cancel_url=home)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_check_in(check_in=found, **form.said(), by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Dank je. De coach leest het."))
            return redirect(home)
    keep(request, form, title=_("Hoe gaat het"), candidate_id=found.candidate_id)
    return render(request, "matching/check_in_answer.html", {"check_in": found, "form": form})
