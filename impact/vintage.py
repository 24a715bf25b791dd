"""The same period reported once more: late entries and corrections must not show one by one.

Two reports of the same days differ by the few people whose data came late or were put right. Laid side by side,
every table would show in which row those few are. So a count in a breakdown that moved by less than the threshold
since an earlier report of the same days is hidden, and what was hidden there stays hidden while it hardly moved,
wherever that can be done without a headline. Totals of the whole bureau stay exact. What did not move at all is the
same figure printed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

STARTED = ("form", "paid", "inside", "employer", "sector")
KEPT = ("kept", "moved", "followed", "still")
AT_START = ("complete:inside", "complete:sector")


class Printed(Protocol):
    """What of an earlier report matters here."""

    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def printed(self) -> frozenset[str]: ...
    @property
    def hidden(self) -> frozenset[str]: ...


def kind_of_event(name: str) -> str:
    """Which day of a person's way a count of events is about."""
    first, *rest = name.split(":")
    what = rest[0] if first == "funnel" else rest[1] if first == "source" else first
    if what in KEPT:
        return "kept"
    if what in STARTED or name in AT_START:
        return "started"
    return f"{first}:{rest[0]}" if first == "begin" else what if first in ("funnel", "source") else "entered"


def moved(names: Iterable[str], now: Mapping[str, int], then: Printed) -> set[str]:
    """The kinds of events of which any count is another one than it was."""
    return {
        kind_of_event(name)
        for name in names
        if name in then.printed | then.hidden and now.get(name, 0) != then.counts.get(name, 0)
    }


def tells_who(name: str, value: int, then: Printed, threshold: int, *, total: bool) -> bool:
    """Whether a count, beside what an earlier report of the same days says, would point at a few people."""
    by = abs(value - then.counts.get(name, 0))
    if by >= threshold or name not in then.printed | then.hidden:
        return False
    return name in then.hidden or (by > 0 and not total)
