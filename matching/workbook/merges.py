"""Merged cells: Excel keeps the value in the first one only; the rows below it mean the same."""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import IO

from matching.workbook.values.text import Cell

MOST_MERGES = 20_000
_CHUNK = 64 * 1024
_OVERLAP = 300
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]{0,100}?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


_ROW = re.compile(rb"<(?:\w+:)?row[ >]")


def scan(source: IO[bytes]) -> tuple[list[Merge], int]:
    """The merged ranges of a worksheet part by their first row, and about how many rows it has, unparsed."""
    found: list[Merge] = []
    tail = b""
    rows = 0
    while chunk := source.read(_CHUNK):
        rows += len(_ROW.findall(chunk))
        text = tail + chunk
        last = 0
        for match in _MERGE.finditer(text):
            last = match.end()
            if len(found) < MOST_MERGES:
                found.append(_merge(match))
        tail = text[max(last, len(text) - _OVERLAP) :]
    return sorted(found, key=lambda merge: merge.top), rows


def _merge(match: re.Match[bytes]) -> Merge:
    return Merge(
        int(match[2]), column_index(match[1].decode()), int(match[4]), column_index(match[3].decode())
    )


def column_index(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    """0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class Filler:
    """Gives the rows of a merged range the value of its first cell, while rows stream by."""

    waiting: deque[Merge]
    open: list[tuple[Merge, Cell]] = field(default_factory=list)

    def fill(self, number: int, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The row with what merged cells above it say; only downwards, in the first column of a range."""
        while self.waiting and self.waiting[0].top <= number:
            merge = self.waiting.popleft()
            if merge.top == number and merge.bottom > merge.top and merge.left < len(row):
                self.open.append((merge, row[merge.left]))
        if not self.open:
            return row
        self.open = [(merge, value) for merge, value in self.open if merge.bottom >= number]
        filled = list(row)
        for merge, value in self.open:
            filled.extend([None] * (merge.left + 1 - len(filled)))
            if filled[merge.left] is None:
                filled[merge.left] = value
        return tuple(filled)
