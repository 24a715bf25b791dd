"""The plan as coach and connector write it with somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pdf import document_pdf, pdf_response
from buurtbaan.ui.pieces import Text
from candidates import services
from candidates.enums import GoalState
from candidates.forms.plan import GoalForm, StepForm
from candidates.models import Candidate, Goal, Step
from candidates.permissions import can_edit
from candidates.plan import plan_of
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate, visible_candidate

ENDS = {GoalState.REACHED, GoalState.DROPPED, GoalState.OPEN}


def goal_of(candidate: Candidate, pk: int) -> Goal:
    """A goal of this person, or 404."""
    return get_object_or_404(Goal.objects.filter(candidate=candidate).select_related("candidate"), pk=pk)


def step_of(candidate: Candidate, pk: int) -> Step:
    """A step of this person, or 404."""
    return get_object_or_404(Step.objects.filter(candidate=candidate).select_related("goal"), pk=pk)


def save_once(
    request: Request, form: Any, *, do: Callable[[], Text], url: str, template: str, context: dict[str, Any],
    draft: Text, about: Candidate,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it holds, do the act once and go to `url`. `do` gives what to tell.

    draft: what the form is called on the list of drafts. about: the person whose erasure takes the draft along.
    """
    keep(request, form, title=draft, candidate_id=about.pk)
    return act_once(request, form, do=lambda: (do(), url), template=template, context=context)


def plan_pdf_response(candidate: Candidate, *, own: bool) -> HttpResponse:
    """The plan on paper."""
    plan = plan_of(candidate.goals.prefetch_related("steps"), own=own)
    moment = timezone.now()
    context = {"candidate": candidate, "plan": plan, "own": own, "bureau": candidate.bureau}
    pdf = document_pdf("documents/candidates/plan.html", context, moment=moment)
    return pdf_response(pdf, "plan", candidate.first_name)


