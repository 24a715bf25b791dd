"""The candidate's own plan: read, tick, and add."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pieces import Text
from candidates import services
from candidates.enums import StepOwner
from candidates.forms.plan import GoalForm, MyStepForm
from candidates.models import Candidate, Step
from candidates.plan import plan_of
from candidates.views.plan import end_goal_and_tell, goal_of, plan_pdf_response, save_once
from candidates.views.shortcuts import own_file


@allow(Role.CANDIDATE)
@require_GET
def my_plan(request: Request) -> HttpResponse:
    """What I want, and the steps towards it."""
    candidate = own_file(request)
    plan = plan_of(candidate.goals.prefetch_related("steps"), own=True)
    return render(request, "candidates/my_plan.html", {"candidate": candidate, "plan": plan})


@allow(Role.CANDIDATE)
@require_GET
def my_plan_pdf(request: Request) -> HttpResponse:
    """My plan on paper."""
    return plan_pdf_response(own_file(request), own=True)


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_goal_add(request: Request) -> HttpResponse:
    """A goal of my own."""
    candidate = own_file(request)
    form = GoalForm(posted(request))
    here = reverse("candidates:my_plan")
    form_helper(form, submit=_("Bewaar doel"), cancel_url=here, once=True)

    def do() -> Text:
        services.add_goal(candidate=candidate, by=request.membership, **form.cleaned_data)
        return _("Je doel staat in je plan. Welke kleine stap kun je eerst zetten?")

    context = {"heading": _("Nieuw doel"), "goal": None}
    return save_once(
        request,
        form,
        do=do,
        url=here,
        template="candidates/my_plan_form.html",
        context=context,
        draft=_("Doel"),
        about=candidate,
    )


@allow(Role.CANDIDATE)
@require_POST
def my_goal_end(request: Request, goal: int) -> HttpResponse:
    """I reached it, or I let it go, or I take it up again."""
    end_goal_and_tell(request, goal_of(own_file(request), goal))
    return redirect("candidates:my_plan")


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_step_add(request: Request, goal: int) -> HttpResponse:
    """A step of my own."""
    found = goal_of(own_file(request), goal)
    form = MyStepForm(posted(request))
    here = reverse("candidates:my_plan")
    form_helper(form, submit=_("Bewaar stap"), cancel_url=here, once=True)

    def do() -> Text:
        services.add_step(goal=found, by=request.membership, **form.cleaned_data)
        return _("De stap staat in je plan.")

    context = {"heading": _("Nieuwe stap"), "goal": found}
    return save_once(
        request,
        form,
        do=do,
        url=here,
        template="candidates/my_plan_form.html",
        context=context,
        draft=_("Stap"),
        about=found.candidate,
    )


def _own_step(candidate: Candidate, pk: int) -> Step:
    """A step that the candidate takes; a coach's step is the coach's to tick."""
    mine = Step.objects.filter(candidate=candidate, owner=StepOwner.CANDIDATE)
    return get_object_or_404(mine.select_related("goal"), pk=pk)


@allow(Role.CANDIDATE)
@require_POST
def my_step_tick(request: Request, step: int) -> HttpResponse:
    """I did it."""
    found = services.tick_step(step=_own_step(own_file(request), step), by=request.membership)
    undo = reverse("candidates:my_step_untick", args=[step])
    tell(request, _("Gedaan: %(step)s. Goed bezig.") % {"step": found.what}, undo_url=undo)
    return redirect("candidates:my_plan")


@allow(Role.CANDIDATE)
@require_POST
def my_step_untick(request: Request, step: int) -> HttpResponse:
    """Not done after all."""
    found = services.untick_step(step=_own_step(own_file(request), step), by=request.membership)
    tell(request, _("Staat weer open: %(step)s") % {"step": found.what})
    return redirect("candidates:my_plan")
