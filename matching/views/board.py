"""Matches as a board of what runs, and as a list of everything to sort and search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Window
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
from buurtbaan.ui.pieces import Text
from matching.day import held
from matching.enums import MATCH_MOVES, OPEN_STATES, MatchState
from matching.forms.filters import MatchFilter, number
from matching.models import Introduction, Match
from matching.permissions import can_propose
from matching.views.lists import PER_PAGE, choose_own, search_rows, with_choice
from matching.views.matches import Act, main_act

COLUMNS = {
    MatchState.PROPOSED: gettext_lazy("Voorgesteld"),
    MatchState.CANDIDATE_AGREED: gettext_lazy("Zegt ja"),
    MatchState.INTRODUCED: gettext_lazy("Bij werkgever"),
    MatchState.MEETING_PLANNED: gettext_lazy("Gepland"),
    MatchState.MET: gettext_lazy("Kennisgemaakt"),
    MatchState.PLACED: gettext_lazy("Aan het werk"),
}
PER_COLUMN = 8
MORE_IN_COLUMN = 24
PLACED_FOR = timedelta(days=30)
"""How long somebody who began stays on the board."""
SORTS = {
    "naam": ("candidate__search_name",),
    "werkplek": ("position__title",),
    "werkgever": ("employer__name",),
    "stand": ("state", "since"),
    "sinds": ("since",),
    "voorgesteld": ("proposed_at",),
}


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def match_list(request: Request) -> HttpResponse:
    """All proposals: a board of what runs, or a list of everything."""
    board = request.GET.get("weergave") != "lijst"
    form, matches, own = chosen_matches(request, board=board)
    context: dict[str, Any] = {"filter": form, "board": board, "listed": not board, "own": own}
    if board:
        columns = _columns(matches, request.GET.get("meer", ""))
        context |= {"columns": columns, "empty": not any(column["total"] for column in columns)}
        context |= {"may_act": can_propose(request.membership), "moves": _moves()}
    else:
        context |= {"page": Paginator(in_order(request, matches), PER_PAGE).get_page(request.GET.get("page"))}
        context |= {"may_export": request.membership.may_export, "query": request.GET.urlencode()}
    return render(request, "matching/match_list.html", context)


def chosen_matches(request: Request, *, board: bool) -> tuple[MatchFilter, QuerySet[Match], bool]:
    """The filter, the proposals it leaves, and whether they are the own people's alone."""
    own = choose_own(request)
    everything = held(Match.objects.visible_to(request.membership), request.membership, own)
    shown = on_the_board(everything) if board else everything
    form = MatchFilter(
        with_choice(request, own), matches=shown, board=board, own=own,
        may_choose=request.membership.role != Role.CONNECTOR,
    )  # fmt: skip
    form.is_valid()
    return form, chosen(shown, getattr(form, "cleaned_data", {})), own


def on_the_board(matches: QuerySet[Match]) -> QuerySet[Match]:
    """What goes on, and who began not long ago."""
    return matches.filter(
        Q(state__in=OPEN_STATES) | Q(state=MatchState.PLACED, since__gte=timezone.now() - PLACED_FOR)
    )


def chosen(matches: QuerySet[Match], wanted: dict[str, str]) -> QuerySet[Match]:
    """The rows that the filters ask for."""
    rows = search_rows(matches, wanted.get("q", ""), "position__title")
    for name, key in (("coach", "candidate__coach"), ("werkgever", "employer"), ("werkplek", "position")):
        if pk := number(wanted.get(name, "")):
            rows = rows.filter(**{key: pk})
    if days := number(wanted.get("wacht", "")):
        rows = rows.filter(state__in=OPEN_STATES, since__lte=timezone.now() - timedelta(days=days))
    state = wanted.get("stand", "")
    if state == "open":
        return rows.filter(state__in=OPEN_STATES)
    return rows.filter(state=state) if state in MatchState.values else rows


