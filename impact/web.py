"""Everything that somebody with all our reports could use against a hidden count, as one web of equations.

Reports of one bureau may follow each other, or hold each other whole (quarters in a year); a report that shares
only a part of its days with an earlier one can be made, but not released.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from impact import vintage
from impact.disclosure import Part, Table, Web
from impact.figures import (
    KNOWN,
    STAGES,
    STATED,
    THREADS,
    UNKNOWN,
    WEEKS,
    Figures,
    headlines,
    is_event,
    names,
    orders,
    sums,
)

STATES = (
    ("ladder",), ("measured",), ("told",), ("wellbeing",), ("worked", "hours", "change", "back"), ("stairs",),
    ("saved",), ("assignment",), ("budget",),
)  # fmt: skip
"""Families of counts about a moment. Unlike events they do not add up over time; they are tied to an earlier
report only where nothing in the family has changed since."""


@dataclass(frozen=True)
class Earlier:
    """A report that was released before: what it printed and hid, what the counts were, and how it was proven.

    told: the averages and amounts that it printed.
    """

    key: str
    since: date
    until: date
    printed: frozenset[str]
    hidden: frozenset[str]
    counts: dict[str, int]
    proof: list[Table] = field(default_factory=list)
    told: dict[str, Decimal] = field(default_factory=dict)

    def covers(self, figures: Figures) -> bool:
        """Whether it is about the same days."""
        return (self.since, self.until) == (figures.since, figures.until)


@dataclass(frozen=True)
class Unit:
    """A stretch of time that each report holds whole or not at all, and the events in it."""

    since: date
    until: date
    counts: dict[str, int]

    def within(self, since: date, until: date) -> bool:
        return since <= self.since and self.until <= until

    def atom(self, name: str) -> str:
        return f"{name}@{self.since}"


def within(earlier: Iterable[Earlier], since: date, until: date) -> list[Earlier]:
    """Earlier reports whose days all lie in this period: the ones that a subtraction could use."""
    return [report for report in earlier if since <= report.since and report.until <= until]


def crossing(earlier: Iterable[Earlier], since: date, until: date) -> list[Earlier]:
    """Earlier reports that share days with this period without lying in it: a bar to release."""
    touching = [report for report in earlier if report.since <= until and report.until >= since]
    return [report for report in touching if not (since <= report.since and report.until <= until)]


def cuts_of(reports: Sequence[Earlier], since: date, until: date) -> list[date]:
    """The first days of the stretches into which these reports divide the period."""
    starts = {since, *(report.since for report in reports)}
    starts |= {report.until + timedelta(days=1) for report in reports}
    return sorted(day for day in starts if day <= until)


def units_of(cuts: Sequence[date], until: date, counts: Sequence[dict[str, int]]) -> list[Unit]:
    ends = [*(day - timedelta(days=1) for day in cuts[1:]), until]
    return [Unit(start, end, unit) for start, end, unit in zip(cuts, ends, counts, strict=True)]


def web_of(figures: Figures, earlier: Sequence[Earlier] = (), units: Sequence[Unit] = ()) -> Web:
    """The printed counts of this report, how they add up, and their ties to what was released before."""
    web = Web()
    totals, same = headlines(figures), [one for one in earlier if one.covers(figures)]
    changed = {report.key: _changed(figures, report) for report in same}
    lines = sums(figures)
    alone = {line.parts[0] for line in lines if len(line.totals) == len(line.parts) == 1}
    for name in names(figures):
        value, total = figures.people(name), name in totals
        pointing = any(
            name in changed[report.key]
            and vintage.tells_who(name, value, report, figures.threshold, total=total or name in alone)
            for report in same
        )
        web.add(name, value, Part.TOTAL if total else Part.CELL, pointing=pointing)
    web.add("back:no", figures.people("back:no"), Part.DERIVED)
    for line in lines:
        web.balance({**dict.fromkeys(line.totals, 1), **dict.fromkeys(line.parts, -1)})
    for larger, smaller in orders():
        if larger in web.numbers and smaller in web.numbers:
            web.at_least(larger, smaller)
    if earlier:
        _tie_events(web, figures, earlier, units, changed)
        _tie_states(web, figures, earlier)
    return web


def _changed(figures: Figures, report: Earlier) -> set[str]:
    """Every count of a kind or family in which anything is another number than in a report of the same days."""
    events = is_event(figures)
    kinds = vintage.moved(events, figures.counts, report)
    found = {name for name in events if vintage.kind_of_event(name) in kinds}
    for members in _families(figures):
        if any(figures.people(name) != report.counts.get(name, 0) for name in members):
            found.update(members)
    return found


def _families(figures: Figures) -> Iterator[list[str]]:
    for families in STATES:
        yield [name for name in names(figures) if _family(name) in families]


def _family(name: str) -> str:
    """The first word of a name; what is known of a state belongs to that state."""
    first, *rest = name.split(":")
    return rest[0].split("_")[0] if first == "complete" and rest[0] in STATED else first


def _tie_events(
    web: Web,
    figures: Figures,
    earlier: Sequence[Earlier],
    units: Sequence[Unit],
    changed: Mapping[str, set[str]],
) -> None:
    """An event count is the sum of its stretches of time, in this report and in every earlier one."""
    events, totals = sorted(is_event(figures)), headlines(figures)
    for unit in units:
        for name in events:
            part = Part.LOOSE if name in totals else Part.DERIVED
            web.add(unit.atom(name), unit.counts.get(name, 0), part)
        for line in sums(figures):
            if line.event:
                signs = {**dict.fromkeys(line.totals, 1), **dict.fromkeys(line.parts, -1)}
                web.balance({unit.atom(name): sign for name, sign in signs.items()})
    for name in events:
        web.sums_to(name, [unit.atom(name) for unit in units])
        for report in earlier:
            if name in changed.get(report.key, ()):
                continue
            there = [unit.atom(name) for unit in units if unit.within(report.since, report.until)]
            value = sum(web.numbers[atom].value for atom in there)
            if _known(web, report, name, value):
                web.sums_to(f"{name}#{report.key}", there)


def _tie_states(web: Web, figures: Figures, earlier: Sequence[Earlier]) -> None:
    """A family of counts about a moment that did not change since is the same figure, printed twice."""
    for members in _families(figures):
        for report in earlier:
            if any(figures.people(name) != report.counts.get(name, 0) for name in members):
                continue
            for name in members:
                if _known(web, report, name, figures.people(name)):
                    web.sums_to(name, [f"{name}#{report.key}"])


def _known(web: Web, report: Earlier, name: str, value: int) -> bool:
    """Enter a count of an earlier report; False where that report did not have it."""
    if name not in report.printed | report.hidden:
        return False
    web.add(f"{name}#{report.key}", value, Part.RELEASED if name in report.printed else Part.WITHHELD)
    return True


def proofs(web: Web, figures: Figures, earlier: Sequence[Earlier], units: Sequence[Unit]) -> Iterator[Table]:
    """The tables that proved the earlier reports, in the names of this web, with what they change in this report."""
    events = is_event(figures)
    for report in earlier:
        whole = sum(unit.within(report.since, report.until) for unit in units) == 1
        for table in report.proof:
            renamed = _renamed(table, report, events if whole else set())
            here: Table = defaultdict(int)
            for name, by in renamed.items():
                own, at, _ = name.partition("@")
                state = name.removesuffix(f"#{report.key}")
                if at:
                    here[own] += by
                elif state != name and state not in events:
                    here[state] += by
            yield {name: by for name, by in (renamed | here).items() if by and name in web.numbers}


def _renamed(table: Table, report: Earlier, events: set[str]) -> Table:
    """A report's own names, marked as that report's; its events also as those of its stretch of time."""
    renamed = {name: by for name, by in table.items() if "@" in name or "#" in name}
    for name in table.keys() - renamed.keys():
        renamed[f"{name}#{report.key}"] = table[name]
        if name in events:
            renamed[f"{name}@{report.since}"] = table[name]
    return renamed


def imagine(
    figures: Figures, earlier: Sequence[Earlier], units: Sequence[Unit]
) -> Callable[[str], Iterator[Table]]:
    """Tables with people who might have taken part as well, in time that no earlier report covers."""
    free = [u for u in units if not any(u.within(report.since, report.until) for report in earlier)]
    events = is_event(figures) if earlier else set()

    def tables(name: str) -> Iterator[Table]:
        wanted = name.partition("@")[0].partition("#")[0]
        for unit in free:
            people = _somebody(figures, wanted)
            counts = [*people, *(unit.atom(member) for member in people if member in events)]
            yield dict.fromkeys(counts, figures.threshold)

    return tables


FAMILIES = (
    "via",
    "age",
    "area",
    "without",
    "resident",
    "measured",
    "told",
    "form",
    "inside",
    "employer",
    "sector",
)


def _somebody(figures: Figures, wanted: str) -> list[str]:
    """All counts in which one more person would be seen, who is among `wanted` and otherwise like the most."""
    lines = sums(figures)

    def pick(parts: tuple[str, ...]) -> str:
        return wanted if wanted in parts else max(parts, key=lambda name: (figures.people(name), name))

    source = (wanted if wanted.startswith("source:") else pick(lines[0].parts)).split(":")[1]
    found = [name for stage in STAGES for name in (f"funnel:{stage}", f"source:{source}:{stage}")]
    for line in lines:
        family = line.parts[0].split(":")[0]
        sent = family != "via" or source in ("organisation", "referral")
        if family in FAMILIES and sent and not line.totals[0].startswith("paid:"):
            found.append(pick(line.parts))
    found += [
        line.totals[0]
        for line in lines
        if line.totals[0].startswith("paid:") and set(line.parts) & set(found)
    ]
    weeks = [week for week in WEEKS if week <= _week(wanted)]
    found += [f"kept:{week}:{what}" for week in weeks for what in ("followed", "still")]
    for week in set(weeks) & set(THREADS):
        found += [f"source:{source}:{what}:{week}" for what in ("followed", "still")]
        found.append(wanted if wanted.startswith(f"moved:{week}:") else f"moved:{week}:same")
    found += _at_work(figures, wanted)
    return found + [
        f"complete:{key}" for key, (of, unknown) in KNOWN.items() if of in found and unknown not in found
    ]


def _at_work(figures: Figures, wanted: str) -> list[str]:
    """The counts about a moment in which somebody who began with work is seen too."""
    found = ["worked"]
    for line in sums(figures):
        if line.totals == ("worked",) and len(line.parts) > 2:
            known = [part for part in line.parts if not part.endswith(f":{UNKNOWN}")]
            most = max(known, key=lambda name: (figures.people(name), name))
            found.append(wanted if wanted in line.parts else most)
    found.append("back" if wanted == "back" else "back:no")
    return found if f"hours:start:{UNKNOWN}" in found else [*found, "stairs:0"]


def _week(name: str) -> int:
    """How many weeks after the start a count is about; 0 for others."""
    kind, *rest = name.split(":")
    if kind in ("kept", "moved"):
        return int(rest[0])
    return int(rest[2]) if kind == "source" and rest[2:] else 0
