"""Whose people are shown, in which order: the caseload as a list and as a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Membership
from candidates.enums import GoalState, Source, Stage
from candidates.measures import MEASURE_EVERY
from candidates.models import Candidate, CandidateQuerySet, FileOpening, Measurement, Step
from candidates.names import fold
from candidates.phones import as_phone

PER_PAGE = 25
CARDS_PER_COLUMN = 8
LAST_PAGE = 1000
INDEXED_FROM = 3
"""Letters from which the index of trigrams finds a word; it is read by a function (migration 0006), because
row-level security keeps a plain LIKE from using it."""
CARD = (
    "first_name", "infix", "last_name", "stage", "coach_id", "connector_id", "last_contact_on", "call_back_on",
)  # fmt: skip
"""What a row or a card of the board shows."""
MINE, BUREAU = "mijn", "bureau"
SILENT_DAYS = (14, 30, 60, 90)
UNPROPOSED_DAYS = 30
"""Who searches longer than this without a proposal deserves attention, as on the day list (`matching.day.people`)."""
BY_STAGE = Case(*(When(stage=stage, then=Value(number)) for number, stage in enumerate(Stage)))
SORTS: dict[str, tuple[Any, ...]] = {
    "naam": ("search_name", "pk"),
    "-naam": ("-search_name", "-pk"),
    "contact": (F("last_contact_on").asc(nulls_first=True), "pk"),
    "-contact": (F("last_contact_on").desc(nulls_last=True), "pk"),
    "fase": (BY_STAGE.asc(), "search_name", "pk"),
    "-fase": (BY_STAGE.desc(), "search_name", "pk"),
    "wie": (F("coach__user__name").asc(nulls_last=True), "search_name", "pk"),
    "-wie": (F("coach__user__name").desc(nulls_first=True), "search_name", "pk"),
    "sinds": ("entered_on", "pk"),
    "-sinds": ("-entered_on", "-pk"),
}
BOARD_STAGES = [stage for stage in Stage if stage != Stage.CLOSED]
ONWARD = {
    Stage.MET: Stage.INTAKE,
    Stage.INTAKE: Stage.SEARCHING,
    Stage.SEARCHING: Stage.INTRODUCING,
    Stage.INTRODUCING: Stage.WORKING,
    Stage.PAUSED: Stage.SEARCHING,
}


ATTENTION: dict[str, Any] = {
    "voorstel": gettext_lazy("Nog niet voorgesteld"),
    "wacht": gettext_lazy("Al 30 dagen niet voorgesteld"),
    "meting": gettext_lazy("Meting te laat"),
    "stap": gettext_lazy("Stap bleef liggen"),
    "niemand": gettext_lazy("Heeft geen coach"),
}
"""What may ask for attention, by its code in the address."""


class CaseloadFilter(forms.Form):
    """What the address of a list may say; anything else is ignored."""

    q = forms.CharField(
        label=gettext_lazy("Naam of telefoon"), required=False, max_length=80,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    fase = forms.ChoiceField(label=gettext_lazy("Fase"), required=False)
    wie = forms.ChoiceField(label=gettext_lazy("Coach of verbinder"), required=False)
    stil = forms.ChoiceField(label=gettext_lazy("Geen contact"), required=False)
    let = forms.ChoiceField(label=gettext_lazy("Let op"), required=False)
    buurt = forms.ChoiceField(label=gettext_lazy("Buurt"), required=False)
    bron = forms.ChoiceField(label=gettext_lazy("Ontmoet via"), required=False)

    def __init__(
        self,
        *args: Any,
        holders: Iterable[Membership],
        names_only: bool,
        areas: Iterable[Area] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.pk), str(one.user)) for one in holders]
        self._choose("wie", _("Iedereen"), people)
        self._choose("fase", _("Alle open"), [(stage.value, stage.label) for stage in Stage])
        days = [(str(n), _("%(n)s dagen of langer") % {"n": n}) for n in SILENT_DAYS]
        self._choose("stil", _("Maakt niet uit"), days)
        self._choose("let", _("Maakt niet uit"), list(ATTENTION.items()))
        self._choose("buurt", _("Alle buurten"), [(str(one.pk), one.name) for one in areas])
        self._choose("bron", _("Maakt niet uit"), list(Source.choices))
        if names_only:
            for name in ("fase", "stil", "let", "buurt", "bron"):
                del self.fields[name]

    def _choose(self, name: str, none: str, choices: list[tuple[str, Any]]) -> None:
        box: Any = self.fields[name]
        box.choices = [("", none), *choices]

    def chosen(self) -> dict[str, str]:
        """The choices that are valid; a damaged address shows the whole list."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True)
class Row:
    """One person in the list; `open` is False where only the name and the holders may be shown."""

    candidate: Candidate
    open: bool
    silent: int | None
    call: str
    holders: list[str]


@dataclass(frozen=True)
class Listing:
    """A page of people, and whether there are more."""

    rows: list[Row]
    number: int
    has_next: bool


@dataclass(frozen=True)
class Column:
    """One stage of the board: its first cards, and how many there are in all."""

    stage: Stage
    label: str
    count: int
    onward: Stage | None
    onward_label: str
    rows: list[Row] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def scope_of(membership: Membership, asked: str) -> str:
    """Own people unless the whole bureau was asked for; a manager holds nobody and sees the bureau."""
    return BUREAU if membership.role == Role.MANAGER or asked == BUREAU else MINE


def people(membership: Membership, scope: str) -> CandidateQuerySet:
    """The people of a scope: names of the whole bureau, or the own caseload."""
    if scope == BUREAU:
        return Candidate.objects.listed_to(membership)
    return Candidate.objects.held_by(membership)


