"""Finds the header row of a sheet and decides per column whether it is read, and if not, why."""

from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.workbook.columns import COLUMNS, Column, Sheet
from matching.workbook.forbidden import BSN_INSIDE, forbidden_header, looks_like_bsn
from matching.workbook.merges import Merge, column_letters
from matching.workbook.reader import Numbered, RawSheet
from matching.workbook.sheets import HEADERS, header_key
from matching.workbook.values.text import Cell, fold

_REMARKS = gettext_lazy("Losse opmerkingen nemen we niet over. Zet wat er gezegd is op Gesprekken.")
_HINTS = {
    "opmerking": _REMARKS,
    "opmerkingen": _REMARKS,
    "bijzonderheden": _REMARKS,
    "toelichting": _REMARKS,
    "leeftijd": gettext_lazy(
        "Een leeftijd klopt maar een jaar. Zet de geboortedatum of het geboortejaar erin."
    ),
    "geslacht": gettext_lazy("Man of vrouw bewaren we niet."),
    "mv": gettext_lazy("Man of vrouw bewaren we niet."),
    "dhrmevr": gettext_lazy("Man of vrouw bewaren we niet."),
}
HEADER_WITHIN = 15  # filled rows from the top
SAMPLE = 300  # rows looked at for numbers that are a BSN
HEADER_MAX = 80  # signs of a header that are shown


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is not read: where it is, what its header says, and why."""

    sheet: str
    column: str
    header: str
    reason: str
    forbidden: bool


@dataclass(slots=True)
class Header:
    """Which column of a sheet holds what. `row` is Excel's number of the header row."""

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    texts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns have to be read."""
        return max(self.columns.values(), default=0) + 1

    def repeats(self, row: tuple[Cell, ...]) -> bool:
        """Whether a row below is the header once more, as on every printed page."""
        return len(self.columns) > 1 and all(
            isinstance(row[index], str) and fold(str(row[index])) == fold(self.texts[index])
            for index in self.columns.values()
            if index < len(row)
        )


def find_header(raw: RawSheet, sheet: Sheet) -> Header | None:
    """The header: the row near the top in which most columns are recognised; None when there is none."""
    rows = list(islice(raw.rows(), HEADER_WITHIN + SAMPLE))
    above = dict(rows[:HEADER_WITHIN])
    best, texts, best_score = -1, tuple[str, ...](), 0
    for position, (number, row) in enumerate(rows[:HEADER_WITHIN]):
        found = _with_row_above(raw, sheet, number, _texts(row), above.get(number - 1))
        score = sum(_known(sheet, text) for text in set(found) if text)
        if score > best_score:
            best, texts, best_score = position, found, score
    if best < 0 or (best_score < 2 and sum(1 for text in texts if text) > 2):
        return None
    return _decide(raw.name, sheet, rows[best][0], texts, rows[best + 1 :])


def _known(sheet: Sheet, text: str) -> bool:
    return _column(sheet, text) is not None or (len(text) < 60 and forbidden_header(text) is not None)


def _texts(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(" ".join(value.split())[:200] if isinstance(value, str) else "" for value in row)


def _with_row_above(
    raw: RawSheet, sheet: Sheet, number: int, texts: tuple[str, ...], above: tuple[Cell, ...] | None
) -> tuple[str, ...]:
    """A header of two rows with merged cells (`Uren` over `nu` and `gewenst`) read as one."""
    if above is None:
        return texts
    upper = list(_texts(above))
    result = list(texts)
    for merge in raw.merges:
        if merge.top == number - 1 and merge.left < len(upper):
            _spread(merge, upper, result, sheet)
    return tuple(result)


def _spread(merge: Merge, upper: list[str], result: list[str], sheet: Sheet) -> None:
    for index in range(merge.left, min(merge.right + 1, len(result))):
        both = f"{upper[merge.left]} {result[index]}".strip()
        if _column(sheet, both):
            result[index] = both


def _column(sheet: Sheet, text: str) -> Column | None:
    """The column a header stands for; what is in brackets, a star or a colon behind it does not matter."""
    if not text or len(text) > 60:
        return None
    known = HEADERS[sheet]
    return known.get(header_key(text)) or known.get(header_key(text.partition("(")[0]))


def _decide(name: str, sheet: Sheet, number: int, texts: tuple[str, ...], below: list[Numbered]) -> Header:
    header = Header(row=number, texts=texts)
    chosen = _choose(sheet, texts)
    width = max(len(texts), *(len(row) for _number, row in below), 0) if below else len(texts)
    for index in range(width):
        text = texts[index] if index < len(texts) else ""
        cells = [row[index] for _number, row in below if index < len(row)]
        column = _column(sheet, text)
        reason = None if header_key(text) in HEADERS[sheet] else forbidden_header(text)
        if reason is None and looks_like_bsn(cells):
            reason = BSN_INSIDE
        if reason is not None:
            _leave_out(header, name, index, text, str(reason), forbidden=True)
        elif column is None:
            if text or any(cell is not None and cell != "" for cell in cells):
                _leave_out(header, name, index, text, _unknown(text), forbidden=False)
        elif chosen[column.name] != index:
            again = _("Er is al een kolom voor %(header)s. Deze tweede kolom is niet gelezen.")
            _leave_out(header, name, index, text, again % {"header": column.header}, forbidden=False)
        else:
            header.columns[column.name] = index
            header.labels[column.name] = text
    header.texts = texts + ("",) * (width - len(texts))
    return _with_last_name(header)


def _choose(sheet: Sheet, texts: tuple[str, ...]) -> dict[str, int]:
    """Which of several columns for one thing is read: the one with the plain header, else the first."""
    chosen: dict[str, int] = {}
    for index, text in enumerate(texts):
        if column := _column(sheet, text):
            plain = header_key(text) == header_key(column.header)
            if column.name not in chosen or (
                plain and header_key(texts[chosen[column.name]]) != header_key(column.header)
            ):
                chosen[column.name] = index
    return chosen


def _leave_out(header: Header, sheet: str, index: int, text: str, reason: str, *, forbidden: bool) -> None:
    header.left_out.append(LeftOut(sheet, column_letters(index), text[:HEADER_MAX], reason, forbidden))


def _unknown(text: str) -> str:
    if not text:
        return _("Deze kolom heeft geen kop.")
    return str(_HINTS.get(header_key(text)) or _("Deze kolom kennen we niet."))


def _with_last_name(header: Header) -> Header:
    """`Voornaam` beside `Naam`: the latter is then the last name."""
    columns = header.columns
    if "full_name" in columns and "first_name" in columns and "last_name" not in columns:
        columns["last_name"] = columns.pop("full_name")
        header.labels["last_name"] = header.labels.pop("full_name")
    return header


def missing_columns(sheet: Sheet, header: Header) -> list[Column]:
    """Columns without which no row of the sheet can be read."""
    return [
        column
        for column in COLUMNS[sheet]
        if column.once
        and column.name not in header.columns
        and not any(other in header.columns for other in column.instead)
    ]