@allow(*STAFF_ROLES)
@require_GET
def plan(request: Request, pk: int) -> HttpResponse:
    """Goals and steps on a page of their own, to write and to print."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="plan")
    context = {
        "candidate": candidate,
        "plan": plan_of(candidate.goals.prefetch_related("steps")),
        "may_edit": can_edit(request.membership, candidate),
    }
    return render(request, "candidates/plan.html", context)


@allow(*STAFF_ROLES)
@require_GET
def plan_pdf(request: Request, pk: int) -> HttpResponse:
    """The plan on paper, to take home."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="plan")
    return plan_pdf_response(candidate, own=False)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def goal_add(request: Request, pk: int) -> HttpResponse:
    """A new goal."""
    candidate = editable_candidate(request, pk)
    form = GoalForm(posted(request))
    here = reverse("candidates:plan", args=[pk])
    form_helper(form, submit=_("Bewaar doel"), cancel_url=here, once=True)

    def do() -> Text:
        services.add_goal(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Het doel staat in het plan. Welke stap komt eerst?")

    context = {"candidate": candidate, "heading": _("Nieuw doel")}
    return save_once(
        request,
        form,
        do=do,
        url=here,
        template="candidates/goal_add.html",
        context=context,
        draft=_("Doel"),
        about=candidate,
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def goal_edit(request: Request, pk: int, goal: int) -> HttpResponse:
    """Other words for a goal."""
    candidate = editable_candidate(request, pk)
    found = goal_of(candidate, goal)
    form, clash = settle_row(request, found, lambda data, row: GoalForm(data, goal=row))
    if clash:
        return clash
    here = reverse("candidates:plan", args=[pk])
    form_helper(form, submit=_("Bewaar doel"), cancel_url=here, once=True)

    def do() -> Text:
        services.change_goal(goal=found, by=request.membership, **form.cleaned_data)
        return _("Het doel is veranderd.")

    context = {"candidate": candidate, "heading": _("Verander doel")}
    return save_once(
        request,
        form,
        do=do,
        url=here,
        template="candidates/goal_add.html",
        context=context,
        draft=_("Doel"),
        about=candidate,
    )


@allow(*STAFF_ROLES)
@require_POST
def goal_end(request: Request, pk: int, goal: int) -> HttpResponse:
    """A goal is reached, let go, or taken up again."""
    candidate = editable_candidate(request, pk)
    found = goal_of(candidate, goal)
    end_goal_and_tell(request, found)
    return redirect("candidates:plan", pk=pk)


def end_goal_and_tell(request: Request, goal: Goal) -> None:
    """End or take up a goal as the button says."""
    state = request.POST.get("state", "")
    if state not in ENDS:
        raise NotAllowedNow(_("Kies een knop bij het doel."))
    services.end_goal(goal=goal, state=state, by=request.membership)
    said = {
        GoalState.REACHED: _("Bereikt: %(goal)s. Mooi."),
        GoalState.DROPPED: _("Losgelaten: %(goal)s. Ook dat is een keuze."),
        GoalState.OPEN: _("Weer opgepakt: %(goal)s."),
    }
    tell(request, said[GoalState(state)] % {"goal": goal.title})


@allow(*STAFF_ROLES)
@require_POST
def goal_move(request: Request, pk: int, goal: int) -> HttpResponse:
    """One place up or down."""
    candidate = editable_candidate(request, pk)
    found = goal_of(candidate, goal)
    services.move_goal(goal=found, up=request.POST.get("naar") == "boven", by=request.membership)
    return redirect(reverse("candidates:plan", args=[pk]) + f"#doel-{goal}")


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def step_add(request: Request, pk: int, goal: int) -> HttpResponse:
    """A new step for a goal."""
    candidate = editable_candidate(request, pk)
    found = goal_of(candidate, goal)
    form = StepForm(posted(request))
    here = reverse("candidates:plan", args=[pk])
    form_helper(form, submit=_("Bewaar stap"), cancel_url=here, once=True)

    def do() -> Text:
        services.add_step(goal=found, by=request.membership, **form.cleaned_data)
        return _("De stap staat in het plan.")

    context = {"candidate": candidate, "goal": found, "step": None, "heading": _("Nieuwe stap")}
    return save_once(
        request,
        form,
        do=do,
        url=f"{here}#doel-{goal}",
        template="candidates/step_add.html",
        context=context,
        draft=_("Stap"),
        about=candidate,
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def step_edit(request: Request, pk: int, step: int) -> HttpResponse:
    """Other words, another person or another day for a step."""
    candidate = editable_candidate(request, pk)
    found = step_of(candidate, step)
    form, clash = settle_row(request, found, lambda data, row: StepForm(data, step=row))
    if clash:
        return clash
    here = reverse("candidates:plan", args=[pk])
    form_helper(form, submit=_("Bewaar stap"), cancel_url=here, once=True)

    def do() -> Text:
        services.change_step(step=found, by=request.membership, **form.cleaned_data)
        return _("De stap is veranderd.")

    context = {"candidate": candidate, "goal": found.goal, "step": found, "heading": _("Verander stap")}
    url = f"{here}#doel-{found.goal_id}"
    return save_once(
        request,
        form,
        do=do,
        url=url,
        template="candidates/step_add.html",
        context=context,
        draft=_("Stap"),
        about=candidate,
    )


@allow(*STAFF_ROLES)
@require_POST
def step_remove(request: Request, pk: int, step: int) -> HttpResponse:
    """Take a step out that was a mistake."""
    candidate = editable_candidate(request, pk)
    services.remove_step(step=step_of(candidate, step), by=request.membership)
    tell(request, _("De stap is weg."))
    return redirect("candidates:plan", pk=pk)


@allow(*STAFF_ROLES)
@require_POST
def step_move(request: Request, pk: int, step: int) -> HttpResponse:
    """One place up or down within the goal."""
    candidate = editable_candidate(request, pk)
    found = step_of(candidate, step)
    services.move_step(step=found, up=request.POST.get("naar") == "boven", by=request.membership)
    return redirect(reverse("candidates:plan", args=[pk]) + f"#doel-{found.goal_id}")


@allow(*STAFF_ROLES)
@require_POST
def step_tick(request: Request, pk: int, step: int) -> HttpResponse:
    """A step is done."""
    candidate = editable_candidate(request, pk)
    found = services.tick_step(step=step_of(candidate, step), by=request.membership)
    tell(
        request,
        _("Gedaan: %(step)s") % {"step": found.what},
        undo_url=reverse("candidates:step_untick", args=[pk, step]),
    )
    return redirect(_back(request, pk))


@allow(*STAFF_ROLES)
@require_POST
def step_untick(request: Request, pk: int, step: int) -> HttpResponse:
    """It was not done after all."""
    candidate = editable_candidate(request, pk)
    found = services.untick_step(step=step_of(candidate, step), by=request.membership)
    tell(request, _("Staat weer open: %(step)s") % {"step": found.what})
    return redirect(_back(request, pk))


def _back(request: Request, pk: int) -> str:
    """To the file for who ticked there, else to the plan."""
    if request.POST.get("terug") == "dossier":
        return reverse("candidates:file", args=[pk]) + "#kop-plan"
    return reverse("candidates:plan", args=[pk])
