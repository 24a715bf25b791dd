"""Reading a finished report back: what does not say what the figures say is not released."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from buurtbaan.errors import NotAllowedNow
from impact.canonical import canonical
from impact.documents import HIDDEN_MARK, report_document
from impact.exports import as_csv
from impact.tagging import DOTS, faults

if TYPE_CHECKING:
    import pikepdf

MARKS = re.compile(r"[\s\u00a0\u202f]+")


class CheckFailed(NotAllowedNow):
    """The document does not say what its figures say, or lacks a part."""


def check_document(pdf: bytes, published: dict[str, Any]) -> None:
    """Check language, title, outline, tags, attachments, and that every figure stands in the text as often as it must.

    Call it in the language of the report. Raises CheckFailed.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        _check_frame(file)
        if bytes(file.attachments["cijfers.json"].get_file().read_bytes()) != canonical(published):
            raise CheckFailed("cijfers.json")
        if bytes(file.attachments["cijfers.csv"].get_file().read_bytes()) != as_csv(published):
            raise CheckFailed("cijfers.csv")
    _check_numbers(pdf, published)


def _check_frame(file: pikepdf.Pdf) -> None:
    if found := sorted(set(faults(file))):
        raise CheckFailed("; ".join(found))


def _check_numbers(pdf: bytes, published: dict[str, Any]) -> None:
    text = text_of(pdf)
    if DOTS.search(text):
        raise CheckFailed("a row of dots, which is read out dot by dot")
    found = Counter(words(text))
    wanted: Counter[str] = Counter()
    for section in report_document(published).sections:
        for block in section.blocks:
            for row in block.rows:
                wanted.update(part for cell in row.cells if cell != HIDDEN_MARK for part in words(cell))
    missing = wanted - found
    if missing:
        raise CheckFailed(f"figures not in the document: {dict(missing.most_common(5))}")


def text_of(pdf: bytes) -> str:
    """The text that a reader of the PDF gets."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def words(text: str) -> list[str]:
    """The numbers in a text, as they are written."""
    return re.findall(r"\d[\d.,]*\d|\d", MARKS.sub(" ", text))
