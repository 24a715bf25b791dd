"""A small example of the rule for small counts, worked out by the rule itself so that the words never drift from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from impact.disclosure import Part, Web, protect

THRESHOLD = 5
PEOPLE = {"north": 14, "east": 9, "south": 3, "west": 12}


@dataclass(frozen=True)
class Row:
    """An area: how many people there are, what is shown, and two numbers that it could be."""

    label: str
    people: int
    small: bool
    hidden: bool
    low: int
    high: int


@dataclass(frozen=True)
class Example:
    rows: tuple[Row, ...]
    total: int
    threshold: int

    @property
    def small(self) -> Row:
        """The row it is all about."""
        return next(row for row in self.rows if row.small)

    @property
    def beside(self) -> Row:
        """The row that is hidden along with it."""
        return next(row for row in self.rows if row.hidden and not row.small)

    @property
    def others(self) -> int:
        """What the rows that are shown add up to when only the small one is left out."""
        return self.total - self.small.people


def example() -> Example:
    """Four areas with one small count, protected as a report is."""
    words = {"north": _("Noord"), "east": _("Oost"), "south": _("Zuid"), "west": _("West")}
    web = Web()
    for name, people in PEOPLE.items():
        web.add(name, people)
    web.add("total", sum(PEOPLE.values()), Part.TOTAL)
    web.sums_to("total", PEOPLE)
    guard = protect(web, threshold=THRESHOLD)
    small = next(name for name, people in PEOPLE.items() if 0 < people < THRESHOLD)
    tables = sorted([{}, *guard.tables], key=lambda table: table.get(small, 0))
    low, high = tables[0], tables[-1]
    rows = tuple(
        Row(words[n], p, n == small, n in guard.hidden, p + low.get(n, 0), p + high.get(n, 0))
        for n, p in PEOPLE.items()
    )
    return Example(rows, sum(PEOPLE.values()), THRESHOLD)
