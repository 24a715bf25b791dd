"""Work that goes on at another employer: first where, with what fits on top, then what is agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow
from employers.enums import PositionStatus
from employers.models import Employer, Position
from matching import services
from matching.enums import MatchState
from matching.forms.work import GoOnForm
from matching.links import work_for
from matching.models import Match, Placement
from matching.suggest import positions_for
from matching.views.matches import ACTORS
from matching.views.shortcuts import acting_placement
from matching.views.threads import go_on_page, terms_now

MOST = 10


@dataclass(frozen=True)
class There:
    """Where the work goes on: at an employer, perhaps on a work place from the list."""

    employer: Employer
    position: Position | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the work place was open, and is no longer."""
        return self.position is not None and self.position.status != PositionStatus.PUBLISHED

    @property
    def query(self) -> str:
        """How the address names it."""
        return f"?werkplek={self.position.pk}" if self.position else f"?werkgever={self.employer.pk}"


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_move(request: Request, pk: int) -> HttpResponse:
    """On at another employer: by a proposal, or straight (?werkplek= or ?werkgever=)."""
    found = acting_placement(request, pk)
    there = _there(request, found)
    title = _("%(name)s gaat verder bij een andere werkgever") % {"name": found.candidate.first_name}
    if there is None:
        context = {
            "placement": found,
            "title": title,
            **_by_proposal(request, found),
            **_choice(request, found),
        }
        return render(request, "matching/placement_move.html", context)
    here = reverse("matching:placement_move", args=[pk])
    form = GoOnForm(
        request.POST or None, by=request.membership, employer=there.employer, asked=request.GET,
        ask_url=here + there.query, cancel_url=here, submit=_("Ga daar verder"), initial=_first_terms(found, there),
    )  # fmt: skip

    def do() -> Placement:
        return services.go_on(
            previous=found, employer=there.employer, position=there.position, by=request.membership, **form.values()
        )  # fmt: skip

    key = f"matching:placement_move:{pk}:{there.query}"
    return go_on_page(request, found, form, do, title, key=key, there=there, other_url=here)


def _first_terms(found: Placement, there: There) -> dict[str, Any]:
    """What holds now, and of the new place what it says itself."""
    terms = terms_now(found) | {"agreed": "", "supervisor_contact": None, "supervisor": ""}
    terms["employer_of_record"] = there.employer.name
    if there.position:
        terms |= {"form": there.position.form, "supervisor": there.position.guide_name}
    return terms


def _there(request: Request, found: Placement) -> There | None:
    """What the address names; 404 for what is not somewhere else.

    Work that is no longer open is found too: who sends twice gets the first answer, and who comes too late hears so
    with everything typed still there.
    """
    if asked := request.GET.get("werkplek", ""):
        position = get_object_or_404(_work(request, found), pk=_number(asked))
        return There(position.employer, position)
    if asked := request.GET.get("werkgever", ""):
        return There(get_object_or_404(_others(request, found), pk=_number(asked)))
    return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _others(request: Request, found: Placement) -> QuerySet[Employer]:
    return Employer.objects.visible_to(request.membership).exclude(pk=found.employer_id)


def _work(request: Request, found: Placement) -> QuerySet[Position]:
    """Work at other employers that is or was open."""
    rows = Position.objects.visible_to(request.membership).exclude(employer=found.employer_id)
    never = PositionStatus.DRAFT, PositionStatus.CHECKED
    return rows.exclude(status__in=never).select_related("employer")


def _by_proposal(request: Request, found: Placement) -> dict[str, Any]:
    """The way by which the candidate says yes first."""
    met = Match.objects.visible_to(request.membership).filter(
        candidate=found.candidate_id, state=MatchState.MET
    )
    met = met.exclude(employer=found.employer_id).select_related("position", "employer").defer("frozen")
    return {"search_url": work_for(found.candidate_id), "met": met}


def _choice(request: Request, found: Placement) -> dict[str, Any]:
    """What was searched for; without a search the work that fits, in the order of the rules."""
    text = request.GET.get("q", "").strip()[:80]
    if not text:
        fitting = positions_for(found.candidate, request.membership, besides=found.employer_id).lines
        return {"q": "", "work": [line.position for line in fitting[:MOST]]}
    named = Q(title__icontains=text) | Q(employer__name__icontains=text)
    work = _work(request, found).filter(status=PositionStatus.PUBLISHED)
    return {
        "q": text,
        "work": work.filter(named).order_by("employer__name", "title", "pk")[:MOST],
        "employers": _others(request, found).filter(name__icontains=text).order_by("name", "pk")[:MOST],
        "most": MOST,
    }
