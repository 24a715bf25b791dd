"""Matches as a board and as a list, meetings as an agenda, and placements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from matching.day import ends_in_sight, held
from matching.enums import OPEN_STATES, MatchState
from matching.forms.filters import ALL, OWN, MatchFilter, PlacementFilter
from matching.models import HoursStep, Introduction, Match, Placement
from matching.permissions import can_propose

PER_PAGE = 50
COLUMNS = {
    MatchState.PROPOSED: gettext_lazy("Voorgesteld"),
    MatchState.CANDIDATE_AGREED: gettext_lazy("Kandidaat zegt ja"),
    MatchState.INTRODUCED: gettext_lazy("Bij werkgever"),
    MatchState.MEETING_PLANNED: gettext_lazy("Gepland"),
    MatchState.MET: gettext_lazy("Kennisgemaakt"),
}
PER_COLUMN = 12


def choose_own(request: Request) -> bool:
    """Own people or the whole bureau: connectors always the own, managers the bureau unless they say otherwise."""
    if request.membership.role == Role.CONNECTOR:
        return True
    asked = request.GET.get("van", "")
    return asked == OWN or (asked != ALL and request.membership.role == Role.COACH)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def match_list(request: Request) -> HttpResponse:
    """All proposals: a board of what runs, or a list of everything."""
    board = request.GET.get("weergave") != "lijst"
    own = choose_own(request)
    form = MatchFilter(
        _with_choice(request, own), board=board, may_choose=request.membership.role != Role.CONNECTOR
    )
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    matches = held(Match.objects.visible_to(request.membership), request.membership, own)
    matches = _search(matches, wanted.get("q", ""), "position__title")
    context: dict[str, Any] = {"filter": form, "board": board, "listed": not board, "own": own}
    if board:
        columns = _columns(matches)
        context |= {"columns": columns, "empty": not any(column["total"] for column in columns)}
    else:
        context |= {"page": _page(request, _in_state(matches, wanted.get("stand", "")))}
    return render(request, "matching/match_list.html", context)


def _with_choice(request: Request, own: bool) -> Any:
    """The address's choices, with the one that was made for the reader filled in."""
    values = request.GET.copy()
    values["van"] = OWN if own else ALL
    return values


def _search(rows: QuerySet[Any], text: str, *more: str) -> QuerySet[Any]:
    """Rows in which each word of `text` occurs in a name."""
    for word in text.split()[:5]:
        found = Q(candidate__search_name__icontains=word) | Q(employer__name__icontains=word)
        for name in more:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def _in_state(matches: QuerySet[Match], state: str) -> QuerySet[Match]:
    if state == "open":
        return matches.filter(state__in=OPEN_STATES)
    return matches.filter(state=state) if state in MatchState.values else matches


def _page(request: Request, rows: QuerySet[Match]) -> Any:
    rows = rows.select_related("candidate__coach__user", "position", "employer").defer("frozen")
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _columns(matches: QuerySet[Match]) -> list[dict[str, Any]]:
    """The first of each state, with how many there are, in one query."""
    rows = (
        matches.filter(state__in=OPEN_STATES)
        .annotate(
            total=Window(Count("pk"), partition_by=[F("state")]),
            number=Window(RowNumber(), partition_by=[F("state")], order_by=[F("updated_at").asc(), "pk"]),
        )
        .filter(number__lte=PER_COLUMN)
        .select_related("candidate__coach__user", "position", "employer", "introduction")
        .defer("frozen")
        .order_by("number")
    )
    found = list(rows)
    return [_column(state, [match for match in found if match.state == state]) for state in OPEN_STATES]


def _column(state: MatchState, matches: list[Any]) -> dict[str, Any]:
    total = matches[0].total if matches else 0
    cards = [(match, _note(match)) for match in matches]
    return {
        "state": state,
        "label": COLUMNS[state],
        "cards": cards,
        "total": total,
        "hidden": total - len(cards),
    }


