"""Recognises sheets and headers by their names, in any case and spacing."""

from matching.workbook.columns import COLUMNS, Column, Sheet
from matching.workbook.values.text import fold

SHEET_NAMES: dict[Sheet, str] = {
    Sheet.CANDIDATES: "kandidaat; deelnemers; deelnemer; bewoners; mensen; kandidatenlijst",
    Sheet.EMPLOYERS: "werkgever; sociaal ondernemers; ondernemers; bedrijven; bedrijf; werkgeverslijst",
    Sheet.CONTACTS: "contactpersoon; contactpersonen werkgevers; aanspreekpunten",
    Sheet.LOCATIONS: "locatie; vestigingen; vestiging; adressen werkgevers",
    Sheet.POSITIONS: "werkplek; vacatures; vacature; functies; plekken; werkplaatsen",
    Sheet.PLACEMENTS: "plaatsing; geplaatst; plaatsingenlijst; geplaatsten",
    Sheet.HOURS_STEPS: "urenstap; uren stappen; uren; urenverloop; urengroei; stappen",
    Sheet.CONVERSATIONS: "gesprek; contacten; contactmomenten; gespreksverslagen; contact",
    Sheet.MEASUREMENTS: "meting; participatieladder; ladder; ladder metingen; treden",
}


def header_key(text: str) -> str:
    """A header for comparing: `Tel. nr.`, `tel nr` and `TELNR` are the same."""
    return fold(text).replace(" ", "")


HEADERS: dict[Sheet, dict[str, Column]] = {
    sheet: {
        header_key(word): column
        for column in reversed(columns)
        for word in (column.header, *column.variants.split(";"))
        if word.strip()
    }
    for sheet, columns in COLUMNS.items()
}
_SHEETS: dict[str, Sheet] = {
    header_key(word): sheet
    for sheet, words in SHEET_NAMES.items()
    for word in (sheet.value, *words.split(";"))
}


def recognise(name: str) -> Sheet | None:
    """Which of ours a sheet is, by its name; a year behind it (`Kandidaten 2025`) does not matter."""
    key = header_key(name)
    return _SHEETS.get(key) or _SHEETS.get(key.rstrip("0123456789"))
