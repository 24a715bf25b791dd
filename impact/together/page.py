"""A sum of reports as people read it: the page, its figures one by one, and the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from buurtbaan.ui.charts import Chart, Pair, PairedBars
from impact.canonical import sha256
from impact.documents import Document, Published, rate_of, sections_of, shown, write_document
from impact.indicators import INDICATORS, Indicator
from impact.publishing import LEAST, SHARE_OF
from impact.together.tables import BUREAUS, KEYS, of_bureau

STYLESHEET = "static/css/together-pdf.css"


@dataclass(frozen=True)
class Cell:
    """A number under its words; figure: its id in the sum, for the line that is the sum."""

    words: str
    short: str
    told: str
    figure: str = ""


@dataclass(frozen=True)
class Line:
    """One bureau, with the report it comes from."""

    name: str
    report: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Source:
    """One report in the sum, and by which rules it was made."""

    report: int
    bureau: str
    version: int
    released_at: datetime
    measured_at: datetime
    definitions: str
    disclosure: str
    threshold: int
    figures_sha256: str


@dataclass(frozen=True)
class Whole:
    """The sum in the active language. total: its last line. without: bureaus that are not in it."""

    document: Document
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]
    sources: tuple[Source, ...]
    without: tuple[str, ...]
    notes: tuple[str, ...]
    chart: Chart
    has_least: bool
    has_hidden: bool


def whole_of(summed: Published, *, recount: str = "") -> Whole:
    """The sum as a document. recount: the address under which each figure shows its parts, without its id."""
    figures = summed["figures"]
    lines = tuple(_line(summed, part) for part in summed["parts"])
    states = {figures[key.name]["status"] for key in KEYS}
    states |= {
        figures[of_bureau(p["bureau"]["slug"], k.name)]["status"] for p in summed["parts"] for k in KEYS
    }
    return Whole(
        document=_document(summed, recount),
        lines=lines,
        total=tuple(Cell(str(key.words), str(key.short), shown(figures[key.name]), key.name) for key in KEYS),
        sources=tuple(_source(part) for part in summed["parts"]),
        without=tuple(summed["without"]),
        notes=tuple(summed["notes"]),
        chart=_chart(summed),
        has_least=LEAST in states,
        has_hidden="hidden" in states,
    )


def _document(summed: Published, recount: str) -> Document:
    period, sources = summed["period"], [_source(part) for part in summed["parts"]]
    figures = summed["figures"]
    return Document(
        bureau=summed["bureau"]["name"],
        municipality=summed["municipality"]["name"],
        since=date.fromisoformat(period["since"]),
        until=date.fromisoformat(period["until"]),
        version=1,
        measured_at=max(one.released_at for one in sources),
        threshold=max(one.threshold for one in sources),
        sha256=sha256(summed),
        versions={},
        tiles=tuple((shown(figures[key.name]), str(key.words), "", key.indicator) for key in KEYS),
        sentences=(),
        sections=tuple(sections_of(summed, recount)),
        indicators=tuple(INDICATORS.values()),
        rates=tuple(rate_of(rate) for rate in summed["rates"]),
        missing=(),
        employers=(),
        brief="impact/_together_brief.html",
        account="impact/_together_account.html",
    )


def _line(summed: Published, part: dict[str, Any]) -> Line:
    slug, figures = part["bureau"]["slug"], summed["figures"]
    cells = tuple(
        Cell(str(key.words), str(key.short), shown(figures[of_bureau(slug, key.name)])) for key in KEYS
    )
    return Line(part["bureau"]["name"], part["report"], cells)


def _source(part: dict[str, Any]) -> Source:
    return Source(
        report=part["report"],
        bureau=part["bureau"]["name"],
        version=part["version"],
        released_at=datetime.fromisoformat(part["released_at"]),
        measured_at=datetime.fromisoformat(part["measured_at"]),
        definitions=part["definitions"],
        disclosure=part["disclosure"],
        threshold=part["threshold"],
        figures_sha256=part["figures_sha256"],
    )


def _chart(summed: Published) -> Chart:
    """Who came and who began with work, bureau by bureau."""
    before, after = KEYS[0], KEYS[1]
    pairs = tuple(
        Pair(part["bureau"]["name"], *(_number(summed, part, key.name) for key in (before, after)))
        for part in summed["parts"]
    )
    title = _("Ingestapt en begonnen met werk, per bureau")
    about = _("Per bureau twee balken: hoeveel mensen instapten, en hoeveel mensen met werk begonnen.")
    legend = {"before": str(before.words), "after": _("Met werk"), "label": _("Bureau")}
    return PairedBars("chart-bureaus", title, about, pairs, **legend, width=480)


def _number(summed: Published, part: dict[str, Any], name: str) -> int | None:
    value = summed["figures"][of_bureau(part["bureau"]["slug"], name)]["value"]
    return None if value is None else int(value)


@dataclass(frozen=True)
class Recount:
    """One figure of the sum with what each report says of it, and how that was put together.

    parts: per report the bureau, the number of its release, and the number that stands there.
    """

    table: str
    row: str
    column: str
    told: str
    indicator: Indicator | None
    parts: tuple[tuple[str, int, str], ...]
    how: str
    why: str


def recounted(summed: Published, name: str) -> Recount | None:
    """The parts of one figure; None for what is no figure of the sum."""
    place = next(_places(summed, name), None)
    if place is None:
        return None
    table, row, column = place
    figure = summed["figures"][name]
    parts = tuple(
        (part["bureau"]["name"], part["report"], _told(value, status, figure["unit"]))
        for part, value, status in zip(summed["parts"], figure["parts"], figure["states"], strict=True)
    )
    key = next((key for key in KEYS if key.name == name), None)
    indicator = INDICATORS.get(key.indicator if key and table["id"] == BUREAUS else table["indicator"])
    return Recount(
        table["title"], row, column, shown(figure), indicator, parts, _how(name), _why(figure["status"])
    )  # fmt: skip


def _places(summed: Published, name: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Where a figure of all reports together stands, chapters before the table of bureaus."""
    if name.startswith("bureau:"):
        return
    for table in (*summed["tables"][1:], summed["tables"][0]):
        for (_code, row), names in zip(table["rows"], table["cells"], strict=True):
            if name in names:
                yield table, row, table["columns"][names.index(name)][1]


