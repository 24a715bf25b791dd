"""Positions: the list, the page of one, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from employers import lists, services
from employers.enums import MOVE_REASONS, POSITION_MOVES, PositionStatus, WorkForm
from employers.forms.filters import PositionFilter
from employers.forms.positions import MOVE_WORDS, MoveForm, PositionForm
from employers.models import DisplacementCheck, Position, PositionTemplate
from employers.permissions import WRITERS, can_decide, can_edit
from employers.reading import about
from employers.services.positions import covers, locked, taken
from employers.services.templates import values_of
from employers.story import carved, history
from employers.views.shortcuts import visible_employer

MOST_TEMPLATES = 12
"""As many as fit beside a new position; all of them stand on their own page."""


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def position_list(request: Request) -> HttpResponse:
    """All work there is, by what somebody looks for."""
    filters = PositionFilter(request.GET, membership=request.membership)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = lists.positions(request.membership, wanted, request.GET.get("sort", ""))
    page = lists.page_of(found, request.GET.get("page"), lists.position_rows())
    forms, states = lists.labels(WorkForm), lists.labels(PositionStatus)
    rows = [
        {
            "position": position,
            "form": forms[position.form],
            "status": states[position.status],
        }
        for position in page
    ]
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "can_add": request.membership.role in WRITERS,
        "filtered": any(wanted.values()),
        "can_export": request.membership.may_export,
        "query": request.GET.urlencode(),
    }
    return render(request, "employers/position_list.html", context)


@dataclass(frozen=True)
class Act:
    """The one thing that is best done now with a position; `move` posts, otherwise `url` is a link."""

    label: Text
    icon: str
    url: str
    move: str = ""


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def position(request: Request, pk: int) -> HttpResponse:
    """Everything that the matching needs, and what is still open."""
    found = _visible(request, pk)
    mine, story = request.membership, history(found)
    check, people = story.latest, found.placements.visible_to(mine).running().select_related("candidate")
    now_here = taken(found)
    editing = can_edit(mine, found.employer)
    act = _main_act(found, check, mine, free=found.places > now_here)
    context = {
        "position": found,
        "about": about(found),
        "check": check,
        "covered": covers(check, found),
        "earlier_checks": story.checks[1:],
        "steps": story.steps,
        "carved": carved(found) if editing else None,
        "can_edit": editing,
        "can_decide": check is not None and not check.decision and can_decide(mine, check),
        "act": act,
        "moves": _moves(found, check, act) if editing else [],
        "people": people,
        "taken": now_here,
        "free": max(found.places - now_here, 0),
        "suggestions_url": suggestions_url(found),
    }
    return render(request, "employers/position.html", context)


def suggestions_url(position: Position) -> str:
    """Where the candidates for an open position are; empty where this installation has no such page."""
    if not position.is_open:
        return ""
    try:
        return reverse("matching:position_suggestions", args=[position.pk])
    except NoReverseMatch:
        return ""


def _main_act(
    position: Position, check: DisplacementCheck | None, membership: Membership, *, free: bool
) -> Act | None:
    if position.is_open:
        url = suggestions_url(position)
        return Act(_("Zoek kandidaten"), "search", url) if url and membership.role != Role.CONNECTOR else None
    if not can_edit(membership, position.employer):
        return None
    move = reverse("employers:position_move", args=[position.pk])
    if position.status == PositionStatus.CLOSED:
        return Act(MOVE_WORDS[PositionStatus.DRAFT][0], "undo", move, PositionStatus.DRAFT)
    if position.status == PositionStatus.FILLED and not free:
        return None
    if covers(check, position) and position.status != PositionStatus.DRAFT:
        return Act(MOVE_WORDS[PositionStatus.PUBLISHED][0], "check", move, PositionStatus.PUBLISHED)
    if check is None or check.decision:
        return Act(_("Vul de toets in"), "shield", reverse("employers:check_fill", args=[position.pk]))
    if can_decide(membership, check):
        return Act(_("Neem een besluit"), "shield", reverse("employers:check_decide", args=[check.pk]))
    return None


def _moves(position: Position, check: DisplacementCheck | None, act: Act | None) -> list[dict[str, Any]]:
    """The other ways from here, without the main one and without what the check brings about."""
    allowed = POSITION_MOVES[position.status] - {PositionStatus.CHECKED}
    if not covers(check, position):
        allowed = allowed - {PositionStatus.PUBLISHED}
    if position.status == PositionStatus.CLOSED:
        allowed = set()
    return [
        {"to": code, "label": words[0], "asks": code in MOVE_REASONS}
        for code, words in MOVE_WORDS.items()
        if code in allowed and (act is None or code != act.move)
    ]


def _visible(request: Request, pk: int) -> Position:
    rows = Position.objects.visible_to(request.membership).select_related(
        "employer__bureau__municipality", "location__area", "bureau__municipality"
    )
    return get_object_or_404(rows, pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def position_new(request: Request) -> HttpResponse:
    """New work: first at whom (?werkgever=), then what."""
    chosen = request.GET.get("werkgever", "")
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 18):
        return _choose_employer(request)
    employer = visible_employer(request, int(chosen))
    home = reverse("employers:employer", args=[employer.pk])
    template = _template(request)
    only = list(employer.locations.all()[:2])
    initial = {"location": only[0] if len(only) == 1 else None, "conditions_offered": employer.environment}
    initial |= values_of(template) if template else {}
    form = PositionForm(request.POST or None, employer=employer, cancel_url=home, initial=initial)
    title = _("Nieuwe werkplek bij %(name)s") % {"name": employer.name}
    key = f"employers:position_new:{employer.pk}:{template.pk if template else ''}".rstrip(":")
    keep(request, form, title=title, key=key, new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            made = services.add_position(employer=employer, values=form.cleaned_data, by=request.membership)
            tell(request, _("De werkplek is bewaard als concept. Vul nu de verdringingstoets in."))
            return first.done(reverse("employers:position", args=[made.pk]))
    templates = PositionTemplate.objects.visible_to(request.membership).kept()[:MOST_TEMPLATES]
    context = {"form": form, "employer": employer, "template": template, "templates": templates}
    return render(request, "employers/position_new.html", context)


def _template(request: Request) -> PositionTemplate | None:
    """The template that ?sjabloon= names; 404 for one that is not there."""
    chosen = request.GET.get("sjabloon", "")
    if not chosen:
        return None
    rows = PositionTemplate.objects.visible_to(request.membership).kept()
    return get_object_or_404(rows, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0)


def _choose_employer(request: Request) -> HttpResponse:
    """Which employer the new position is at."""
    text = request.GET.get("q", "")[:80]
    found = lists.employers(request.membership, {"q": text}, "name")
    page = lists.page_of(found, request.GET.get("page"))
    context = {"page": page, "q": text, "template": _template(request)}
    return render(request, "employers/position_new_employer.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def position_edit(request: Request, pk: int) -> HttpResponse:
    """Change a position."""
    found = _visible(request, pk)
    title, page = found.title, reverse("employers:position", args=[pk])

    def now(data: QueryDict | None, row: Position | None = None) -> PositionForm:
        return PositionForm(data, instance=row or locked(found), employer=found.employer, cancel_url=page)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=title)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_position(position=found, values=form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De werkplek is bewaard."))
            return redirect(page)
    return render(request, "employers/position_edit.html", {"form": form, "position": found, "title": title})


@allow(Role.COACH, Role.MANAGER)
@require_POST
def position_copy(request: Request, pk: int) -> HttpResponse:
    """The same work once more, as a draft."""
    found = _visible(request, pk)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        copy = services.copy_position(position=found, by=request.membership)
        tell(request, _("Dit is de kopie. Pas aan wat anders is."))
        return first.done(reverse("employers:position_edit", args=[copy.pk]))


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def position_move(request: Request, pk: int) -> HttpResponse:
    """Another state; GET asks for the reason of the ones that need it (?naar=)."""
    found = _visible(request, pk)
    page = reverse("employers:position", args=[pk])
    to = request.POST.get("to", "") or request.GET.get("naar", "")
    if to not in MOVE_WORDS:
        return redirect(page)
    form = MoveForm(request.POST or None, to=to, cancel_url=page)
    if request.method == "POST" and form.is_valid():
        services.move_position(position=found, to=to, **form.why(), by=request.membership)
        onwards = suggestions_url(Position(pk=pk, status=to))
        undo = "" if to == PositionStatus.DRAFT else reverse("employers:position_undo", args=[pk])
        label = _("Zoek kandidaten")
        tell(request, MOVE_WORDS[to][1], undo_url=undo, next_url=onwards, next_label=label)
        return redirect(page)
    context = {
        "form": form,
        "position": found,
        "to": to,
        "words": MOVE_WORDS[to],
        "matches": found.matches.open().count(),
        "people": taken(found),
    }
    return render(request, "employers/position_move.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def position_undo(request: Request, pk: int) -> HttpResponse:
    """Take back one's own last step of a moment ago."""
    found = services.undo_move(position=_visible(request, pk), by=request.membership)
    word = found.get_status_display().lower()
    tell(request, _("Teruggedraaid. De werkplek is weer: %(status)s.") % {"status": word})
    return redirect("employers:position", pk=pk)
