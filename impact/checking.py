"""Reading a finished report back: what does not say what the figures say is not released."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from buurtbaan.errors import NotAllowedNow
from impact.canonical import canonical
from impact.documents import HIDDEN_MARK, report_document
from impact.exports import as_csv
from impact.tagging import DOTS, faults

if TYPE_CHECKING:
    import pikepdf

log = logging.getLogger("buurtbaan.reports")
MARKS = re.compile(r"[\s\u00a0\u202f]+")


SAID = gettext_lazy(
    "Het rapport kwam niet door zijn eigen controle: %(why)s. Maak het opnieuw. Lukt het weer niet? Vraag de "
    "platformbeheerder om te kijken."
)
LACKS: dict[str, Promise] = {
    "/Lang": gettext_lazy("de taal staat er niet in"),
    "/StructTreeRoot": gettext_lazy("de opbouw voor voorlezen staat er niet in"),
    "/Outlines": gettext_lazy("de inhoudsopgave staat er niet in"),
    "title": gettext_lazy("de titel staat er niet in"),
    "each attachment once in /AF": gettext_lazy("een bijlage staat er niet of dubbel in"),
    "a header without /Scope": gettext_lazy("een kop van een tabel is niet te volgen met voorlezen"),
    "a figure without /Alt": gettext_lazy("een tekening heeft geen beschrijving"),
    "a link without words": gettext_lazy("een link heeft geen woorden"),
}
CLAIM = gettext_lazy("het kenmerk van de norm staat er niet in")


class CheckFailed(NotAllowedNow):
    """The document does not say what its figures say, or lacks a part; why in words, in the reader's language."""

    def __str__(self) -> str:
        return str(SAID) % {"why": ", ".join(dict.fromkeys(map(str, self.args)))}


def check_document(pdf: bytes, published: dict[str, Any]) -> None:
    """Check language, title, outline, tags, attachments, and that every figure stands in the text as often as it must.

    Call it in the language of the report. Raises CheckFailed.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        _check_frame(file)
        if bytes(file.attachments["cijfers.json"].get_file().read_bytes()) != canonical(published):
            raise CheckFailed(gettext_lazy("de bijlage cijfers.json klopt niet"))
        if bytes(file.attachments["cijfers.csv"].get_file().read_bytes()) != as_csv(published):
            raise CheckFailed(gettext_lazy("de bijlage cijfers.csv klopt niet"))
    _check_numbers(pdf, published)


def _check_frame(file: pikepdf.Pdf) -> None:
    if found := sorted(set(faults(file))):
        log.error("a report lacks %s", found)
        raise CheckFailed(*(LACKS.get(one, CLAIM) for one in found))


def _check_numbers(pdf: bytes, published: dict[str, Any]) -> None:
    text = text_of(pdf)
    if DOTS.search(text):
        raise CheckFailed(gettext_lazy("er staat een rij punten in, die punt voor punt wordt voorgelezen"))
    found = Counter(words(text))
    wanted: Counter[str] = Counter()
    for section in report_document(published).sections:
        for block in section.blocks:
            for row in block.rows:
                wanted.update(part for cell in row.cells if cell != HIDDEN_MARK for part in words(cell))
    missing = wanted - found
    if missing:
        log.error("figures not in the document: %s", dict(missing.most_common(5)))
        raise CheckFailed(gettext_lazy("niet elk cijfer staat erin"))


def text_of(pdf: bytes) -> str:
    """The text that a reader of the PDF gets."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def words(text: str) -> list[str]:
    """The numbers in a text, as they are written."""
    return re.findall(r"\d[\d.,]*\d|\d", MARKS.sub(" ", text))
