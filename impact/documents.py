"""What a report says, section by section, for the page and for the PDF alike; and the PDF itself."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats as django_formats
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from weasyprint import HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from buurtbaan.ui.charts import Bar, Bars, Chart, Funnel, LadderMatrix, Mix, Pair, PairedBars
from candidates.enums import Rung
from impact.canonical import canonical, sha256
from impact.exports import as_csv
from impact.indicators import INDICATORS, Indicator

HIDDEN_MARK = "∗"
NOTHING = "–"
PAGES = Path(settings.BASE_DIR)
Published = dict[str, Any]


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Block:
    """One table with its drawing and what the figure means."""

    id: str
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    indicator: Indicator | None
    chart: Chart | None = None
    has_hidden: bool = False


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    intro: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A report in the active language. `tiles` and `sentences` are the page that says it all."""

    bureau: str
    municipality: str
    since: date
    until: date
    version: int
    measured_at: datetime
    threshold: int
    sha256: str
    versions: dict[str, str]
    tiles: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    rates: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]
    employers: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


PARTS = (
    ("begin", ("funnel", "source", "via")),
    ("wie", ("age", "area", "without", "resident")),
    ("stappen", ("ladder", "direction", "hours", "change", "stairs")),
    ("werk", ("form", "paid", "inside", "employer", "sector", "begin", "places")),
    ("volhouden", ("kept",)),
    ("geld", ("assignment", "flow", "saved")),
    ("volledig", ("complete",)),
)


def _words(part: str) -> tuple[str, str]:
    return {
        "begin": (
            _("Van eerste gesprek tot werk"),
            _("Hoeveel mensen kwamen er, en hoe ver kwamen zij in deze periode?"),
        ),
        "wie": (
            _("Wie deden er mee"),
            _(
                "Wat mensen zelf wilden vertellen. “Onbekend” is een eigen regel: niemand hoeft iets te zeggen."
            ),
        ),
        "stappen": (
            _("Stappen"),
            _("Meedoen groeit in eigen tempo. Een stap terug is gewoon en hoort erbij."),
        ),
        "werk": (_("Het werk"), _("Welk werk mensen vonden, en bij wie.")),
        "volhouden": (_("Aan het werk blijven"), _("Van wie lang genoeg geleden begon: wie werkt er nog?")),
        "geld": (_("Geld"), _("Wat is afgesproken, wat kwam er binnen en wat ging eruit.")),
        "volledig": (_("Hoe volledig zijn de gegevens"), _("Van hoeveel mensen is bekend wat we vertellen.")),
    }[part]


def report_document(published: Published) -> Document:
    """The published figures as a document in the active language; no other figures exist here."""
    tables = {table["id"]: table for table in published["tables"]}
    return Document(
        bureau=published["bureau"]["name"],
        municipality=published["municipality"]["name"],
        since=date.fromisoformat(published["period"]["since"]),
        until=date.fromisoformat(published["period"]["until"]),
        version=published["version"],
        measured_at=parse_datetime(published["measured_at"]) or datetime.min,  # noqa: DTZ901
        threshold=published["threshold"],
        sha256=sha256(published),
        versions=published["versions"],
        tiles=tuple(_tiles(published)),
        sentences=tuple(_sentences(published)),
        sections=tuple(_sections(published, tables)),
        indicators=tuple(INDICATORS.values()),
        rates=tuple(published["rates"]),
        missing=tuple(published["missing"]),
        employers=tuple(published["employers"]),
    )


def _sections(published: Published, tables: dict[str, Any]) -> Iterator[Section]:
    for part, ids in PARTS:
        found = [t for t in tables.values() if t["id"] in ids or t["id"].split("-")[0] in ids]
        if found:
            title, intro = _words(part)
            yield Section(part, title, intro, tuple(_block(published, table) for table in found))


def _block(published: Published, table: dict[str, Any]) -> Block:
    figures = published["figures"]
    last = len(table["rows"]) - 1
    rows = tuple(
        Row(label, tuple(shown(figures[name]) for name in names), total=table["total"] and place == last)
        for place, ((_code, label), names) in enumerate(zip(table["rows"], table["cells"], strict=True))
    )
    return Block(
        id=table["id"],
        title=table["title"],
        head=table["head"],
        columns=tuple(word for _key, word in table["columns"]),
        rows=rows,
        indicator=INDICATORS.get(table["indicator"]),
        chart=_chart(figures, table),
        has_hidden=any(figures[name]["status"] == "hidden" for names in table["cells"] for name in names),
    )


def shown(figure: dict[str, Any]) -> str:
    """A figure as people read it: a mark where it is left out, a dash where there is none."""
    if figure["status"] == "hidden":
        return HIDDEN_MARK
    if figure["value"] is None:
        return NOTHING
    value = Decimal(str(figure["value"]))
    decimals = 0 if value == value.to_integral_value() else 1
    text = django_formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
    return f"€ {text}" if figure["unit"] == "euro" else text


def _value(figures: dict[str, Any], name: str) -> int | None:
    value = figures[name]["value"]
    return None if value is None else int(value)