def _moves() -> str:
    """Which columns take a card from which, for the page's script."""
    return " ".join(
        f"{was}>{to}" for was, ways in MATCH_MOVES.items() for to in sorted(ways) if to in COLUMNS
    )


def in_order(request: Request, rows: QuerySet[Match]) -> QuerySet[Match]:
    """The rows in the order that the reader chose, with what a line of the list names."""
    rows = rows.select_related("candidate__coach__user", "position", "employer").defer("frozen")
    wanted = request.GET.get("sort", "")
    names = SORTS.get(wanted.removeprefix("-"), ("-since",))
    if wanted.startswith("-"):
        names = tuple(f"-{name}" for name in names if not name.startswith("-"))
    return rows.order_by(*(names or ("-since",)), "-pk")


def _columns(matches: QuerySet[Match], more: str) -> list[dict[str, Any]]:
    """The first of each state, with how many there are, in one query; `more` names the column that shows more."""
    rows = (
        matches.annotate(
            total=Window(Count("pk"), partition_by=[F("state")]),
            number=Window(RowNumber(), partition_by=[F("state")], order_by=[F("since").asc(), "pk"]),
        )
        .filter(Q(number__lte=PER_COLUMN) | Q(state=more, number__lte=MORE_IN_COLUMN))
        .select_related("candidate__coach__user", "position", "employer", "introduction", "placement")
        .defer("frozen", "position__description")
        .order_by("number")
    )
    found = list(rows)
    return [_column(state, [match for match in found if match.state == state], more) for state in COLUMNS]


def _column(state: MatchState, matches: list[Any], more: str) -> dict[str, Any]:
    total = matches[0].total if matches else 0
    return {
        "state": state,
        "label": COLUMNS[state],
        "cards": [_card(match) for match in matches],
        "total": total,
        "hidden": total - len(matches),
        "grown": state == more,
    }


@dataclass(frozen=True)
class Card:
    """One match on the board: since when or until when, and the act; `late` is too long a wait or our own turn."""

    match: Any
    note: str
    act: Text
    url: str
    late: bool


def _card(match: Any) -> Card:
    introduction: Introduction | None = getattr(match, "introduction", None)
    act = main_act(match, introduction)
    note, late = _note(match, introduction)
    return Card(match, note, _short(match, act), act.url if act else "", late)


def _short(match: Any, act: Act | None) -> Text:
    """The act in as few words as a narrow card has room for."""
    if act is None:
        return ""
    if match.state == MatchState.INTRODUCED and act.icon == "chat":
        return _("Noteer antwoord")
    return SHORT.get(match.state, act.label)


SHORT: dict[str, Text] = {
    MatchState.CANDIDATE_AGREED: gettext_lazy("Stel voor"),
    MatchState.MET: gettext_lazy("Begin plaatsing"),
}
"""Words for a narrow card, where the usual ones are long."""


def _note(match: Any, introduction: Introduction | None) -> tuple[str, bool]:
    match match.state:
        case MatchState.PROPOSED if match.answer_by:
            return _("antwoord voor %(day)s") % {
                "day": _day(match.answer_by)
            }, match.answer_by < timezone.localdate()
        case MatchState.INTRODUCED if introduction and introduction.employer_answer == "yes":
            return _("wil kennismaken"), True
        case MatchState.MEETING_PLANNED if introduction and introduction.starts_at:
            starts = timezone.localtime(introduction.starts_at)
            over = starts < timezone.now()
            return date_format(starts, "D j b, H:i"), over
        case MatchState.PLACED if getattr(match, "placement", None):
            return _("begint %(day)s") % {"day": _day(match.placement.starts_on)}, False
    ours = match.state in (MatchState.CANDIDATE_AGREED, MatchState.MET)
    return _("sinds %(day)s") % {"day": _day(timezone.localtime(match.since))}, ours


def _day(day: date | datetime) -> str:
    return date_format(day, "j b")
