"""Invented people, counted in plain Python: a second opinion on what the SQL counts, and food for the attacker."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from candidates.enums import OrganisationKind, Source
from employers.enums import EmployerKind, WorkForm
from impact.figures import (
    AGES,
    BANDS,
    FEELINGS,
    FORMS,
    HOURS,
    STAIRS,
    THREADS,
    UNKNOWN,
    WEEKS,
    WITHOUT_WORK,
    Figures,
    complete,
)

AREAS = {"BU05180101": "Noord", "BU05180102": "Zuid", "BU05180103": "Oost"}


@dataclass
class Invented:
    """Somebody's way through the bureau, as far as a report asks."""

    entered: date
    source: str
    via: str
    age: str
    area: str
    without: str
    resident: str
    intake: date | None = None
    introduced: date | None = None
    started: date | None = None
    form: str = ""
    inside: str = UNKNOWN
    employer: str = ""
    sector: str = UNKNOWN
    last_day: date = date.max
    hours_start: str = UNKNOWN
    hours_last: str = UNKNOWN
    hours: Decimal = Decimal(0)
    first_employer_until: date = date.max
    told: list[tuple[date, dict[str, str]]] = field(default_factory=list)
    rungs: list[tuple[date, int]] = field(default_factory=list)


def invent(chance: random.Random, people: int, since: date, days: int) -> list[Invented]:
    return [_one(chance, since, days) for _ in range(people)]


def _one(chance: random.Random, since: date, days: int) -> Invented:
    entered = since + timedelta(days=chance.randrange(days))
    person = Invented(
        entered=entered,
        source=chance.choices([*Source.values, UNKNOWN], [2, 6, 3, 2, 1, 1])[0],
        via=chance.choice([*OrganisationKind.values, UNKNOWN]),
        age=chance.choices(AGES, [3, 5, 5, 4, 1])[0],
        area=chance.choices([*AREAS, UNKNOWN], [6, 4, 2, 1])[0],
        without=chance.choice(WITHOUT_WORK),
        resident=chance.choices(["resident", "student"], [9, 1])[0],
        rungs=[
            (entered + timedelta(days=chance.randrange(200) * i), chance.randint(1, 5))
            for i in range(chance.randrange(4))
        ],
        told=[
            (entered + timedelta(days=90 * i), {code: chance.choice(BANDS) for code in FEELINGS})
            for i in range(chance.randrange(4))
        ],
    )  # fmt: skip
    when = entered
    for step in ("intake", "introduced", "started"):
        when += timedelta(days=chance.randrange(1, 40))
        if chance.random() > 0.8:
            return person
        setattr(person, step, when)
    person.form = chance.choice(FORMS)
    person.inside = chance.choice(["yes", "no", UNKNOWN])
    person.employer = chance.choice(EmployerKind.values)
    person.sector = chance.choice(["C", "I", "Q", UNKNOWN])
    person.hours_start, person.hours_last = chance.choice(HOURS), chance.choice(HOURS)
    if person.hours_start != UNKNOWN:
        person.hours = Decimal(person.hours_start) + Decimal(chance.randrange(78)) / 10
    if chance.random() < 0.3:
        person.first_employer_until = when + timedelta(days=chance.randrange(200))
    if chance.random() < 0.3:
        person.last_day = when + timedelta(days=chance.randrange(300))
    return person


def count(people: list[Invented], since: date, until: date) -> Counter[str]:
    """The events in a period and the states at its end."""
    found: Counter[str] = Counter()
    for person in people:
        _events(found, person, since, until)
        _states(found, person, since, until)
    return found


def _events(found: Counter[str], person: Invented, since: date, until: date) -> None:
    def happened(day: date | None) -> bool:
        return day is not None and since <= day <= until

    for stage in ("entered", "intake", "introduced", "started"):
        if happened(getattr(person, stage)):
            found[f"funnel:{stage}"] += 1
            found[f"source:{person.source}:{stage}"] += 1
    if happened(person.entered):
        if person.source in ("organisation", "referral"):
            found[f"via:{person.via}"] += 1
        for family in ("age", "area", "without", "resident"):
            found[f"{family}:{getattr(person, family)}"] += 1
    if happened(person.started):
        for family in ("form", "inside", "employer", "sector"):
            found[f"{family}:{getattr(person, family)}"] += 1
    for week in WEEKS if person.started else ():
        mark = person.started + timedelta(weeks=week)
        if happened(mark):
            found[f"kept:{week}:followed"] += 1
            found[f"kept:{week}:still"] += person.last_day >= mark
            if week in THREADS:
                _thread(found, person, week, mark)


def _thread(found: Counter[str], person: Invented, week: int, mark: date) -> None:
    found[f"source:{person.source}:followed:{week}"] += 1
    if person.last_day >= mark:
        found[f"source:{person.source}:still:{week}"] += 1
        found[f"moved:{week}:{'same' if person.first_employer_until >= mark else 'other'}"] += 1


def _wellbeing(found: Counter[str], person: Invented, since: date, until: date) -> None:
    said = sorted((day, bands) for day, bands in person.told if day <= until)
    if since <= person.entered <= until:
        found["told:yes" if said else "told:no"] += 1
    if len(said) > 1 and said[-1][0] >= since:
        for code in FEELINGS:
            found[f"wellbeing:{code}:start:{said[0][1][code]}"] += 1
            found[f"wellbeing:{code}:now:{said[-1][1][code]}"] += 1


def _states(found: Counter[str], person: Invented, since: date, until: date) -> None:
    _wellbeing(found, person, since, until)
    if since <= person.entered <= until:
        found["measured:yes" if any(day <= until for day, _ in person.rungs) else "measured:no"] += 1
    known = sorted((day, rung) for day, rung in person.rungs if day <= until)
    if len(known) > 1 and known[-1][0] >= since:
        found[f"ladder:{known[0][1]}:{known[-1][1]}"] += 1
    if person.started and person.started <= until and person.last_day >= since:
        found["worked"] += 1
        found[f"hours:start:{person.hours_start}"] += 1
        found[f"hours:last:{person.hours_last}"] += 1
        found[f"change:{_change(person)}"] += 1
        for week in STAIRS:
            mark = person.started + timedelta(weeks=week)
            found[f"stairs:{week}"] += person.hours_start != UNKNOWN and mark <= min(until, person.last_day)


def _change(person: Invented) -> str:
    if UNKNOWN in (person.hours_start, person.hours_last):
        return UNKNOWN
    start, last = int(person.hours_start), int(person.hours_last)
    return "more" if last > start else "fewer" if last < start else "same"


def figures_of(people: list[Invented], since: date, until: date, threshold: int = 5) -> Figures:
    figures = Figures(
        bureau="Proefbureau", slug="proefbureau", municipality="Proefstad", municipality_code="GM9999",
        threshold=threshold, since=since, until=until, measured_at=datetime(2026, 9, 1, 9, 0, tzinfo=UTC),
        counts=dict(count(people, since, until)), areas=dict(AREAS), sectors=["C", "I", "Q", UNKNOWN],
    )  # fmt: skip
    complete(figures)
    at_work = [one for one in people if one.started and one.started <= until and one.last_day >= since]
    hours = [one.hours for one in at_work if one.hours_start != UNKNOWN]
    mean = (sum(hours) / len(hours)).quantize(Decimal("0.1")) if hours else None
    figures.means = dict.fromkeys(("hours:start", "stairs:0"), (len(hours), mean))
    return figures


__all__ = ["AREAS", "Invented", "WorkForm", "count", "figures_of", "invent"]