@dataclass(frozen=True)
class Note:
    """What a card on the board says about the next step; `late` is the bureau's own turn or too long a wait."""

    text: str
    icon: str
    late: bool = False


def _note(match: Any) -> Note:
    meeting: Any = getattr(match, "introduction", None)
    match match.state:
        case MatchState.PROPOSED if match.answer_by:
            day = date_format(match.answer_by, "j b")
            return Note(
                _("antwoord voor %(day)s") % {"day": day}, "hourglass", match.answer_by < timezone.localdate()
            )
        case MatchState.CANDIDATE_AGREED:
            return Note(_("stel voor aan werkgever"), "send", late=True)
        case MatchState.INTRODUCED if meeting and meeting.employer_answer == "yes":
            return Note(_("plan de kennismaking"), "calendar", late=True)
        case MatchState.INTRODUCED if meeting:
            return Note(_("sinds %(day)s") % {"day": date_format(meeting.introduced_at, "j b")}, "hourglass")
        case MatchState.MEETING_PLANNED if meeting and meeting.starts_at:
            starts = timezone.localtime(meeting.starts_at)
            if starts < timezone.now():
                return Note(_("schrijf op hoe het was"), "edit", late=True)
            return Note(date_format(starts, "D j b, H:i"), "calendar")
        case MatchState.MET:
            return Note(_("begin, of praat verder"), "steps", late=True)
    return Note("", "dash")


@allow(Role.COACH, Role.MANAGER, Role.CONNECTOR)
@require_GET
def introductions(request: Request) -> HttpResponse:
    """The agenda: what was and still has to be written up, and what comes, day by day."""
    own = choose_own(request)
    rows = held(Introduction.objects.visible_to(request.membership), request.membership, own)
    rows = rows.filter(starts_at__isnull=False, match__state=MatchState.MEETING_PLANNED)
    now = timezone.now()
    found = (
        rows.select_related("match", "candidate", "employer")
        .defer("match__frozen")
        .order_by("starts_at", "pk")
    )
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time()))
    context = {
        "past": list(found.filter(starts_at__lt=now)[:PER_PAGE]),
        "coming": list(found.filter(starts_at__gte=max(now, midnight))[: PER_PAGE * 2]),
        "own": own,
        "whole": not own,
        "may_act": can_propose(request.membership),
        "may_choose": request.membership.role != Role.CONNECTOR,
        "today": timezone.localdate(),
        "tomorrow": timezone.localdate() + timedelta(days=1),
    }
    return render(request, "matching/introductions.html", context)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def placement_list(request: Request) -> HttpResponse:
    """Who works where, since when and for how many hours."""
    own = choose_own(request)
    form = PlacementFilter(_with_choice(request, own), may_choose=request.membership.role != Role.CONNECTOR)
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    rows = held(Placement.objects.visible_to(request.membership), request.membership, own)
    rows = _running_or_not(_search(rows, wanted.get("q", "")), wanted.get("stand", ""))
    rows = with_hours(rows).select_related("candidate__coach__user", "employer", "position")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "matching/placement_list.html", {"filter": form, "page": page, "own": own, "soon": _soon()}
    )


def _running_or_not(rows: QuerySet[Placement], state: str) -> QuerySet[Placement]:
    today = timezone.localdate()
    match state:
        case "einde":
            return ends_in_sight(rows, today).order_by("ends_on", "pk")
        case "geeindigd":
            return rows.filter(ended_on__lt=today)
        case "alles":
            return rows
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=today))


def _soon() -> Any:
    return timezone.localdate() + timedelta(weeks=6)


def with_hours(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """With the hours a week that hold today, and those of the very first step."""
    steps = HoursStep.objects.filter(placement=OuterRef("pk"))
    return placements.annotate(
        hours_now=Subquery(
            steps.filter(during__contains=timezone.localdate()).values("hours")[:1],
            output_field=DecimalField(),
        ),
        hours_first=Subquery(steps.order_by("during").values("hours")[:1], output_field=DecimalField()),
    )
