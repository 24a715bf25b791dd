"""Coaching on the job at one placement: what was granted, what was used, and every line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.views.screens import PER_PAGE
from matching.coaching import duration, grant_of, grants
from matching.forms.job_coaching import CorrectForm, LogForm, PlanForm, SpanForm, last_month
from matching.models import CoachGoal, CoachHours, CoachPeriod, CoachPlan, Placement
from matching.permissions import can_act
from matching.services import job_coaching as services
from matching.views.matches import ACTORS

WITH = ("candidate", "employer", "position")


def placement_to_coach(request: Request, pk: int) -> Placement:
    """The placement, for who coaches there."""
    rows = Placement.objects.visible_to(request.membership).select_related(*WITH)
    found = get_object_or_404(rows, pk=pk)
    if not can_act(request.membership, found):
        raise PermissionDenied(_("Een coach of de bureauleider schrijft jobcoachuren op."))
    return found


def plan_to_coach(request: Request, pk: int) -> CoachPlan:
    """A plan with its placement."""
    rows = CoachPlan.objects.visible_to(request.membership)
    return get_object_or_404(
        rows.select_related("placement__position", "candidate", "employer", "coach__user"), pk=pk
    )


@allow(*ACTORS)
@require_GET
def coaching(request: Request, pk: int) -> HttpResponse:
    """Granted against used per goal, the lines, and the periods to sign; an earlier plan by its number."""
    found = placement_to_coach(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="coaching")
    of_all = CoachGoal.objects.filter(plan__placement=found).with_used().select_related("plan__coach__user")
    goals: list[Any] = list(of_all.order_by("-plan__starts_on", "-plan_id", "position", "pk"))
    plans = list({goal.plan_id: goal.plan for goal in goals}.values())
    plan = _chosen(request, plans)
    context: dict[str, Any] = {"placement": found, "plans": plans, "plan": plan}
    if plan:
        closed = CoachPeriod.objects.standing().filter(plan=plan, during__contains=OuterRef("worked_on"))
        lines = CoachHours.objects.filter(plan=plan).holding().annotate(closed=Exists(closed))
        mine = [goal for goal in goals if goal.plan_id == plan.pk]
        given = [grant_of(plan, goal) for goal in mine]
        pages = Paginator(lines.select_related("goal", "replaces").order_by("-worked_on", "-pk"), PER_PAGE)
        pages.count = sum(goal.held for goal in mine)
        since, until = last_month(timezone.localdate())
        context |= {
            "grants": given,
            "granted": sum(one.granted for one in given),
            "used": sum(one.used for one in given),
            "page": pages.get_page(request.GET.get("page")),
            "periods": CoachPeriod.objects.filter(plan=plan),
            "runs": plan.runs(),
            "span": SpanForm(initial={"van": max(since, plan.starts_on), "tot": until}),
        }
    return render(request, "matching/coaching.html", context)


def _chosen(request: Request, plans: list[CoachPlan]) -> CoachPlan | None:
    """The plan that the address names, or else the one that runs, or the newest."""
    named = next((one for one in plans if str(one.pk) == request.GET.get("plan")), None)
    return named or next((one for one in plans if one.runs()), None) or (plans[0] if plans else None)


def page_of_plan(plan: CoachPlan) -> str:
    """Where a plan is read."""
    return f"{reverse('matching:coaching', args=[plan.placement_id])}?plan={plan.pk}"


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_plan_new(request: Request, pk: int) -> HttpResponse:
    """A grant that came in."""
    found = placement_to_coach(request, pk)
    back = reverse("matching:coaching", args=[pk])
    start = {"provider": found.bureau.name, "starts_on": timezone.localdate(), "coach": _me(request)}
    form = PlanForm(posted(request), bureau_id=found.bureau_id, cancel_url=back, initial=start)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            plan = services.make_plan(
                placement=found, goals=form.given(), by=request.membership, **form.values()
            )
            tell(request, _("Het plan staat erin. Je kunt nu uren opschrijven."))
            return first.done(page_of_plan(plan))
    return _form_page(request, found, form, _("Nieuw jobcoachplan"), back, wide=True)


def _me(request: Request) -> int | None:
    return request.membership.pk if request.membership.role == "coach" else None


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_plan_edit(request: Request, pk: int) -> HttpResponse:
    """Other words, hours or days."""
    plan = plan_to_coach(request, pk)
    back = page_of_plan(plan)

    def now(data: Any, row: CoachPlan | None = None) -> PlanForm:
        row = row or services.lock_plan(plan)
        return PlanForm(data, plan=row, bureau_id=plan.bureau_id, cancel_url=back)

    form, clash = settle(request, now(posted(request), plan), now)
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        try:
            services.change_plan(plan=plan, goals=form.given(), by=request.membership, **form.values())
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Het plan is aangepast."))
            return redirect(back)
    return _form_page(request, plan.placement, form, _("Pas jobcoachplan aan"), back, wide=True)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_hours_new(request: Request, pk: int) -> HttpResponse:
    """A line, quickly."""
    plan = plan_to_coach(request, pk)
    back = page_of_plan(plan)
    form = LogForm(posted(request), grants=grants(plan), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                line = services.log_hours(plan=plan, by=request.membership, **_said(plan, form))
            except NotAllowedNow as reason:
                form.add_error("worked_on", str(reason))
            else:
                undo = reverse("matching:coach_hours_undo", args=[line.pk])
                tell(request, _after(plan, line), undo_url=undo)
                return first.done(back)
    return _form_page(request, plan.placement, form, _("Jobcoachuren"), back)


def _said(plan: CoachPlan, form: LogForm) -> dict[str, Any]:
    values = form.values()
    return {**values, "goal": get_object_or_404(CoachGoal, plan=plan, pk=values["goal"])}


def _after(plan: CoachPlan, line: CoachHours) -> Text:
    """What there is left of the goal, or how much more than granted it is."""
    goal = next(one for one in grants(plan) if one.pk == line.goal_id)
    said = {"goal": goal.words, "time": duration(abs(goal.left))}
    if goal.over:
        return _("Bewaard. Voor “%(goal)s” is dit %(time)s meer dan toegekend.") % said
    return _("Bewaard. Voor “%(goal)s” is er nog %(time)s.") % said


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_hours_correct(request: Request, pk: int) -> HttpResponse:
    """The line as it should have been, with the reason; the old one stays to be read."""
    line = _line(request, pk)
    back = page_of_plan(line.plan)
    form = CorrectForm(posted(request), grants=grants(line.plan), cancel_url=back, line=line)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if form.cleaned_data["remove"]:
                services.remove_hours(line=line, reason=reason, by=request.membership)
            else:
                services.correct_hours(
                    line=line, reason=reason, by=request.membership, **_said(line.plan, form)
                )
        except NotAllowedNow as refused:
            form.add_error(None, str(refused))
        else:
            removed = form.cleaned_data["remove"]
            tell(request, _("De regel telt niet meer mee.") if removed else _("De regel is verbeterd."))
            return redirect(back)
    return _form_page(request, line.plan.placement, form, _("Verbeter deze regel"), back)


def _line(request: Request, pk: int) -> CoachHours:
    rows = CoachHours.objects.visible_to(request.membership).holding()
    return get_object_or_404(
        rows.select_related("goal", "plan__placement__candidate", "plan__placement__employer"), pk=pk
    )


@allow(*ACTORS)
@require_POST
def coach_hours_undo(request: Request, pk: int) -> HttpResponse:
    """Take a line back as if it had not been noted, within a day."""
    line = _line(request, pk)
    services.take_back_hours(line=line, by=request.membership)
    tell(request, _("De regel is weg."))
    return redirect(page_of_plan(line.plan))


def _form_page(
    request: Request, found: Placement, form: Any, title: str, back: str, *, wide: bool = False
) -> HttpResponse:
    keep(request, form, title=title, candidate_id=found.candidate_id)
    context = {"placement": found, "form": form, "title": title, "back": back, "wide": wide}
    return render(request, "matching/coaching_form.html", context)