def narrowed(rows: CandidateQuerySet, chosen: dict[str, str], *, names_only: bool) -> CandidateQuerySet:
    """The rows that fit the choices. Of a colleague's people nothing but the name and the holder is searched."""
    if term := chosen.get("q", "").strip():
        rows = rows.filter(_found(term, names_only=names_only))
    if (holder := chosen.get("wie", "")).isdecimal():
        rows = rows.filter(Q(coach=holder) | Q(connector=holder))
    if names_only:
        return rows.active()
    rows = rows.filter(stage=chosen["fase"]) if chosen.get("fase") else rows.active()
    if chosen.get("stil"):
        since = timezone.localdate() - timedelta(days=int(chosen["stil"]))
        rows = rows.filter(Q(last_contact_on__lte=since) | Q(last_contact_on=None))
    if chosen.get("buurt"):
        rows = rows.filter(area=int(chosen["buurt"]))
    if chosen.get("bron"):
        rows = rows.filter(source=chosen["bron"])
    return rows.filter(_attention(chosen["let"])) if chosen.get("let") else rows


def _attention(code: str) -> Any:
    """The condition behind a choice under "let op"."""
    today, mine = timezone.localdate(), {"candidate": OuterRef("pk")}
    match code:
        case "voorstel":
            return Q(last_proposed_on=None)
        case "wacht":
            before = today - timedelta(days=UNPROPOSED_DAYS)
            long_ago = Q(last_proposed_on__lt=before) | Q(last_proposed_on=None, entered_on__lt=before)
            return Q(stage=Stage.SEARCHING, leaving_on=None) & long_ago
        case "meting":
            return ~Exists(Measurement.objects.filter(**mine, measured_on__gte=today - MEASURE_EVERY))
        case "stap":
            late = Step.objects.filter(**mine, done_on=None, due_on__lt=today, goal__state=GoalState.OPEN)
            return Exists(late)
    return Q(coach=None)


def _found(term: str, *, names_only: bool) -> Q:
    """Every word somewhere in the name, or the phone number."""
    words = fold(term).split()
    named = Q()
    if any(len(word) >= INDEXED_FROM for word in words):
        named = Q(pk__in=RawSQL("SELECT people_named(%s)", [words]))
    else:
        for word in words:
            named &= Q(search_name__contains=word)
    whole = as_phone(term)
    if whole:
        return Q(phone=whole)
    digits = "".join(letter for letter in term if letter.isdecimal())
    if not names_only and len(digits) >= 4 and len(digits) > len(term) / 2:
        return named | Q(phone__contains=digits.lstrip("0"))
    return named if words else Q(pk=None)


def listing(membership: Membership, rows: CandidateQuerySet, *, sort: str, page: int) -> Listing:
    """One page, in one query and one more for files opened with a reason; nothing is counted."""
    order = SORTS.get(sort, SORTS["naam"])
    start = (page - 1) * PER_PAGE
    found = list(rows.only(*CARD).order_by(*order)[start : start + PER_PAGE + 1])
    opened, names = _opened(membership, found), _names(found)
    shown = [_row(one, membership, opened, names) for one in found[:PER_PAGE]]
    return Listing(shown, page, len(found) > PER_PAGE)


def _opened(membership: Membership, found: list[Candidate]) -> set[int]:
    """Whose file the reader has opened with a reason."""
    foreign = [one.pk for one in found if not one.held_by(membership)]
    if membership.role == Role.MANAGER or not foreign:
        return set()
    openings = FileOpening.objects.filter(
        membership=membership, until__gt=timezone.now(), candidate__in=foreign
    )
    return set(openings.values_list("candidate_id", flat=True))


def _names(found: Iterable[Candidate]) -> dict[int | None, str]:
    """Coaches and connectors by name: a few of them hold a whole page of people."""
    holders = {pk for one in found for pk in (one.coach_id, one.connector_id) if pk}
    return {one.pk: str(one.user) for one in Membership.objects.filter(pk__in=holders).select_related("user")}


def _row(one: Candidate, membership: Membership, opened: set[int], names: Mapping[int | None, str]) -> Row:
    may = membership.role == Role.MANAGER or one.held_by(membership) or one.pk in opened
    today = timezone.localdate()
    silent = (today - one.last_contact_on).days if one.last_contact_on else None
    call = call_word(one.call_back_on, today) if may else ""
    return Row(one, may, silent, call, [names[pk] for pk in (one.coach_id, one.connector_id) if pk in names])


def call_word(on: date | None, today: date) -> str:
    """When to call, in a word; nothing where it was not promised for today or earlier."""
    if on is None or on > today:
        return ""
    return _("bel vandaag") if on == today else _("had gebeld moeten worden")


def board(membership: Membership, rows: CandidateQuerySet) -> list[Column]:
    """The stages side by side; each shows first who was not spoken to for longest, and how many there are."""
    order: list[Any] = [F("last_contact_on").asc(nulls_first=True), "pk"]
    cards = rows.only(*CARD).annotate(
        total=Window(Count("pk"), partition_by="stage"),
        number=Window(RowNumber(), partition_by="stage", order_by=order),
    )
    found = list(cards.filter(number__lte=CARDS_PER_COLUMN).order_by("stage", "number"))
    names = _names(found)
    counts = {one.stage: one.total for one in found}
    by_stage: dict[str, list[Row]] = {}
    for one in found:
        by_stage.setdefault(one.stage, []).append(_row(one, membership, set(), names))
    return [_column(stage, counts.get(stage, 0), by_stage.get(stage, [])) for stage in BOARD_STAGES]


def _column(stage: Stage, count: int, rows: list[Row]) -> Column:
    onward = ONWARD.get(stage)
    return Column(stage, str(stage.label), count, onward, str(onward.label) if onward else "", rows)
