"""Position → candidates, candidate → positions, and one pair side by side: always with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from employers.enums import WorkForm
from employers.models import Position
from matching.freeze import compare
from matching.gather import TOLD, with_place
from matching.judge import TAKEN, Show
from matching.labels import Words
from matching.models import Match
from matching.permissions import can_propose
from matching.proposal_form import ProposalForm
from matching.reasons import Remark, grid, position_on, remarks
from matching.rules import Answer, Change, Criterion, Explanation
from matching.rules import render as said
from matching.rules.texts import (
    ANSWER_LABELS,
    CRITERION_LABELS,
    ESTIMATE_SENTENCE,
    ORDER_SENTENCE,
    WORK_ORDER_SENTENCE,
)
from matching.suggest import (
    CARD,
    CHANGES_SHOWN,
    OPENED_SHOWN,
    SHOW_LABELS,
    People,
    PersonLine,
    Work,
    WorkLine,
    candidates_for,
    hindrances,
    positions_for,
)

STAFF = (Role.CONNECTOR, Role.COACH, Role.MANAGER)
REMARKS_SHOWN = 3
WORK_FORMS = dict(WorkForm.choices)
"""Looked up once for a whole list: Django's own `get_form_display` translates every choice again for each row."""


@dataclass(frozen=True)
class Row:
    """One person or position in the list, with what deserves a word."""

    title: str
    url: str
    about: str
    cells: list[tuple[Criterion, Answer, bool]]
    remarks: list[Remark]
    is_closed: bool = False


@dataclass(frozen=True)
class Part:
    """One of the parts of a list: what fits, what nearly fits, everything."""

    show: Show
    label: str | Promise
    count: int


class PeopleFilter(forms.Form):
    """Whose people, and whether those who are not searching come along."""

    wie = forms.ChoiceField(
        label=gettext_lazy("Wie"),
        required=False,
        choices=[
            ("", gettext_lazy("Wie werk zoekt")),
            ("mijn", gettext_lazy("Mijn mensen die werk zoeken")),
            ("wacht", gettext_lazy("Wie al 30 dagen niet is voorgesteld")),
            ("iedereen", gettext_lazy("Ook wie nu geen werk zoekt")),
        ],
    )


@allow(*STAFF)
@require_GET
def position_suggestions(request: Request, pk: int) -> HttpResponse:
    """Who in the bureau fits this work, who nearly does, and why."""
    mine = request.membership
    position = get_object_or_404(with_place(Position.objects.visible_to(mine)).only(*TOLD), pk=pk)
    show, whom = _show(request), _whom(request)
    if request.htmx and "tegen" in request.GET:
        told = {"position": position, **_hindrances(position, mine, whom)}
        return render(request, "matching/_position_hindrances.html", told)
    only = _only(request) if show is Show.NEAR else None
    people = candidates_for(
        position,
        mine,
        show=show,
        page=request.GET.get("page", 1),
        only=only,
        **whom,
    )
    context = {
        **(_hindrances(position, mine, whom) if "tegen" in request.GET else {"asked": False}),
        "only": CRITERION_LABELS[only] if only else "",
        "position": position,
        "filter": PeopleFilter(request.GET),
        "wider": not whom["everybody"],
        "rows": [_person_row(line, position, people) for line in people.lines],
        "in_talks": _in_talks(position, mine),
        "order": ORDER_SENTENCE,
        **_frame(people, show),
    }
    return render(request, "matching/position_suggestions.html", context)


def _whom(request: Request) -> dict[str, bool]:
    """Whose people the filter asks for, as `candidates_for` takes it."""
    who = request.GET.get("wie")
    return {"mine": who == "mijn", "everybody": who == "iedereen", "waiting": who == "wacht"}


def _hindrances(position: Position, membership: Membership, whom: dict[str, bool]) -> dict[str, Any]:
    words = Words.load([position.location.area if position.location else None])
    found = hindrances(position, membership, words, **whom)[:CHANGES_SHOWN]
    told = [
        {"code": one.criterion, "label": CRITERION_LABELS[one.criterion], "count": one.count,
         "text": said(one.asked, words)}
        for one in found
    ]  # fmt: skip
    return {"asked": True, "hindrances": told}


@allow(*STAFF)
@require_GET
def candidate_suggestions(request: Request, pk: int) -> HttpResponse:
    """Which work fits this person, which nearly does, and what one change would open."""
    mine = request.membership
    seen = Candidate.objects.visible_to(mine).select_related("area").only(*CARD)
    candidate = get_object_or_404(seen, pk=pk)
    record_read(by=mine, candidate_id=candidate.pk, what="work")
    show, look_further = _show(request), "wijziging" in request.GET
    work = positions_for(candidate, mine, show=show, page=request.GET.get("page", 1), changes=look_further)
    context = {
        "candidate": candidate,
        "has_intake": work.asked,
        "rows": [_work_row(line, candidate, work.words) for line in work.lines],
        "look_further": look_further,
        "changes": [_change(change, work) for change in work.changes],
        "order": WORK_ORDER_SENTENCE,
        **_frame(work, show),
    }
    name = "_candidate_changes" if request.htmx and look_further else "candidate_suggestions"
    return render(request, f"matching/{name}.html", context)