def _told(value: Any, status: str, unit: str) -> str:
    return shown({"value": value, "status": status, "unit": unit})


def _how(name: str) -> str:
    if name in SHARE_OF:
        return _(
            "Eerst tellen we beide aantallen van de rapporten op. Het percentage rekenen we daarna opnieuw uit."
        )
    if name.endswith(":mean"):
        return _(
            "Het gemiddelde van de rapporten, waarin elk rapport meetelt met het aantal mensen achter zijn eigen "
            "gemiddelde. Die zijn op één cijfer achter de komma afgerond."
        )
    return _("De getallen van de rapporten, opgeteld.")


def _why(status: str) -> str:
    return {
        LEAST: _(
            "In een of meer rapporten is dit aantal weggelaten of niet gemeten. We tellen op wat er wel staat. Samen "
            "zijn het er dus ten minste zoveel."
        ),
        "hidden": _(
            "In een of meer rapporten is dit getal weggelaten, zodat niemand te herkennen is. Daarom staat er hier ook "
            "geen."
        ),
        "none": _("In een of meer rapporten is hier geen getal voor. Daarom staat er hier ook geen."),
    }.get(status, "")


def paper_html(summed: Published) -> str:
    """The sum as HTML, the source of the PDF, in the active language."""
    whole = whole_of(summed)
    context = {
        "whole": whole,
        "document": whole.document,
        "language": summed["language"],
        "period": None,
        "stylesheet": STYLESHEET,
    }
    return render_to_string("documents/impact/together.html", context)


def paper(summed: Published) -> bytes:
    """The PDF (PDF/A-3a and PDF/UA-1) with the figures attached; the same sum always gives the same bytes."""
    return write_document(paper_html(summed), whole_of(summed).document, summed)
