"""What a table of a report is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.figures import UNKNOWN

Words = Mapping[str, Promise] | Mapping[str, str]
UNKNOWN_WORD = gettext_lazy("Onbekend")


@dataclass(frozen=True)
class Table:
    """Rows and columns with their words; each cell is the id of a figure. The last row may be the total."""

    id: str
    indicator: str
    title: str
    head: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, ...], ...]
    total: bool = False


def word(key: str, words: Words) -> str:
    """How a key is written; what nobody knows is said so."""
    return str(UNKNOWN_WORD if key == UNKNOWN else words.get(key, key))


def people() -> tuple[tuple[str, str], ...]:
    """One column of people."""
    return (("people", _("Mensen")),)
