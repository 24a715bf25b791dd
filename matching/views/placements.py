"""One placement: the staircase of hours, staying in touch, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from employers.enums import PositionStatus
from matching import services
from matching.enums import Destination
from matching.forms.placements import EndForm
from matching.links import file_of, work_for
from matching.models import CheckIn, HoursStep, Placement, PlacementChange
from matching.models.job_coaching import running_plan
from matching.permissions import can_act
from matching.services.conversions import paying
from matching.services.placements import SETTLED
from matching.services.starts import undoable
from matching.staircases import last_day, one_thread, with_steps
from matching.views.matches import ACTORS, STAFF
from matching.views.shortcuts import ROWS, acting_placement, placement_form

WARM: dict[str, Text] = {
    Destination.REGULAR_JOB: gettext_lazy("Op naar een gewone baan."),
    Destination.STUDY: gettext_lazy("Op naar een opleiding."),
    Destination.OWN_BUSINESS: gettext_lazy("Op naar een eigen onderneming."),
    Destination.VOLUNTEERING: gettext_lazy("Blijvend vrijwilliger: een vaste plek, op eigen kracht."),
}
"""A good end is said so; each of these is as good as the others."""


@allow(*STAFF)
@require_GET
def placement(request: Request, pk: int) -> HttpResponse:
    """How the work grows, how it goes, and what is agreed."""
    seen = Placement.objects.visible_to(request.membership)
    theirs = with_steps(seen.filter(candidate__in=seen.filter(pk=pk).values("candidate"))).select_related(
        *ROWS
    )
    path = list(theirs.annotate(running_plan=running_plan()))
    found = next((one for one in path if one.pk == pk), None)
    if found is None:
        raise Http404
    record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    thread = one_thread(found, path)
    checks = list(found.check_ins.select_related("by__user"))
    acts = can_act(request.membership, found)
    may = acts and found.ended_on is None
    today = timezone.localdate()
    context = {
        "placement": found,
        "thread": thread,
        "rows": step_rows(list(found.hours_steps.all()), today),
        "chart": thread.chart(f"uren-{found.pk}", legend=False),
        "check_ins": checks,
        "questions": found.employer_questions.select_related("step").order_by("-asked_at", "-pk"),
        "due": _due(checks, today) if may else None,
        "acts": acts,
        "may": may,
        "may_go_on": acts and thread.newest.pk == found.pk,
        "change": _last_act(found, path) if acts else None,
        "warm": WARM.get(found.destination, ""),
        "plan": getattr(found, "next_plan", None),
        "today": today,
        "near": today + timedelta(days=14),
        "ending_soon": found.ended_on is None
        and found.ends_on is not None
        and found.ends_on <= today + timedelta(weeks=6),
        "file_url": file_of(found.candidate_id),
    }
    return render(request, "matching/placement.html", context)


def _last_act(found: Placement, path: Sequence[Placement]) -> PlacementChange | None:
    """What was done last and can be taken back: here, or else the start of the work that this went on into."""
    here = undoable(found)
    after = next((one for one in path if one.previous_id == found.pk), None)
    if here or after is None:
        return here
    change = undoable(after)
    if change is not None:
        change.placement = after
    return change


def _due(checks: list[CheckIn], today: date) -> CheckIn | None:
    """The conversation that is about to be held."""
    return next((one for one in checks if one.is_open and one.due_on <= today + timedelta(days=3)), None)


def step_rows(steps: list[HoursStep], today: date) -> list[dict[str, Any]]:
    """Newest first, with the last day of each, which way it went, and whether it is still to come."""
    rows = []
    for number, step in enumerate(steps):
        before = steps[number - 1].hours if number else None
        way = (
            ""
            if before is None
            else "up"
            if step.hours > before
            else "down"
            if step.hours < before
            else "level"
        )
        rows.append(
            {
                "step": step,
                "first": step.during.lower,
                "last": last_day(step),
                "way": way,
                "planned": step.during.lower > today,
            }
        )
    return rows[::-1]


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_end(request: Request, pk: int) -> HttpResponse:
    """Round off the work."""
    found = acting_placement(request, pk)
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
    more: dict[str, Any] = {"subscription": paying(found), "ending": True}
    return placement_form(request, found, form, _("Rond de plaatsing af"), **more)


def _tell_ended(request: Request, found: Placement, destination: str) -> None:
    """Say what is best done next: look for work, or round off the file with somebody who found their way."""
    change = undoable(found)
    undo = reverse("matching:change_undo", args=[change.pk]) if change else ""
    text = str(WARM.get(destination, _("De plaatsing is afgerond.")))
    if found.position and found.position.status == PositionStatus.FILLED:
        text = _("De plaatsing is afgerond. Komt de plek vrij, dan gaat de werkplek weer open.")
    if destination in SETTLED:
        onwards, label = file_of(found.candidate_id), _("Kijk of het dossier dicht kan")
    else:
        onwards, label = work_for(found.candidate_id), _("Zoek ander werk")
    tell(request, text, undo_url=undo, undo_label=_("Draai terug"), next_url=onwards, next_label=label)
