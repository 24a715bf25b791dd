"""What a report says, section by section, for the page and for the PDF alike; and the PDF itself."""

from __future__ import annotations

from collections.abc import Iterator
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
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import RateUnit
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.charts import Chart
from buurtbaan.ui.formats import NBSP, euro, number
from buurtbaan.ui.pdf import write_pdf
from impact.canonical import canonical, sha256
from impact.changes import Changed, told
from impact.drawings import drawing, people
from impact.exports import as_csv
from impact.indicators import INDICATORS, Indicator
from impact.publishing import LEAST

HIDDEN_MARK = "∗"
NOTHING = "–"
LEAST_MARK = "+"
SHORT = ("via", "form", "employer", "sector", "inside", "source", "by_source")
"""Tables with many fixed rows: in the document, rows of nothing but zeros are left out; the files have them."""
LONG = 18
PAGES = Path(settings.BASE_DIR)
STYLESHEET = "static/css/report-pdf.css"
Published = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """figures: the id of the figure in each cell."""

    label: str
    cells: tuple[str, ...]
    total: bool = False
    figures: tuple[str, ...] = ()

    @property
    def named(self) -> list[tuple[str, str]]:
        """Each cell with the id of its figure."""
        return list(zip(self.cells, self.figures, strict=False))


@dataclass(frozen=True)
class Block:
    """One table with its drawing and what the figure means. recount: where its cells lead, if anywhere."""

    id: str
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    indicator: Indicator | None
    chart: Chart | None = None
    has_hidden: bool = False
    has_least: bool = False
    zeros_left_out: bool = False
    recount: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was counted in this period: every cell is nought or has no number."""
        return not any(cell.strip("€%\u00a00,.–") for row in self.rows for cell in row.cells)

    @property
    def long(self) -> bool:
        """Too many rows to stand beside a drawing, or to stay on one page."""
        return len(self.rows) > LONG


@dataclass(frozen=True)
class Told:
    """A story as somebody agreed to have it told, under another name."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
    stories: tuple[Told, ...] = ()


@dataclass(frozen=True)
class UsedRate:
    """A dated figure that a sum rests on, and who says so."""

    label: str
    value: str
    since: date | None
    source: str
    note: str


@dataclass(frozen=True)
class Document:
    """A report in the active language. `tiles` and `sentences` are the page that says it all.

    brief, account: the templates of the first and the last part on the page.
    """

    bureau: str
    municipality: str
    since: date
    until: date
    version: int
    measured_at: datetime
    threshold: int
    sha256: str
    versions: dict[str, str]
    tiles: tuple[tuple[str, str, str, str], ...]
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    rates: tuple[UsedRate, ...]
    missing: tuple[str, ...]
    employers: tuple[str, ...]
    people: Chart | None = None
    changed: Changed | None = None
    check_at: str = ""
    brief: str = "impact/_report_brief.html"
    account: str = "impact/_report_account.html"
    notes: tuple[str, ...] = field(default=())


RATE_WORDS: dict[str, Promise] = {
    "benefit_cost.per_person_year_low": gettext_lazy("kosten van een uitkering per jaar, laagste"),
    "benefit_cost.per_person_year_high": gettext_lazy("kosten van een uitkering per jaar, hoogste"),
    "counterfactual.share_low": gettext_lazy("deel dat ook zonder bureau werk had gevonden, laagste"),
    "counterfactual.share_high": gettext_lazy("deel dat ook zonder bureau werk had gevonden, hoogste"),
}
PARTS = (
    ("begin", ("funnel", "source", "via")),
    ("wie", ("age", "area", "without", "resident")),
    ("volledig", ("complete",)),
    ("stappen", ("ladder", "direction", "hours", "change", "stairs", "wellbeing", "back")),
    ("werk", ("form", "paid", "inside", "employer", "sector", "begin", "places", "exceptions")),
    ("volhouden", ("kept", "by_source", "moved")),
    ("geld", ("assignment", "flow", "funds", "budget", "cashbook", "saved", "sroi")),
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
        "verhalen": (
            _("Verhalen"),
            _("Verteld onder een andere naam, met een ja voor dit rapport van wie het vertelt."),
        ),
        "volledig": (_("Hoe volledig zijn de gegevens"), _("Van hoeveel mensen is bekend wat we vertellen.")),
    }[part]


