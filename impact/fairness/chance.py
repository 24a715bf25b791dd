"""What chance alone explains, by Fisher's exact test: no estimate, so it holds for small groups as well."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, lgamma

RARELY = 0.05
"""With equal chances for all, a page shows a signal once in twenty times at most."""


def by_chance(hits: int, size: int, other_hits: int, other_size: int) -> float:
    """How likely a difference at least this large is when both groups have the same chance; both ways, 0 to 1."""
    return min(
        1.0,
        2 * min(_at_least(hits, size, other_hits, other_size), _at_least(other_hits, other_size, hits, size)),
    )


def _at_least(hits: int, size: int, other_hits: int, other_size: int) -> float:
    """The share of all ways to spread the hits in which the first group has this many or more."""
    return min(1.0, sum(_shares(hits, size, other_hits, other_size)))


def _shares(hits: int, size: int, other_hits: int, other_size: int) -> Iterator[float]:
    """Of the ways to spread the hits: the share with this many in the first group, with one more, and so on."""
    all_hits = hits + other_hits
    share = exp(_ways(size, hits) + _ways(other_size, other_hits) - _ways(size + other_size, all_hits))
    for here in range(hits, min(size, all_hits) + 1):
        yield share
        there = all_hits - here
        share *= (size - here) * there / ((here + 1) * (other_size - there + 1))


def _ways(of: int, chosen: int) -> float:
    """The logarithm of the number of ways to choose."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
