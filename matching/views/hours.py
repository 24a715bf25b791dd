"""Hours that change, are put right, or are taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import ChangeKind
from matching.forms.placements import CorrectForm, HoursForm
from matching.links import file_of
from matching.models import HoursStep, Placement, PlacementChange
from matching.services.starts import take_back_start, undoable
from matching.views.matches import ACTORS
from matching.views.shortcuts import acting_placement, placement_form


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def hours_new(request: Request, pk: int) -> HttpResponse:
    """Other hours from a day on."""
    found = acting_placement(request, pk)
    url = reverse("matching:placement", args=[pk])
    form = HoursForm(request.POST or None, cancel_url=url, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                services.add_hours_step(placement=found, **form.cleaned_data, by=request.membership)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell_with_undo(request, pk, _("De nieuwe uren staan erin."))
                return first.done(url)
    return placement_form(request, found, form, _("Andere uren"))


def tell_with_undo(request: Request, placement_id: int, text: str) -> None:
    """Say what happened, and offer to take it back where that is possible."""
    change = undoable(acting_placement(request, placement_id))
    undo = reverse("matching:change_undo", args=[change.pk]) if change else ""
    tell(request, text, undo_url=undo, undo_label=_("Draai terug"))


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def hours_correct(request: Request, pk: int) -> HttpResponse:
    """Put right a step that was noted wrong, with the reason why."""
    rows = HoursStep.objects.visible_to(request.membership).select_related("placement")
    step = get_object_or_404(rows, pk=pk)
    found = acting_placement(request, step.placement_id)
    url = reverse("matching:placement", args=[found.pk])
    initial = {"hours": step.hours, "starts": step.during.lower, "reason": step.reason}
    form = CorrectForm(request.POST or None, step=step, cancel_url=url, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, step, dict(form.cleaned_data))
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell_with_undo(request, found.pk, _("De uren zijn verbeterd."))
            return redirect(url)
    return placement_form(request, found, form, _("Verbeter deze uren"))


def _correct(request: Request, step: HoursStep, said: dict[str, object]) -> None:
    if said.pop("remove", False):
        services.remove_step(step=step, note=str(said["note"]), by=request.membership)
    else:
        services.correct_step(step=step, **said, by=request.membership)  # type: ignore[arg-type]


@allow(*ACTORS)
@require_POST
def change_undo(request: Request, pk: int) -> HttpResponse:
    """Take back the newest act on a placement."""
    rows = PlacementChange.objects.visible_to(request.membership).select_related("placement")
    change = get_object_or_404(rows, pk=pk)
    found = acting_placement(request, change.placement_id)
    if change.kind == ChangeKind.STARTED:
        return _start_undo(request, found)
    services.take_back(change=change, by=request.membership)
    tell(request, _("Teruggedraaid. Alles staat weer zoals het was."))
    return redirect("matching:placement", change.placement_id)


def _start_undo(request: Request, found: Placement) -> HttpResponse:
    """The work never began: back to the proposal, or to the person."""
    match, person, before = found.match_id, found.candidate_id, found.previous_id
    take_back_start(placement=found, by=request.membership)
    if before:
        tell(request, _("Teruggedraaid. Het werk van hiervoor gaat gewoon door."))
        return redirect("matching:placement", before)
    tell(request, _("Teruggedraaid. Het werk is niet begonnen."))
    return redirect(reverse("matching:match", args=[match]) if match else file_of(person))
