"""The shape of a report's figures: which counts there are, and how they add up.

A count has a name such as `source:walk_in:entered`. Names are stable: the JSON and CSV files use them too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from candidates.enums import OrganisationKind, ResidentKind, Source
from candidates.wellbeing import questions
from employers.enums import PAID_FORMS, EmployerKind, WorkForm
from matching.paths import SOFT_FORMS

STAGES = ("entered", "intake", "introduced", "started")
WEEKS = (4, 13, 26, 39, 52)
THREADS = (13, 26, 52)
"""The weeks that are told per source, and at whose work somebody still is."""
STAIRS = (0, 4, 8, 13, 26, 39, 52)
RUNGS = range(1, 7)
UNKNOWN = "unknown"
SOURCES = (*Source.values, UNKNOWN)
VIA = (*OrganisationKind.values, UNKNOWN)
AGES = ("18", "27", "40", "55", UNKNOWN)
WITHOUT_WORK = ("0", "1", "2", "5", UNKNOWN)
HOURS = ("0", "8", "16", "24", "32", UNKNOWN)
CHANGES = ("more", "same", "fewer", UNKNOWN)
FORMS = tuple(form for form in WorkForm.values if form not in SOFT_FORMS)
PAID = tuple(form for form in FORMS if form in PAID_FORMS)
OWN = (WorkForm.OWN_BUSINESS.value,)
UNPAID = tuple(form for form in FORMS if form not in PAID and form not in OWN)
FEELINGS = tuple(question.code for question in questions())
BANDS = ("low", "middle", "high")
KNOWN = {
    "source": ("funnel:entered", "source:unknown:entered"),
    "age": ("funnel:entered", "age:unknown"),
    "area": ("funnel:entered", "area:unknown"),
    "without": ("funnel:entered", "without:unknown"),
    "measured": ("funnel:entered", "measured:no"),
    "told": ("funnel:entered", "told:no"),
    "inside": ("funnel:started", "inside:unknown"),
    "sector": ("funnel:started", "sector:unknown"),
    "hours_start": ("worked", "hours:start:unknown"),
    "hours_last": ("worked", "hours:last:unknown"),
}
"""Per field: of whom it could be known, and of whom it is not."""
STATED = ("measured", "told", "hours_start", "hours_last")
"""Fields that are known or not at a moment, rather than on the day of an event."""
HEADLINES = ("worked", "saved:people", "budget:people", *(f"funnel:{stage}" for stage in STAGES))


@dataclass
class Assignment:
    """An impact assignment as it stood at the moment of measuring."""

    id: int
    name: str
    client: str
    amount: Decimal
    counts: str
    target: int | None
    since: date
    until: date


@dataclass
class Flow:
    year: int
    direction: str
    source: str
    amount: Decimal


@dataclass
class Amount:
    """One more amount of the chapter on money. people: how many it is about; None when it is about nobody."""

    name: str
    label: str
    value: Decimal | int | None
    unit: str = "euro"
    people: int | None = None


@dataclass
class UsedRate:
    """A dated figure that a sum in the report rests on."""

    kind: str
    key: str
    value: Decimal
    unit: str
    place: str
    source: str
    valid_from: date | None
    note: str = ""


@dataclass
class Figures:
    """Everything measured for one bureau and one period. Exact, so for the bureau itself and not for others.

    counts: people per name. units: the same events per part of the period, to compare with earlier reports.
    means: averages with the number of people behind each. rest: see `impact.rest`. areas: names, by CBS code.
    """

    bureau: str
    slug: str
    municipality: str
    municipality_code: str
    threshold: int
    since: date
    until: date
    measured_at: datetime
    counts: dict[str, int] = field(default_factory=dict)
    units: list[dict[str, int]] = field(default_factory=list)
    means: dict[str, tuple[int, Decimal | None]] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    sectors: list[str] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    rest: dict[str, int] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    employers: list[str] = field(default_factory=list)
    rates: list[UsedRate] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    benefit_days: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    def people(self, name: str) -> int:
        """A count; a name without a count is nobody."""
        return self.counts.get(name, 0)

    def as_json(self) -> dict[str, Any]:
        """What a snapshot keeps; canonical() turns it into the same bytes each time."""
        rows = ("assignments", "flows", "amounts", "rates")
        return vars(self) | {name: [vars(row) for row in getattr(self, name)] for name in rows}


@dataclass(frozen=True)
class Sum:
    """`totals` together are `parts` together; `event` when it holds for every part of the period as well."""

    totals: tuple[str, ...]
    parts: tuple[str, ...]
    event: bool = True


def _each(prefix: str, keys: Iterable[str], suffix: str = "") -> tuple[str, ...]:
    return tuple(f"{prefix}:{key}{suffix}" for key in keys)


def sums(figures: Figures) -> list[Sum]:
    """How the printed counts add up: everything an attacker could use too."""
    entered, started = ("funnel:entered",), ("funnel:started",)
    ladder = {(i, j): f"ladder:{i}:{j}" for i in RUNGS for j in RUNGS}
    return [
        *(Sum((f"funnel:{stage}",), _each("source", SOURCES, f":{stage}")) for stage in STAGES),
        Sum(("source:organisation:entered", "source:referral:entered"), _each("via", VIA)),
        Sum(entered, _each("age", AGES)),
        Sum(entered, _each("area", area_codes(figures))),
        Sum(entered, _each("without", WITHOUT_WORK)),
        Sum(entered, _each("resident", ResidentKind.values)),
        Sum(entered, ("measured:yes", "measured:no"), event=False),
        Sum(entered, ("told:yes", "told:no"), event=False),
        Sum(started, _each("form", FORMS)),
        Sum(("paid:yes",), _each("form", PAID)),
        Sum(("paid:no",), _each("form", UNPAID)),
        Sum(("paid:own",), _each("form", OWN)),
        Sum(started, _each("inside", ("yes", "no", UNKNOWN))),
        Sum(started, _each("employer", EmployerKind.values)),
        Sum(started, _each("sector", figures.sectors)),
        *(Sum((f"ladder:start:{i}",), tuple(ladder[i, j] for j in RUNGS), event=False) for i in RUNGS),
        *(Sum((f"ladder:now:{j}",), tuple(ladder[i, j] for i in RUNGS), event=False) for j in RUNGS),
        Sum(("ladder:people",), _each("ladder:start", map(str, RUNGS)), event=False),
        Sum(("ladder:up",), tuple(ladder[i, j] for i in RUNGS for j in RUNGS if j > i), event=False),
        Sum(("ladder:same",), tuple(ladder[i, i] for i in RUNGS), event=False),
        Sum(("ladder:down",), tuple(ladder[i, j] for i in RUNGS for j in RUNGS if j < i), event=False),
        *(Sum(("worked",), _each(f"hours:{when}", HOURS), event=False) for when in ("start", "last")),
        Sum(("worked",), _each("change", CHANGES), event=False),
        Sum(("worked",), ("back", "back:no"), event=False),
        Sum(("worked",), ("stairs:0", f"hours:start:{UNKNOWN}"), event=False),
        *_threads(),
        *_wellbeing(),
        *(
            Sum((of,), (f"complete:{key}", unknown), key not in STATED)
            for key, (of, unknown) in KNOWN.items()
        ),
    ]


def _threads() -> list[Sum]:
    """Who is still at work: by where they came from, and by whether it is with the first employer."""
    marks = [(week, what) for week in THREADS for what in ("followed", "still")]
    found = [
        Sum((f"kept:{week}:{what}",), _each("source", SOURCES, f":{what}:{week}")) for week, what in marks
    ]
    return [*found, *(Sum((f"kept:{w}:still",), (f"moved:{w}:same", f"moved:{w}:other")) for w in THREADS)]


def _wellbeing() -> list[Sum]:
    """Per question everybody who answered it twice, by what they said first and by what they said last."""
    return [
        Sum((f"wellbeing:{code}:people",), _each(f"wellbeing:{code}:{half}", BANDS), event=False)
        for code in FEELINGS
        for half in ("start", "now")
    ]


def orders() -> list[tuple[str, str]]:
    """Counts of which everybody may assume that the second never exceeds the first."""
    pairs = [("worked", "funnel:started"), ("worked", "saved:people"), ("funnel:started", "kept:4:followed")]
    pairs += [(f"change:{UNKNOWN}", f"hours:{when}:{UNKNOWN}") for when in ("start", "last")]
    for before, after in pairwise(STAGES):
        pairs.append((f"funnel:{before}", f"funnel:{after}"))
        pairs += [(f"source:{source}:{before}", f"source:{source}:{after}") for source in SOURCES]
    for week, later in pairwise(WEEKS):
        pairs += [(f"kept:{week}:{what}", f"kept:{later}:{what}") for what in ("followed", "still")]
    pairs += [(f"kept:{week}:followed", f"kept:{week}:still") for week in WEEKS]
    pairs += [(f"source:{s}:followed:{w}", f"source:{s}:still:{w}") for s in SOURCES for w in THREADS]
    pairs += [(f"stairs:{week}", f"stairs:{later}") for week, later in pairwise(STAIRS)]
    return pairs


def area_codes(figures: Figures) -> tuple[str, ...]:
    """The bureau's own areas by name, others where somebody lives, and unknown."""
    return (*sorted(figures.areas, key=lambda code: (figures.areas[code], code)), UNKNOWN)


