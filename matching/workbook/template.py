"""The empty workbook a bureau can download and fill in: all sheets, plain headers, lists to choose from."""

from datetime import date
from io import BytesIO
from typing import Any

from matching.workbook.columns import COLUMNS, Column, Sheet

LISTS: dict[str, tuple[str, ...]] = {
    "source": ("Inloop", "Organisatie", "Aanmelding", "Bijeenkomst", "Online"),
    "student": ("ja", "nee"),
    "own_area": ("ja", "nee"),
    "consent": ("ja", "nee"),
    "own_project": ("ja", "nee"),
    "growth": ("ja", "nee"),
    "rung": ("1", "2", "3", "4", "5", "6"),
    "potential": ("1", "2", "3", "4", "5", "6"),
    "form": (
        "Vrijwilligerswerk",
        "Activerend werk",
        "Werkervaringsplaats",
        "Leerwerkplek",
        "Proefplaatsing",
        "Parallelle arbeidsmarkt",
        "Detachering",
        "Beschut werk",
        "Basisbaan",
        "Betaald met ondersteuning",
        "Reguliere baan",
        "Eigen onderneming",
    ),
}
_KINDS = {
    Sheet.EMPLOYERS: (
        "Sociale onderneming",
        "Gewoon bedrijf",
        "Zorgorganisatie",
        "Woningcorporatie",
        "Gemeente",
        "School",
        "Eigen project",
    ),
    Sheet.CONVERSATIONS: ("Gesprek", "Telefoon", "Bericht", "Op de werkplek", "Groep"),
}
_DAYS = frozenset(
    ("birth", "entered_on", "intake_on", "without_work_since", "starts", "ends", "held_on", "measured_on")
)
_AS_TEXT = frozenset(("phone", "postcode", "kvk", "hours", "hours_now", "hours_wished"))
_UNUSED = frozenset(("full_name", "birth_year"))  # other ways to fill in what has a column already
_ROWS = 2000  # rows with lists and formats
_GUIDE = (
    "Vul per tabblad in wat je hebt. Een tabblad of kolom die je niet nodig hebt, laat je leeg.",
    "Kolommen met een sterretje vul je altijd in.",
    "Schrijf namen op elk tabblad hetzelfde. Staat een naam twee keer op Kandidaten? "
    "Vul dan ook op de andere tabbladen de geboortedatum in.",
    "Zet geen BSN, gezondheid, justitie, CV of diploma in dit bestand. Die kolommen lezen we niet.",
    "Kandidaten zijn 18 jaar of ouder.",
    "Eerst zie je wat er klopt en wat niet. Pas als je op Neem over drukt, gaat er iets mee.",
)
_TEAL, _SAND = "#0B5563", "#F5EEDF"


def build_template() -> bytes:
    """The template as an XLSX."""
    import xlsxwriter  # here alone: a third of a second at every start otherwise

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": _TEAL}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "header": book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _TEAL, "border": 1}),
        "help": book.add_format({"italic": True, "text_wrap": True, "valign": "top", "bg_color": _SAND}),
        "day": book.add_format({"num_format": "d-m-yyyy"}),
        "as_text": book.add_format({"num_format": "@"}),
    }
    _guide(book, formats)
    for sheet in Sheet:
        _sheet(book, formats, sheet)
    book.close()
    return buffer.getvalue()


def _guide(book: Any, formats: dict[str, Any]) -> None:
    page = book.add_worksheet("Uitleg")
    page.set_column(0, 0, 90, formats["text"])
    page.write_string(0, 0, "Zo vul je dit bestand in", formats["title"])
    for number, line in enumerate(_GUIDE, start=2):
        page.write_string(number, 0, line, formats["text"])


def _sheet(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Help above, the header below it, then rows ready to be filled in."""
    page = book.add_worksheet(sheet.value)
    columns = [column for column in COLUMNS[sheet] if column.name not in _UNUSED]
    page.set_row(0, 64)
    for index, column in enumerate(columns):
        kind = "day" if column.name in _DAYS else "as_text" if column.name in _AS_TEXT else ""
        page.set_column(index, index, max(14, len(column.header) + 4), formats.get(kind))
        page.write_string(0, index, column.help, formats["help"])
        page.write_string(1, index, f"{column.header} *" if column.once else column.header, formats["header"])
        _validation(page, sheet, column, index)
    page.freeze_panes(2, 0)


def _validation(page: Any, sheet: Sheet, column: Column, index: int) -> None:
    """A list to choose from, or a check on dates; other values may still be typed."""
    choices = LISTS.get(column.name) or (_KINDS.get(sheet, ()) if column.name == "kind" else ())
    rule: dict[str, Any] = {"error_type": "warning", "ignore_blank": True}
    if choices:
        rule |= {"validate": "list", "source": list(choices)}
    elif column.name in _DAYS:
        rule |= {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
    else:
        return
    page.data_validation(2, index, 2 + _ROWS, index, rule)
