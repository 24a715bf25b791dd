"""One's own shares beside those of the other bureaus that take part: their range and middle, never whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.charts import Strip
from impact.models import NetworkFigure

MIN_OTHERS = 3
"""With fewer other bureaus nothing is shown: one's own figure would tell theirs."""
MIN_PEOPLE = 10
"""A share of fewer people than this is not shared: one person would move it too much."""


@dataclass(frozen=True)
class Shared:
    """A share of published counts: how many of whom. about: whether it says who a bureau serves."""

    id: str
    name: Promise
    meaning: Promise
    part: tuple[str, ...]
    whole: tuple[str, ...]
    about: bool = False


SHARED: tuple[Shared, ...] = (
    Shared(
        "intake", _("Kwam tot een intake"), _("Van de mensen die instapten, het deel met een intake."),
        ("funnel:intake",), ("funnel:entered",),
    ),
    Shared(
        "started", _("Begon met werk"), _("Van de mensen die instapten, het deel dat begon met werk."),
        ("funnel:started",), ("funnel:entered",),
    ),
    Shared(
        "kept13", _("Na 13 weken nog aan het werk"), _("Van wie lang genoeg geleden begon, het deel dat nog werkt."),
        ("kept:13:still",), ("kept:13:followed",),
    ),
    Shared(
        "kept26", _("Na 26 weken nog aan het werk"), _("Van wie lang genoeg geleden begon, het deel dat nog werkt."),
        ("kept:26:still",), ("kept:26:followed",),
    ),
    Shared(
        "paid", _("Betaald werk"), _("Van wie begon met werk, het deel dat betaald werk heeft."),
        ("paid:yes",), ("funnel:started",),
    ),
    Shared(
        "up", _("Een stap omhoog op de ladder"), _("Van de mensen met twee metingen, het deel dat een trede klom."),
        ("ladder:up",), ("ladder:people",),
    ),
    Shared(
        "inside", _("Werk in de eigen wijk"), _("Van wie begon met werk, het deel dat in de wijk werkt."),
        ("inside:yes",), ("funnel:started",),
    ),
    Shared(
        "long", _("Lang zonder werk"),
        _("Van de mensen die instapten, het deel dat twee jaar of langer zonder werk was."),
        ("without:2", "without:5"), ("funnel:entered",), about=True,
    ),
    Shared(
        "older", _("55 jaar of ouder"), _("Van de mensen die instapten, het deel van 55 jaar of ouder."),
        ("age:55",), ("funnel:entered",), about=True,
    ),
    Shared(
        "sent", _("Aangemeld door een ander"),
        _("Van de mensen die instapten, het deel dat een organisatie aanmeldde."),
        ("source:referral:entered",), ("funnel:entered",), about=True,
    ),
)  # fmt: skip


def shares(published: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Each indicator's whole percent, from released counts alone; without what is hidden, small or never measured."""
    figures = published.get("figures", {})
    for one in SHARED:
        part, whole = _sum(figures, one.part), _sum(figures, one.whole)
        if part is not None and whole is not None and whole >= MIN_PEOPLE and part <= whole:
            yield one.id, round(100 * part / whole)


def _sum(figures: dict[str, Any], names: tuple[str, ...]) -> int | None:
    """The counts together, or None where one of them does not stand in the report."""
    found = [figures.get(name, {"status": "none", "value": None}) for name in names]
    if any(one["status"] != "shown" or one["value"] is None for one in found):
        return None
    return sum(int(one["value"]) for one in found)


@dataclass(frozen=True)
class Compared:
    """One indicator: the own percent, and the others' range when they are enough. named: who agreed to be named."""

    shared: Shared
    own: int | None
    others: tuple[int, ...]
    named: tuple[tuple[str, int], ...]

    @property
    def enough(self) -> bool:
        return len(self.others) >= MIN_OTHERS

    @property
    def low(self) -> int | None:
        return min(self.others) if self.enough else None

    @property
    def middle(self) -> int | None:
        return median_low(self.others) if self.enough else None

    @property
    def high(self) -> int | None:
        return max(self.others) if self.enough else None

    @property
    def sentence(self) -> str:
        """Where we are, without a judgement."""
        if self.own is None:
            return gettext("Van ons bureau is dit cijfer niet bekend of te klein om te delen.")
        if self.middle is None or self.low is None or self.high is None:
            return gettext("Wij: %(own)s%%. Er zijn nog te weinig andere bureaus met dit cijfer.") % {
                "own": self.own
            }
        values = {
            "own": self.own,
            "middle": self.middle,
            "low": self.low,
            "high": self.high,
            "n": len(self.others),
        }
        return (
            gettext(
                "Wij: %(own)s%%. De %(n)s andere bureaus: van %(low)s%% tot %(high)s%%, het midden is %(middle)s%%."
            )
            % values
        )

    def chart(self) -> Strip | None:
        if self.low is None or self.middle is None or self.high is None:
            return None
        name = f"vergelijk-{self.shared.id}"
        return Strip(name, str(self.shared.name), self.sentence, self.low, self.middle, self.high, self.own)


@dataclass(frozen=True)
class Comparison:
    """Everything on the page: how many others there are, over which days, and each indicator."""

    others: int
    since: date | None
    until: date | None
    results: tuple[Compared, ...]
    served: tuple[Compared, ...]

    @property
    def enough(self) -> bool:
        return self.others >= MIN_OTHERS


def comparison(key: UUID) -> Comparison:
    """What the bureau behind `key` may see, in one query, in the scope of its manager."""
    rows = list(NetworkFigure.objects.order_by("indicator", "percent"))
    others = {row.key for row in rows if row.key != key}
    every = [_compared(shared, key, rows) for shared in SHARED]
    return Comparison(
        others=len(others),
        since=min((row.since for row in rows), default=None),
        until=max((row.until for row in rows), default=None),
        results=tuple(one for one in every if not one.shared.about),
        served=tuple(one for one in every if one.shared.about),
    )


def _compared(shared: Shared, key: UUID, rows: list[NetworkFigure]) -> Compared:
    mine = [row for row in rows if row.indicator == shared.id]
    others = [row for row in mine if row.key != key]
    return Compared(
        shared=shared,
        own=next((row.percent for row in mine if row.key == key), None),
        others=tuple(row.percent for row in others),
        named=tuple((row.name, row.percent) for row in others if row.name)
        if len(others) >= MIN_OTHERS
        else (),
    )
