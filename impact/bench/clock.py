"""How long an act works: processor time of this process and of its database session together.

On a quiet machine that is what a visitor waits for; on a busy one it stays nearly the same, where a clock on the wall
tells about the neighbours. Where the database runs on another machine, the wall's clock is all there is.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

Act = Callable[[], Any]


@dataclass(frozen=True)
class Times:
    """Milliseconds of several turns: the median, and between which values the middle half lies; `wall` by the clock."""

    median: float
    low: float
    high: float
    wall: float

    @classmethod
    def of(cls, turns: Sequence[tuple[float, float]]) -> Times:
        """From (work, wall) of each turn."""
        work, wall = [turn[0] for turn in turns], [turn[1] for turn in turns]
        low, _middle, high = statistics.quantiles(work, n=4) if len(work) > 1 else (work[0],) * 3
        return cls(statistics.median(work), low, high, statistics.median(wall))


class Clock:
    """Times acts that use the default connection."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.session = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        self.sees_both = self._is_ours()

    def _is_ours(self) -> bool:
        try:
            return b"postgres" in (self.session.parent / "cmdline").read_bytes() and self._database() >= 0
        except OSError:
            return False

    def _database(self) -> float:
        return int(self.session.read_text().split()[0]) / 1e6

    def _work(self) -> float:
        return time.process_time() * 1000 + self._database() if self.sees_both else time.perf_counter() * 1000

    def time(self, act: Act) -> tuple[float, float]:
        """Milliseconds of work, and by the clock on the wall."""
        wall, work = time.perf_counter(), self._work()
        act()
        return self._work() - work, (time.perf_counter() - wall) * 1000

    def turns(self, acts: Sequence[Act], rounds: int, *, warm: int = 2) -> list[Times]:
        """Every act in turn, `rounds` times after some to warm up: what else the machine does, falls on all alike."""
        for _ in range(warm):
            for act in acts:
                act()
        found = [[self.time(act) for act in acts] for _ in range(rounds)]
        return [Times.of([turn[number] for turn in found]) for number in range(len(acts))]