def report_document(published: Published, *, recount: str = "") -> Document:
    """The published figures as a document in the active language; no other figures exist here.

    recount: the address under which the bureau's manager has each figure counted again, without its id.
    Raises NotAllowedNow for figures that are damaged or gone.
    """
    if "tables" not in published:
        raise NotAllowedNow(
            _("De cijfers van dit rapport zijn niet te lezen. Vraag het bureau om een nieuw rapport.")
        )
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
        sections=tuple(sections_of(published, recount)),
        indicators=tuple(INDICATORS.values()),
        rates=tuple(rate_of(rate) for rate in published["rates"]),
        missing=tuple(str(RATE_WORDS.get(name, name)) for name in published["missing"]),
        employers=tuple(published["employers"]),
        people=people(published["figures"]),
        changed=told(published),
        check_at=published.get("check_at", ""),
    )


def rate_of(rate: dict[str, Any]) -> UsedRate:
    """A dated figure in words."""
    name = f"{rate['kind']}.{rate['key']}"
    share = rate["unit"] == RateUnit.SHARE
    value = Decimal(str(rate["value"]))
    return UsedRate(
        label=str(RATE_WORDS.get(name, name)),
        value=f"{number(100 * value)}%" if share else euro(value),
        since=date.fromisoformat(rate["valid_from"]) if rate["valid_from"] else None,
        source=rate["source"],
        note=rate["note"],
    )


def sections_of(published: Published, recount: str = "") -> Iterator[Section]:
    """The chapters of a report or of a sum of reports, those of which there is a table."""
    tables = {table["id"]: table for table in published["tables"]}
    for part, ids in PARTS:
        found = [t for t in tables.values() if t["id"] in ids or t["id"].split("-")[0] in ids]
        if found:
            title, intro = _words(part)
            yield Section(part, title, intro, tuple(_block(published, table, recount) for table in found))
    if told := published.get("stories"):
        title, intro = _words("verhalen")
        stories = tuple(Told(one["name"], one["title"], one["text"]) for one in told)
        yield Section("verhalen", title, intro, (), stories)


def _block(published: Published, table: dict[str, Any], recount: str = "") -> Block:
    figures = published["figures"]
    states = {figures[name]["status"] for names in table["cells"] for name in names}
    last, telling = len(table["rows"]) - 1, _telling(figures, table)
    rows = tuple(
        Row(label, tuple(shown(figures[n]) for n in names), table["total"] and place == last, tuple(names))
        for place, ((_code, label), names) in enumerate(zip(table["rows"], table["cells"], strict=True))
        if place in telling
    )
    return Block(
        id=table["id"],
        title=table["title"],
        head=table["head"],
        columns=tuple(word for _key, word in table["columns"]),
        rows=rows,
        indicator=INDICATORS.get(table["indicator"]),
        chart=drawing(figures, table) if _tells(figures, table) else None,
        zeros_left_out=len(rows) < len(table["rows"]),
        recount=recount,
        has_hidden="hidden" in states,
        has_least=LEAST in states,
    )


def _telling(figures: dict[str, Any], table: dict[str, Any]) -> set[int]:
    """The rows that the document shows. Of a question that nobody answered twice only the row that says so."""
    cells = table["cells"]
    places = set(range(len(cells)))
    if table["id"] in SHORT:
        return {
            n for n in places if n == len(cells) - 1 or any(figures[name]["value"] != 0 for name in cells[n])
        }
    if table["id"] != "wellbeing":
        return places
    codes = [code.partition(":")[0] for code, _label in table["rows"]]
    said = {codes[n] for n in places if any(figures[name]["value"] != 0 for name in cells[n])}
    return {n for n in places if codes[n] in said or table["rows"][n][0].endswith(":people")}


