"""The money of a neighbourhood in one drawing: from whom, through the bureau, to whom."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from buurtbaan.ui.charts import MoneyFlow, Stream
from impact.enums import FlowDirection
from impact.money.years import Line, MoneyYear


def picture(money: MoneyYear, house: str) -> MoneyFlow | None:
    """The year as streams; None where nothing was written down."""
    if money.empty:
        return None
    return MoneyFlow(
        id=f"geldstroom-{money.year}",
        title=title(money.year),
        description=about(),
        house=house,
        ins=_streams(money.ins),
        outs=_streams(money.outs),
    )


def title(year: int) -> str:
    return _("Geld in de wijk in %(year)s") % {"year": year}


def about() -> str:
    """What the drawing shows, for who does not see it."""
    return _("Links waar geld vandaan komt, rechts waar het heen gaat. Hoe breder, hoe meer euro.")


def _streams(lines: list[Line]) -> tuple[Stream, ...]:
    """One stream for each source, however often it was written down."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        found[line.label] += line.amount
    return tuple(Stream(label, amount) for label, amount in found.items())


def flow_picture(figures: dict[str, dict[str, Any]], table: dict[str, Any]) -> MoneyFlow | None:
    """The same picture from a table of a report; None while an amount may not be shown."""
    sides: list[list[Stream]] = [[], []]
    side = 0
    for (code, label), (cell,) in zip(table["rows"], table["cells"], strict=True):
        if code in FlowDirection.values:
            side = 1
            continue
        value = figures[cell]["value"]
        if value is None:
            return None
        sides[side].append(Stream(label.partition(": ")[2] or label, Decimal(str(value))))
    if not any(sides):
        return None
    ins, outs = (tuple(one) for one in sides)
    return MoneyFlow(f"chart-{table['id']}", table["title"], about(), _("het bureau"), ins, outs)
