"""Text as people type it in a spreadsheet: cleaned, never interpreted."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from matching.workbook.errors import ValueProblem

Cell = str | int | float | bool | datetime | date | time | timedelta | None


def words(text: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(text.split())


LINE_MAX = 200
NOTE_MAX = 10_000

EXCEL_ERRORS = words(
    "#N/A #N/B #REF! #VERW! #VALUE! #WAARDE! #DIV/0! #DEEL/0! #NAME? #NAAM? #NUM! #GETAL! #NULL! #LEEG! "
    "#SPILL! #OVERLOOP! #CALC! #BEREKENEN! #GETTING_DATA"
)
# What people type for "nothing here" in a cell that asks for a date, a number or a choice.
NOTHING = words("- -- --- – — ? ?? ??? . / nvt n.v.t. n.v.t nb n.b. ntb n.t.b. onbekend geen leeg")

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NINE_DIGITS = re.compile(
    r"(?<![0-9+])(?:[0-9]{9}|[0-9]{4}[. ][0-9]{2}[. ][0-9]{3}|[0-9]{3}[. ][0-9]{3}[. ][0-9]{3})(?![0-9])"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_KEPT_FORMATTERS = "\u200c\u200d"  # joiners that some scripts and emoji need
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_ELFPROEF_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def plain(value: Cell) -> str:
    """The cell as one clean line: NFC, no control characters, whitespace collapsed.

    A whole float loses its `.0`, a date becomes ISO. Raises ValueProblem on an Excel error such as #N/B.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        text = value if value.isascii() and value.isprintable() and "_x" not in value else _clean(value)
        text = " ".join(text.split())
        if text.startswith("#") and (text.upper() in EXCEL_ERRORS or not text.strip("#")):
            raise ValueProblem(_("In deze cel staat een fout van Excel. Vul de waarde zelf in."))
        return text
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return _from_typed(value)


def _from_typed(value: int | float | datetime | date | time | timedelta) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _clean(text: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not text.isascii():
        text = "".join(c for c in text if not 0xD800 <= ord(c) <= 0xDFFF)
        text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if _keeps(c))


def _keeps(char: str) -> bool:
    return char in "\n\t" or char in _KEPT_FORMATTERS or unicodedata.category(char) not in _DROPPED


def typed(value: Cell) -> str:
    """The cell as a clean line for a parser of dates, numbers or choices: `-`, `nvt`, `?` count as empty."""
    text = plain(value)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return "" if text.casefold() in NOTHING else text


def fold(text: str) -> str:
    """Text for comparing: no accents, no capitals, every run of other signs one space."""
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    folded = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def parse_line(value: Cell, *, longest: int = LINE_MAX) -> str | None:
    """One line of text, kept as typed, also when it starts with `=`, `+`, `-` or `@`."""
    return _checked(plain(value), longest)


def parse_note(value: Cell, *, longest: int = NOTE_MAX) -> str | None:
    """Text with its line breaks kept."""
    if not isinstance(value, str) or ("\n" not in value and "\r" not in value and "_x" not in value):
        return _checked(plain(value), longest)
    lines = (" ".join(line.split()) for line in _clean(value).split("\n"))
    return _checked("\n".join(lines).strip(), longest)


def _checked(text: str, longest: int) -> str | None:
    if len(text) > longest:
        raise ValueProblem(_("Deze tekst is te lang: hooguit %(n)s tekens.") % {"n": longest})
    if holds_bsn(text):
        raise ValueProblem(
            _("In deze tekst staat een nummer dat op een BSN lijkt. Haal het weg; we bewaren geen BSN."),
            hide=True,
        )
    return text or None


def holds_bsn(text: str) -> bool:
    """Whether the text holds nine digits that pass the elfproef."""
    return any(passes_elfproef(found.group()) for found in _NINE_DIGITS.finditer(text))


def passes_elfproef(number: str) -> bool:
    """The check digit test of a BSN, dots and spaces allowed."""
    digits = [int(c) for c in number if c in "0123456789"]
    if len(digits) != 9 or not any(digits):
        return False
    return sum(weight * digit for weight, digit in zip(_ELFPROEF_WEIGHTS, digits, strict=True)) % 11 == 0
