"""Job carving: a team's card of tasks, and the work that is made of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.vocabulary.words import words
from employers import services
from employers.enums import TaskStanding
from employers.forms.carving import ROLES, CarveForm, PictureForm, TaskForm, said, task_words
from employers.models import Position, TeamPicture, TeamTask
from employers.permissions import can_edit
from employers.services.carving import bundle, is_used, unknown_hours
from employers.views.shortcuts import visible_employer

TONES = {TaskStanding.DONE: "quiet", TaskStanding.LEFT: "accent", TaskStanding.TAKES_TIME: "wait"}
TICK = "taak"


def _picture(request: Request, pk: int) -> TeamPicture:
    rows = TeamPicture.objects.visible_to(request.membership).select_related("employer")
    return get_object_or_404(rows, pk=pk)


def _task(request: Request, pk: int) -> TeamTask:
    rows = TeamTask.objects.visible_to(request.membership).select_related("picture__employer", "position")
    return get_object_or_404(rows, pk=pk)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def team_list(request: Request, pk: int) -> HttpResponse:
    """The cards of an employer's teams."""
    employer = visible_employer(request, pk)
    kept = Q(tasks__dropped_at=None)
    cards = employer.team_pictures.annotate(
        tasks_count=Count("tasks", filter=kept, distinct=True),
        left_count=Count("tasks", filter=kept & ~Q(tasks__standing=TaskStanding.DONE), distinct=True),
        work_count=Count("tasks__position", filter=kept, distinct=True),
    )
    context = {"employer": employer, "cards": cards, "can_edit": can_edit(request.membership, employer)}
    return render(request, "employers/team_list.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def team_new(request: Request, pk: int) -> HttpResponse:
    """A card for a team."""
    employer = visible_employer(request, pk)
    home = reverse("employers:team_list", args=[pk])
    form = PictureForm(request.POST or None, cancel_url=home, submit=_("Ga verder met de taken"))
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            made = services.add_picture(employer=employer, values=form.cleaned_data, by=request.membership)
            return first.done(reverse("employers:team", args=[made.pk]))
    return render(request, "employers/team_new.html", {"form": form, "employer": employer})


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def team(request: Request, pk: int) -> HttpResponse:
    """What a team does in a week; what is ticked (?taak=) goes together into new work."""
    return _page(request, _picture(request, pk))


def _page(
    request: Request, picture: TeamPicture, add: TaskForm | None = None, carve: CarveForm | None = None
) -> HttpResponse:
    tasks = list(picture.tasks.kept().select_related("position"))
    ticked = {int(one) for one in _ticked(request)}
    picked = [one for one in tasks if one.pk in ticked and not is_used(one)]
    together = bundle(picked)
    known = words([one.term for one in tasks if one.term])
    gone = request.GET.get("weg", "")
    shown = add or TaskForm()
    if "erbij" in request.GET:
        shown.fields["task"].widget.attrs["autofocus"] = True
    context = {
        "picture": picture,
        "employer": picture.employer,
        "rows": [_row(one, known, ticked) for one in tasks],
        "add": shown,
        "carve": carve or CarveForm(),
        "picked": picked,
        "together": together,
        "silent": unknown_hours(together.silent),
        "can_edit": can_edit(request.membership, picture.employer),
        "task_words": task_words(),
        "roles": _roles(tasks),
        "gone": picture.tasks.filter(pk=int(gone), dropped_at__isnull=False).first()
        if _is_key(gone)
        else None,
    }
    return render(request, "employers/team.html", context)


def _row(task: TeamTask, known: dict[int, str], ticked: set[int]) -> dict[str, Any]:
    return {
        "task": task,
        "name": task.words or known.get(task.term or 0, ""),
        "hours": said((task.hours_low, task.hours_high)),
        "tone": TONES[TaskStanding(task.standing)],
        "standing": task.get_standing_display(),
        "used": is_used(task),
        "ticked": task.pk in ticked,
    }


def _roles(tasks: list[TeamTask]) -> list[str]:
    """Roles named on this card first, then the usual ones."""
    return list(dict.fromkeys([*(one.done_by for one in tasks if one.done_by), *map(str, ROLES)]))


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _ticked(request: Request) -> list[str]:
    given = request.POST if request.method == "POST" else request.GET
    return [one for one in given.getlist(TICK) if _is_key(one)]


def _card_url(request: Request, pk: int, **more: Any) -> str:
    """The card with what was ticked still ticked."""
    query = urlencode([*((TICK, one) for one in _ticked(request)), *more.items()])
    url = reverse("employers:team", args=[pk])
    return f"{url}?{query}" if query else url


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def team_edit(request: Request, pk: int) -> HttpResponse:
    """Another name, day or teller."""
    picture = _picture(request, pk)
    page = reverse("employers:team", args=[pk])
    form, clash = settle_row(
        request, picture, lambda data, row: PictureForm(data, instance=row, cancel_url=page)
    )
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        services.change_picture(picture=picture, values=form.cleaned_data, by=request.membership)
        tell(request, _("De takenkaart is bewaard."))
        return redirect(page)
    context = {"form": form, "picture": picture, "name": picture.name}
    return render(request, "employers/team_edit.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def team_remove(request: Request, pk: int) -> HttpResponse:
    """Throw a card away, after a look at what goes."""
    picture = _picture(request, pk)
    home = reverse("employers:team_list", args=[picture.employer_id])
    if request.method == "POST":
        services.remove_picture(picture=picture, by=request.membership)
        tell(request, _("De takenkaart is weg."))
        return redirect(home)
    context = {
        "picture": picture,
        "count": picture.tasks.kept().count(),
        "used": picture.tasks.filter(position__isnull=False).exists(),
    }
    return render(request, "employers/team_remove.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def team_task_new(request: Request, pk: int) -> HttpResponse:
    """One more task; the card comes back ready for the next."""
    picture = _picture(request, pk)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return _page(request, picture, add=form)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        services.add_task(picture=picture, values=form.values(), by=request.membership)
        return first.done(_card_url(request, pk, erbij=1))


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def team_task(request: Request, pk: int) -> HttpResponse:
    """Change a task on a card."""
    task = _task(request, pk)
    form = TaskForm(request.POST or None, task=task)
    if request.method == "POST" and form.is_valid():
        services.change_task(task=task, values=form.values(), by=request.membership)
        tell(request, _("De taak is bewaard."))
        return redirect("employers:team", pk=task.picture_id)
    context = {
        "form": form,
        "task": task,
        "picture": task.picture,
        "task_words": task_words(),
        "roles": [str(role) for role in ROLES],
    }
    return render(request, "employers/team_task.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def team_task_drop(request: Request, pk: int) -> HttpResponse:
    """Take a task off the card; it can be put back right there."""
    picture, key = _picture(request, pk), request.POST.get("weg", "")
    if not _is_key(key):
        return redirect("employers:team", pk=pk)
    task = get_object_or_404(picture.tasks.select_related("position"), pk=int(key))
    services.drop_task(task=task, by=request.membership)
    return redirect(_card_url(request, pk, weg=task.pk))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def team_task_restore(request: Request, pk: int) -> HttpResponse:
    """Put a task back on the card."""
    task = _task(request, pk)
    services.restore_task(task=task, by=request.membership)
    return redirect(_card_url(request, task.picture_id))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def team_carve(request: Request, pk: int) -> HttpResponse:
    """Make new work of the ticked tasks: a draft position with all that the card knows."""
    picture = _picture(request, pk)
    form = CarveForm(request.POST)
    if not form.is_valid():
        return _page(request, picture, carve=form)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            made = services.carve(
                picture=picture,
                tasks=[int(one) for one in _ticked(request)],
                **form.cleaned_data,
                by=request.membership,
            )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return _page(request, picture, carve=form)
        tell(
            request,
            _("Het concept staat klaar, met de taken, uren en dagdelen. Vul nu de verdringingstoets in."),
            undo_url=reverse("employers:team_uncarve", args=[made.pk]),
        )
        return first.done(reverse("employers:position", args=[made.pk]))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def team_uncarve(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away that was just made of a card."""
    position = get_object_or_404(Position.objects.visible_to(request.membership), pk=pk)
    picture = services.uncarve(position=position, by=request.membership)
    tell(request, _("Het concept is weg. De taken zijn weer vrij."))
    return redirect("employers:team", pk=picture.pk)