@allow(*STAFF)
@require_GET
def side_by_side(request: Request, candidate: int, position: int) -> HttpResponse:
    """One person with one position, each criterion with both sides' words."""
    mine = request.membership
    person = get_object_or_404(Candidate.objects.visible_to(mine).select_related("area"), pk=candidate)
    work = get_object_or_404(with_place(Position.objects.visible_to(mine)), pk=position)
    record_read(by=mine, candidate_id=person.pk, what="work")
    return pair_page(request, person, work)


def pair_page(
    request: Request, candidate: Candidate, position: Position, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """The page of one pair; `refused` says why the proposal that was just tried cannot be done so."""
    comparison = compare(candidate, position)
    explanation, words, intake = comparison.explanation, comparison.words, comparison.intake
    earlier = Match.objects.filter(candidate=candidate, position=position, state__in=TAKEN).first()
    unsafe = explanation[Criterion.SAFETY].answer is Answer.CLASHES
    may = can_propose(request.membership) and position.is_open and not unsafe and earlier is None
    data = request.POST if request.method == "POST" else None
    context = {
        "candidate": candidate,
        "position": position,
        "rows": grid(explanation, words),
        "counts": _counts(explanation),
        "questions": remarks(explanation, words, Answer.UNKNOWN),
        "clashes": remarks(explanation, words, Answer.CLASHES, musts_only=True),
        "dayparts": intake.dayparts if intake else None,
        "form": ProposalForm(data, explanation=explanation, words=words, pair=(candidate, position))
        if may
        else None,
        "earlier": earlier,
        "unsafe": unsafe,
        "may_propose": can_propose(request.membership),
        "refused": refused,
        "estimate": ESTIMATE_SENTENCE,
        "position_on": position_on(explanation),
        "today": timezone.localdate(),
        "rules_version": explanation.rules_version,
    }
    return render(request, "matching/side_by_side.html", context, status=status)


def _show(request: Request) -> Show:
    wanted = request.GET.get("toon", "")
    return Show(wanted) if wanted in list(Show) else Show.OPEN


def _only(request: Request) -> Criterion | None:
    wanted = request.GET.get("punt", "")
    return Criterion(wanted) if wanted in list(Criterion) and wanted != Criterion.SAFETY else None


def _frame(found: People | Work, show: Show) -> dict[str, Any]:
    """What both lists need around their rows."""
    return {
        "parts": [Part(one, label, found.counts[one]) for one, label in SHOW_LABELS.items()],
        "show": show,
        "heads": [CRITERION_LABELS[criterion] for criterion in Criterion],
        "page": found.page,
        "estimate": ESTIMATE_SENTENCE,
    }


def _person_row(line: PersonLine, position: Position, people: People) -> Row:
    candidate, musts = line.candidate, people.inputs.musts
    cells = [(criterion, answer, criterion in musts) for criterion, answer in line.answers]
    if line.explanation is None:
        url = reverse("candidates:open_with_reason", args=[candidate.pk])
        held = candidate.coach_id or candidate.connector_id
        about = (
            _("Van een collega. Open het dossier met een reden.")
            if held
            else _("Van niemand nog. Open het dossier met een reden.")
        )
        return Row(candidate.short_name, url, about, cells, [], is_closed=True)
    url = reverse("matching:side_by_side", args=[candidate.pk, position.pk])
    told = _remarks(line.explanation, people.words)
    return Row(candidate.short_name, url, _waiting(candidate), cells, told)


def _waiting(candidate: Candidate) -> str:
    if candidate.last_proposed_on is None:
        return _("Nog nooit voorgesteld")
    return _("Laatst voorgesteld: %(day)s") % {"day": date_format(candidate.last_proposed_on, "j b Y")}


def _work_row(line: WorkLine, candidate: Candidate, words: Words) -> Row:
    position = line.position
    cells = [(one.criterion, one.answer, one.is_must) for one in line.explanation.results]
    url = reverse("matching:side_by_side", args=[candidate.pk, position.pk])
    area = position.location.area if position.location else None
    about = ", ".join(
        str(part) for part in (position.employer.name, area, WORK_FORMS.get(position.form)) if part
    )
    return Row(position.title, url, about, cells, _remarks(line.explanation, words))


def _remarks(explanation: Explanation, words: Words) -> list[Remark]:
    """What stands in the way; where nothing does, what is still to be asked."""
    return remarks(explanation, words, Answer.CLASHES, most=REMARKS_SHOWN) or remarks(
        explanation, words, Answer.UNKNOWN, musts_only=True, most=REMARKS_SHOWN
    )


def _change(change: Change, work: Work) -> dict[str, Any]:
    """A change in words, how much work it opens, and the first of it."""
    opened = [work.opened[pk] for pk in change.opens if pk in work.opened][:OPENED_SHOWN]
    count = len(change.opens)
    return {
        "text": said(change.text, work.words),
        "count": count,
        "opened": opened,
        "more": count - len(opened),
    }


def _counts(explanation: Explanation) -> list[dict[str, Any]]:
    """How many criteria fit, are unknown and clash."""
    shown = (Answer.FITS, Answer.UNKNOWN, Answer.CLASHES)
    return [
        {"answer": answer, "count": explanation.count(answer), "word": ANSWER_LABELS[answer]}
        for answer in shown
    ]


def _in_talks(position: Position, membership: Membership) -> list[Match]:
    """Who is in talks about this work already, as far as the role may know."""
    matches = Match.objects.visible_to(membership).filter(position=position).open()
    named = matches.select_related("candidate").only(
        "candidate__first_name", "candidate__infix", "candidate__last_name"
    )
    return list(named.order_by("pk"))
