"""Where a match can go from here, and what stands in the way; and taking its last step back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from employers.models import Position
from matching import services
from matching.enums import MATCH_MOVES, MatchState
from matching.models import Introduction, Match
from matching.services.places import has_free_place, waiting_there
from matching.services.proposals import pause_of
from matching.services.undo import last_step, may_take_back
from matching.views.board import COLUMNS
from matching.views.matches import ACTORS, Act, acting, back, main_act

FORMS = {
    MatchState.CANDIDATE_AGREED: "match_answer",
    MatchState.INTRODUCED: "match_introduce",
    MatchState.MEETING_PLANNED: "meeting_plan",
    MatchState.MET: "meeting_record",
    MatchState.PLACED: "match_place",
}
"""The page that brings a match into a state."""


@dataclass(frozen=True)
class Way:
    """One column of the board, seen from a match: the page that leads there, or why there is none."""

    state: str
    label: Text
    url: str = ""
    why: str = ""


@allow(*ACTORS)
@require_GET
def match_moves(request: Request, pk: int) -> HttpResponse:
    """Every step from here; with ?naar= straight to the page of that step, or why it cannot be taken."""
    found = acting(request, pk)
    introduction = Introduction.objects.filter(match=found).first()
    act = main_act(found, introduction)
    ways = [_way(found, introduction, act, state) for state in COLUMNS if state != found.state]
    wanted = next((way for way in ways if way.state == request.GET.get("naar", "")), None)
    if wanted and wanted.url:
        return redirect(wanted.url)
    context = {
        "match": found,
        "act": act,
        "wanted": wanted,
        "ways": [way for way in ways if way.url and not (act and way.url == act.url)],
        "closed": [way for way in ways if not way.url],
        "stop_url": reverse("matching:match_stop", args=[pk]) if found.is_open else "",
        "may_undo": may_take_back(found, last_step(found)),
    }
    return render(request, "matching/match_moves.html", context)


def _way(found: Match, introduction: Introduction | None, act: Act | None, to: MatchState) -> Way:
    label = COLUMNS[to]
    if to not in MATCH_MOVES.get(found.state, set()):
        return Way(to, label, why=_no_such_step(found, act, to))
    if why := _in_the_way(found, introduction, to):
        return Way(to, label, why=why)
    return Way(to, label, url=reverse(f"matching:{FORMS[to]}", args=[found.pk]))


def _no_such_step(found: Match, act: Act | None, to: MatchState) -> str:
    order = list(COLUMNS)
    if found.state not in order:
        return _("Dit voorstel loopt niet meer.")
    if order.index(to) < order.index(MatchState(found.state)):
        return _("Terug kan alleen door de laatste stap terug te draaien, binnen een dag.")
    if act is None:
        return _("Dat is nu geen stap.")
    return _("Eerst: %(act)s.") % {"act": act.label}


def _in_the_way(found: Match, introduction: Introduction | None, to: MatchState) -> str:
    """What keeps a step that exists from being taken now."""
    if to == MatchState.INTRODUCED:
        return pause_of(found.employer)
    if to == MatchState.MET and introduction and introduction.starts_at:
        day = timezone.localdate(introduction.starts_at)
        if day > timezone.localdate():
            return _("De kennismaking is pas op %(day)s.") % {"day": date_format(day, "j F")}
    if to == MatchState.PLACED and not has_free_place(found.position):
        return _("Alle plekken zijn bezet. Vraag de werkgever om een plek erbij.")
    return ""


@allow(*ACTORS)
@require_POST
def match_undo(request: Request, pk: int) -> HttpResponse:
    """Take the last step back."""
    found = acting(request, pk)
    services.undo(match=found, by=request.membership)
    tell(request, _("Teruggedraaid. Wie al bericht had, krijgt bericht dat het een vergissing was."))
    return redirect(back(found))


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def position_filled(request: Request, pk: int) -> HttpResponse:
    """Work is filled while others were proposed for it: let them wait for a place, or end it for all of them."""
    positions = Position.objects.visible_to(request.membership).select_related("employer")
    position = get_object_or_404(positions, pk=pk)
    if request.method == "POST":
        _settle_filled(request, position)
        return redirect("matching:today")
    rows = Match.objects.visible_to(request.membership).filter(waiting_there(position))
    going = rows.select_related("candidate__coach__user").defer("frozen").order_by("since", "pk")
    context = {"position": position, "going": list(going[:100]), "filled": not has_free_place(position)}
    return render(request, "matching/position_filled.html", context)


def _settle_filled(request: Request, position: Position) -> None:
    if request.POST.get("act") == "end":
        ended = services.end_where_filled(position, by=request.membership)
        said = ngettext(
            "%(n)s voorstel is gestopt: de plek is vervuld. De kandidaat heeft bericht.",
            "%(n)s voorstellen zijn gestopt: de plek is vervuld. De kandidaten hebben bericht.",
            ended,
        )
        tell(request, said % {"n": ended})
        return
    services.keep_waiting(position, by=request.membership)
    tell(request, _("Ze blijven staan. Komt er een plek vrij, dan zie je ze weer op je lijst."))