def _chart(figures: dict[str, Any], table: dict[str, Any]) -> Chart | None:
    """The drawing that suits a table; most tables need none."""
    kind, title = table["id"], table["title"]
    rows = table["rows"][:-1] if table["total"] else table["rows"]
    names = table["cells"][: len(rows)]
    bars = tuple(
        Bar(label, _value(figures, cells[0])) for (_code, label), cells in zip(rows, names, strict=True)
    )
    about = {"id": f"chart-{kind}", "title": title, "description": _description(table)}
    match kind:
        case "funnel":
            return Funnel(**about, stages=bars)
        case "age" | "area" | "form" | "employer" | "sector":
            return Bars(**about, bars=tuple(bar for bar in bars if bar.value != 0), label=table["head"])
        case "paid" | "inside":
            return Mix(**about, parts=bars, label=table["head"])
        case "ladder":
            counts = tuple(tuple(_value(figures, name) for name in row[:-1]) for row in names)
            return LadderMatrix(**about, rungs=tuple(str(label) for label in Rung.labels), counts=counts)
        case "hours" | "kept":
            return _pairs(figures, table, about)
    return None


def _pairs(figures: dict[str, Any], table: dict[str, Any], about: dict[str, str]) -> Chart:
    rows = table["rows"][:-1] if table["total"] else table["rows"]
    pairs = tuple(
        Pair(label, _value(figures, cells[0]), _value(figures, cells[1]))
        for (_code, label), cells in zip(rows, table["cells"], strict=False)
    )
    before, after = (word for _key, word in table["columns"])
    return PairedBars(**about, pairs=pairs, before=before, after=after, label=table["head"])


def _description(table: dict[str, Any]) -> str:
    indicator = INDICATORS.get(table["indicator"])
    return str(indicator.definition) if indicator else str(table["title"])


def _tiles(published: Published) -> Iterator[tuple[str, str, str]]:
    """Number, what it is, and beside what."""
    figures = published["figures"]
    entered, started = figures["funnel:entered"], figures["funnel:started"]
    yield shown(entered), _("mensen ingestapt"), ""
    yield shown(started), _("mensen begonnen met werk"), _("van de %(n)s") % {"n": shown(entered)}
    week = next((w for w in (26, 13, 4) if figures.get(f"kept:{w}:followed", {}).get("value")), None)
    if week:
        still, followed = figures[f"kept:{week}:still"], figures[f"kept:{week}:followed"]
        beside = _("van de %(n)s die toen begonnen") % {"n": shown(followed)}
        yield shown(still), _("na %(week)s weken nog aan het werk") % {"week": week}, beside
    money = [figures[f"assignment:{a['id']}:amount"]["value"] for a in published["assignments"]]
    if money:
        total = {"status": "shown", "value": sum(money), "unit": "euro"}
        yield shown(total), _("aan impactopdrachten"), ""


def _sentences(published: Published) -> Iterator[str]:
    figures = published["figures"]
    values = {"bureau": published["bureau"]["name"]}
    names = ("entered", "started")
    numbers = {name: shown(figures[f"funnel:{name}"]) for name in names}
    yield _("In deze periode stapten %(entered)s mensen in bij %(bureau)s.") % {**values, **numbers}
    yield (
        _("Er begonnen %(started)s mensen met werk bij een sociaal ondernemer of een andere werkgever.")
        % numbers
    )
    back = figures.get("back")
    if back and back["status"] == "shown" and back["value"]:
        yield _("%(back)s mensen deden een stap terug in uren. Dat mag, en zij bleven in beeld.") % {
            "back": shown(back)
        }
    else:
        yield _("Mensen groeien in hun eigen tempo. Een stap terug mag altijd.")


def pdf_html(published: Published, *, language: str) -> str:
    """The report as HTML, the source of the PDF."""
    with translation.override(language):
        document = report_document(published)
        return render_to_string("documents/impact/report.html", {"document": document, "language": language})


def render_report(published: Published, *, language: str) -> bytes:
    """The PDF of a report, tagged for screen readers (PDF/UA-1), with the figures as CSV and JSON attached.

    The same figures always give the same bytes: dates and identifiers come from the figures, not from the clock.
    """
    with translation.override(language):
        html = pdf_html(published, language=language)
        files = [
            _attached(as_csv(published), "cijfers.csv", _("Alle cijfers als CSV"), published),
            _attached(canonical(published), "cijfers.json", _("Alle cijfers als JSON"), published),
        ]
    with _steady():
        page = HTML(string=html, base_url=str(PAGES) + "/")
        rendered = page.render(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")
        rendered.metadata.attachments.extend(files)
        return bytes(
            rendered.write_pdf(
                pdf_variant="pdf/ua-1", pdf_identifier=sha256(published).encode()[:16], custom_metadata=False
            )
        )


def _attached(data: bytes, name: str, description: str, published: Published) -> Attachment:
    moment = parse_datetime(published["measured_at"])
    return Attachment(
        string=data, name=name, description=description, relationship="Data", created=moment, modified=moment
    )


@contextmanager
def _steady() -> Iterator[None]:
    """The same bytes every time: fontTools would write the clock into fonts. And faster: no garbage collection
    in the middle of a layout, which costs a third of its time."""
    was, before = gc.isenabled(), os.environ.get("SOURCE_DATE_EPOCH")
    gc.disable()
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
        if was:
            gc.enable()