def _tells(figures: dict[str, Any], table: dict[str, Any]) -> bool:
    """Whether there is anything to draw: not where all is nought, left out or unknown."""
    rows = table["cells"][:-1] if table["total"] else table["cells"]
    return any(figures[name]["value"] for names in rows for name in names)


def shown(figure: dict[str, Any]) -> str:
    """A figure as people read it: a mark where it is left out, a dash where there is none."""
    if figure["status"] == "hidden":
        return HIDDEN_MARK
    if figure["value"] is None:
        return NOTHING
    value = Decimal(str(figure["value"]))
    decimals = 0 if value == value.to_integral_value() else 1
    text = django_formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
    if figure["status"] == LEAST:
        return text + LEAST_MARK
    if figure["unit"] == "percent":
        return f"{text}%"
    return f"€{NBSP}{text}" if figure["unit"] == "euro" else text


def _tiles(published: Published) -> Iterator[tuple[str, str, str, str]]:
    """Number, what it is, beside what, and the indicator that defines it."""
    figures = published["figures"]
    entered, started = figures["funnel:entered"], figures["funnel:started"]
    yield shown(entered), _("mensen ingestapt"), "", "entered"
    yield shown(started), _("mensen begonnen met werk"), _("van de %(n)s") % {"n": shown(entered)}, "started"
    week = next((w for w in (26, 13, 4) if figures.get(f"kept:{w}:followed", {}).get("value")), None)
    if week:
        still, followed = figures[f"kept:{week}:still"], figures[f"kept:{week}:followed"]
        beside = _("van de %(n)s die toen begonnen") % {"n": shown(followed)}
        yield shown(still), _("na %(week)s weken nog aan het werk") % {"week": week}, beside, "kept"
    money = [figures[f"assignment:{a['id']}:amount"]["value"] for a in published["assignments"]]
    if money:
        total = {"status": "shown", "value": sum(money), "unit": "euro"}
        yield shown(total), _("aan impactopdrachten"), "", "assignments"


def _sentences(published: Published) -> Iterator[str]:
    figures = published["figures"]
    values = {"bureau": published["bureau"]["name"]}
    names = ("entered", "started")
    if not any(figures[f"funnel:{name}"]["value"] != 0 for name in names):
        yield (
            _("In deze periode stapte bij %(bureau)s nog niemand in, en begon nog niemand met werk.") % values
        )
        yield _("De tabellen staan hier toch: zo is te zien wat er straks wordt geteld, en hoe.")
        return
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
        return render_to_string(
            "documents/impact/report.html",
            {"document": document, "language": language, "stylesheet": STYLESHEET},
        )


def render_report(published: Published, *, language: str) -> bytes:
    """The PDF of a report, for archives (PDF/A-3a) and screen readers (PDF/UA-1), with the figures attached.

    The same figures always give the same bytes: dates and identifiers come from the figures, not from the clock.
    """
    with translation.override(language):
        html = pdf_html(published, language=language)
        return write_document(html, report_document(published), published)


def write_document(html: str, document: Document, published: Published) -> bytes:
    """A report, or a sum of reports, as a PDF with its figures attached, in the active language."""
    return write_pdf(
        html,
        base=str(PAGES) + "/",
        identifier=document.sha256,
        files={
            "cijfers.csv": (as_csv(published), _("Alle cijfers als CSV")),
            "cijfers.json": (canonical(published), _("Alle cijfers als JSON")),
        },
        moment=document.measured_at,
        links={section.id: section.title for section in document.sections}
        | {"verantwoording": _("Verantwoording")}
        | {f"uitleg-{i.id}": _("Berekening: %(name)s") % {"name": i.name} for i in document.indicators},
    )
