"""Which drawing suits which table of a report; drawn from published figures only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from buurtbaan.ui.charts import (
    Bar,
    Bars,
    Chart,
    Funnel,
    LadderMatrix,
    Mark,
    Mix,
    Pair,
    PairedBars,
    People,
    Range,
    Staircase,
    Survival,
    Tread,
)
from buurtbaan.ui.formats import euro
from candidates.enums import Rung
from impact.figures import STAIRS, WEEKS
from impact.indicators import INDICATORS
from impact.money.picture import flow_picture
from impact.publishing import LEAST

Figures = dict[str, dict[str, Any]]


def drawing(figures: Figures, table: dict[str, Any]) -> Chart | None:
    """The drawing of a table; None where the table says it better."""
    title = table["title"]
    name = f"chart-{table['id']}"
    about = _about(table)
    bars = _bars(figures, table)
    match table["id"]:
        case "funnel":
            return Funnel(name, title, about, tuple(_with_share(bar, bars[0]) for bar in bars))
        case "age" | "area" | "without" | "employer" | "sector" | "via":
            shown = tuple(bar for bar in bars if bar.value != 0)
            return Bars(name, title, about, shown, label=table["head"]) if shown else None
        case "form" | "paid" | "inside":
            shown = tuple(bar for bar in bars if bar.value != 0)
            return Mix(name, title, about, shown, label=table["head"]) if shown else None
        case "ladder":
            counts = tuple(tuple(_value(figures, cell) for cell in row[:-1]) for row in table["cells"][:-1])
            return LadderMatrix(name, title, about, tuple(str(label) for label in Rung.labels), counts)
        case "hours":
            return _hours(figures, table, name, about)
        case "wellbeing":
            return _wellbeing(figures, table, name, about)
        case "stairs":
            return _stairs(figures, table, name, about)
        case "kept":
            return _kept(figures, title, name, about)
        case "saved":
            return _saved(figures, title, name, about)
    if table["id"].startswith("flow-"):
        return flow_picture(figures, table)
    return None


def people(figures: Figures) -> Chart | None:
    """Everybody who entered as a dot; those who began with work are filled. None when one of the two is hidden."""
    entered, started = _value(figures, "funnel:entered"), _value(figures, "funnel:started")
    if not entered or started is None or started > entered:
        return None
    words = {"started": started, "entered": entered}
    title = _("%(started)s mensen begonnen met werk, %(entered)s stapten in") % words
    return People("chart-people", title, title, entered, started)


def _about(table: dict[str, Any]) -> str:
    indicator = INDICATORS.get(table["indicator"])
    return str(indicator.definition) if indicator else str(table["title"])


def _value(figures: Figures, name: str) -> int | None:
    """A lower bound is drawn as what is left out: its bar would look like the whole."""
    figure = figures[name]
    return None if figure["value"] is None or figure["status"] == LEAST else int(figure["value"])


def _bars(figures: Figures, table: dict[str, Any]) -> tuple[Bar, ...]:
    rows = table["rows"][:-1] if table["total"] else table["rows"]
    pairs = zip(rows, table["cells"], strict=False)
    return tuple(Bar(label, _value(figures, cells[0])) for (_code, label), cells in pairs)


def _with_share(bar: Bar, first: Bar) -> Bar:
    if bar is first or not first.value or bar.value is None:
        return bar
    return Bar(bar.label, bar.value, f"{round(100 * int(bar.value) / int(first.value))}%")


def _hours(figures: Figures, table: dict[str, Any], name: str, about: str) -> Chart:
    rows = zip(table["rows"][:-1], table["cells"], strict=False)
    pairs = tuple(Pair(row[1], _value(figures, cells[0]), _value(figures, cells[1])) for row, cells in rows)
    before, after = (word for _key, word in table["columns"])
    known = tuple(pair for pair in pairs if (pair.before, pair.after) != (0, 0))
    return PairedBars(name, table["title"], about, known, before=before, after=after, label=table["head"])


def _wellbeing(figures: Figures, table: dict[str, Any], name: str, about: str) -> Chart | None:
    """Per question how many gave one of the two best answers, first and now."""
    before, after = (label for _key, label in table["columns"])
    pairs = tuple(
        Pair(label, *(_value(figures, cell) for cell in cells))
        for (code, label), cells in zip(table["rows"], table["cells"], strict=True)
        if code.endswith(":high")
    )
    known = tuple(pair for pair in pairs if (pair.before, pair.after) != (0, 0))
    if not known:
        return None
    return PairedBars(name, table["title"], about, known, before=before, after=after, label=table["head"])


def _stairs(figures: Figures, table: dict[str, Any], name: str, about: str) -> Chart | None:
    """The average of those still at work, from one week mark to the next, as far as it may be shown."""
    treads = []
    ends = [*STAIRS[1:], STAIRS[-1] + 6]
    for week, end, (_code, label) in zip(STAIRS, ends, table["rows"], strict=True):
        mean = figures[f"stairs:{week}:mean"]["value"]
        if mean is None:
            break
        treads.append(Tread(week, end, Decimal(str(mean)), label))
    if not treads:
        return None
    last = _("na %(n)s weken") % {"n": int(treads[-1].starts)}
    return Staircase(
        name, table["title"], about, tuple(treads), first=_("start"), last=last if treads[1:] else ""
    )


def _kept(figures: Figures, title: str, name: str, about: str) -> Chart:
    """As far as anybody could be followed, and at least a quarter of a year."""
    reached = [week for week in WEEKS if figures[f"kept:{week}:followed"]["value"] != 0]
    last = max([13, *reached])
    marks = tuple(_mark(figures, week) for week in WEEKS if week <= last)
    return Survival(name, title, about, marks, weeks=last)


def _mark(figures: Figures, week: int) -> Mark:
    return Mark(week, _value(figures, f"kept:{week}:followed"), _value(figures, f"kept:{week}:still"))


def _saved(figures: Figures, title: str, name: str, about: str) -> Chart | None:
    low, high = figures["saved:low"]["value"], figures["saved:high"]["value"]
    if low is None or high is None:
        return None
    return Range(name, title, about, Decimal(str(low)), Decimal(str(high)), euro(low), euro(high))
