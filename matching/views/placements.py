"""One placement: the staircase of hours, staying in touch, and how it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.charts import Staircase, staircase
from buurtbaan.ui.feedback import tell
from employers.enums import PositionStatus
from matching import services
from matching.enums import Destination
from matching.forms.placements import EndForm, HoursForm
from matching.links import file_of, work_for
from matching.models import HoursStep, Placement
from matching.permissions import can_act
from matching.services.placements import SETTLED
from matching.views.matches import ACTORS, STAFF

ROWS = ("candidate__coach__user", "employer", "position", "match")


def _seen(request: Request, pk: int) -> Placement:
    return get_object_or_404(Placement.objects.visible_to(request.membership).select_related(*ROWS), pk=pk)


def _acting(request: Request, pk: int) -> Placement:
    found = _seen(request, pk)
    if not can_act(request.membership, found):
        raise PermissionDenied(
            _("Een coach of de bureauleider verandert de plaatsing. Vraag het aan de coach.")
        )
    return found


@allow(*STAFF)
@require_GET
def placement(request: Request, pk: int) -> HttpResponse:
    """How the work grows, how it goes, and what is agreed."""
    found = _seen(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    steps = list(found.hours_steps.select_related("by__user"))
    may = can_act(request.membership, found) and found.ended_on is None
    today = timezone.localdate()
    context = {
        "placement": found,
        "steps": step_rows(steps),
        "chart": hours_chart(found, steps),
        "check_ins": found.check_ins.select_related("by__user"),
        "questions": found.employer_questions.select_related("step").order_by("-asked_at", "-pk"),
        "due": found.check_ins.filter(
            done_on=None, skipped_on=None, due_on__lte=today + timedelta(days=3)
        ).first()
        if may
        else None,
        "may": may,
        "today": today,
        "near": today + timedelta(days=14),
        "ending_soon": found.ended_on is None
        and found.ends_on is not None
        and found.ends_on <= today + timedelta(weeks=6),
        "file_url": file_of(found.candidate_id),
    }
    return render(request, "matching/placement.html", context)


def hours_chart(found: Placement, steps: list[HoursStep]) -> Staircase | None:
    """The staircase up to today, or up to the last day."""
    if not steps:
        return None
    until = max(found.ended_on or timezone.localdate(), steps[-1].during.lower + timedelta(days=7))
    return staircase(
        [
            (s.during.lower, s.during.upper - timedelta(days=1) if s.during.upper else None, s.hours)
            for s in steps
        ],
        chart_id=f"uren-{found.pk}",
        title=_("Uren per week"),
        until=until,
    )


def step_rows(steps: list[HoursStep]) -> list[dict[str, Any]]:
    """Newest first, with the last day of each and whether it can be taken back."""
    rows = [
        {
            "step": step,
            "first": step.during.lower,
            "last": step.during.upper - timedelta(days=1) if step.during.upper else None,
            "first_ever": number == 0,
        }
        for number, step in enumerate(steps)
    ]
    return rows[::-1]


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def hours_new(request: Request, pk: int) -> HttpResponse:
    """Other hours from a day on."""
    found = _acting(request, pk)
    url = reverse("matching:placement", args=[pk])
    form = HoursForm(request.POST or None, cancel_url=url, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                step = services.add_hours_step(placement=found, **form.cleaned_data, by=request.membership)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                undo = reverse("matching:hours_undo", args=[step.pk])
                tell(request, _("De nieuwe uren staan erin."), undo_url=undo)
                return first.done(url)
    return _form_page(request, found, form, _("Andere uren"))


@allow(*ACTORS)
@require_POST
def hours_undo(request: Request, pk: int) -> HttpResponse:
    """Take a step back as if it had not been noted."""
    step = get_object_or_404(
        HoursStep.objects.visible_to(request.membership).select_related("placement"), pk=pk
    )
    services.take_back_step(step=step, by=request.membership)
    tell(request, _("De uren zijn weer zoals ze waren."))
    return redirect("matching:placement", step.placement_id)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_end(request: Request, pk: int) -> HttpResponse:
    """Round off the work."""
    found = _acting(request, pk)
    url = reverse("matching:placement", args=[pk])
    form = EndForm(
        request.POST or None, placement=found, cancel_url=url,
        initial={"last_day": found.ends_on or timezone.localdate(), "destination": Destination.SEARCHING},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.end_placement(placement=found, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            _tell_ended(request, found, form.cleaned_data["destination"])
            return redirect(url)
    return _form_page(request, found, form, _("Rond de plaatsing af"))


def _tell_ended(request: Request, found: Placement, destination: str) -> None:
    """Say what is best done next: look for work, or round off the file with somebody who found their way."""
    text = _("De plaatsing is afgerond.")
    if found.position and found.position.status == PositionStatus.FILLED:
        text = _("De plaatsing is afgerond. Komt de plek vrij, dan gaat de werkplek weer open.")
    if destination in SETTLED:
        tell(
            request, text, next_url=file_of(found.candidate_id), next_label=_("Kijk of het dossier dicht kan")
        )
    else:
        tell(request, text, next_url=work_for(found.candidate_id), next_label=_("Zoek ander werk"))


def _form_page(request: Request, found: Placement, form: Any, title: str) -> HttpResponse:
    keep(request, form, title=title, candidate_id=found.candidate_id)
    return render(request, "matching/placement_form.html", {"placement": found, "form": form, "title": title})