def headlines(figures: Figures) -> set[str]:
    """Totals of the whole bureau: exact when they are themselves safe."""
    kept = {f"kept:{week}:{what}" for week in WEEKS for what in ("followed", "still")}
    return {
        *HEADLINES,
        "ladder:people",
        *kept,
        *_each("assignment", (str(a.id) for a in figures.assignments)),
    }


def names(figures: Figures) -> list[str]:
    """Every count of people that is printed, zeros included."""
    known = dict.fromkeys(name for line in sums(figures) for name in (*line.totals, *line.parts))
    known |= dict.fromkeys(headlines(figures) - known.keys())
    known |= dict.fromkeys(("begin:volunteering", "begin:activation", *(f"stairs:{week}" for week in STAIRS)))
    return sorted(known.keys() - {"back:no"})


def is_event(figures: Figures) -> set[str]:
    """Counts that add up over time: each person counts on one day."""
    lines = {name for line in sums(figures) if line.event for name in (*line.totals, *line.parts)}
    kept = {name for name in headlines(figures) if name.startswith("kept:")}
    return lines | kept | {"begin:volunteering", "begin:activation"}


def complete(figures: Figures) -> None:
    """Fill in the counts that are sums of others."""
    for line in sums(figures):
        if len(line.totals) == 1 and line.totals[0].startswith(("paid:", "ladder:", "wellbeing:")):
            figures.counts[line.totals[0]] = sum(figures.people(name) for name in line.parts)
            for unit in figures.units if line.event else ():
                unit[line.totals[0]] = sum(unit.get(name, 0) for name in line.parts)
    for key, (total, unknown) in KNOWN.items():
        figures.counts[f"complete:{key}"] = figures.people(total) - figures.people(unknown)
        for unit in figures.units if key not in STATED else ():
            unit[f"complete:{key}"] = unit.get(total, 0) - unit.get(unknown, 0)
    figures.counts["back:no"] = figures.people("worked") - figures.people("back")
