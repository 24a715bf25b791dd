"""Which of the numbers may stand on a page that is printed and passed on: the same rule as in the reports."""

from __future__ import annotations

from itertools import pairwise

from impact.disclosure import Part, Unprotectable, Web, protect
from impact.fairness.counts import ALL, STEPS, Group, Measured


def name(trait: str, code: str, step: str) -> str:
    return f"{trait}:{code}:{step}"


def shown(measured: Measured, *, threshold: int) -> frozenset[str]:
    """The names of the counts that may be shown; none where small ones cannot be kept back."""
    web = Web()
    whole = Group(ALL, "", measured.total)
    _enter(web, ALL, whole, Part.TOTAL)
    for trait, groups in measured.groups.items():
        for group in groups:
            _enter(web, trait, group, Part.CELL)
        for step in STEPS if groups else ():
            web.sums_to(name(ALL, ALL, step), [name(trait, group.code, step) for group in groups])
    try:
        hidden = protect(web, threshold=threshold).hidden
    except Unprotectable:
        return frozenset()
    return frozenset(web.numbers) - hidden


def _enter(web: Web, trait: str, group: Group, part: Part) -> None:
    """A group's counts; each step is no larger than the one before it."""
    names = [name(trait, group.code, step) for step in STEPS]
    for one, value in zip(names, group.counts, strict=True):
        web.add(one, value, part)
    for larger, smaller in pairwise(names):
        web.at_least(larger, smaller)
