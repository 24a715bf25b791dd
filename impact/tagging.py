"""What somebody who reads with ears or fingers needs of a PDF, and no checker of standards asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

DOTS = re.compile(r"(?:\.\s?){4,}")
CLAIMS = ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"')


def faults(file: pikepdf.Pdf) -> Iterator[str]:
    """What is missing: language, title, tags, outline, claims, where a header points, what a picture or link says."""
    root = file.Root
    yield from (name for name in ("/Lang", "/StructTreeRoot", "/Outlines") if not root.get(name))
    wishes: Any = root.get("/ViewerPreferences")
    if not file.docinfo.get("/Title") or not wishes or not wishes.get("/DisplayDocTitle"):
        yield "title"
    metadata = bytes(root.Metadata.read_bytes()).decode() if "/Metadata" in root else ""
    yield from (claim for claim in CLAIMS if claim not in metadata)
    attached = [one.objgen for one in root.get("/AF", [])]
    if len(attached) != len(file.attachments) or max(Counter(attached).values(), default=1) > 1:
        yield "each attachment once in /AF"
    for item in file.objects:
        if _is_dictionary(item):
            yield from _of(item)


def _is_dictionary(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Dictionary)


def _of(item: Any) -> Iterator[str]:
    kind = item.get("/S") if item.get("/Type") == "/StructElem" else item.get("/Subtype")
    if kind == "/TH" and item.get("/A", {}).get("/Scope") not in ("/Row", "/Column"):
        yield "a header without /Scope"
    elif kind == "/Figure" and not str(item.get("/Alt", "")):
        yield "a figure without /Alt"
    elif kind == "/Link" and "/Rect" in item and not str(item.get("/Contents", "")):
        yield "a link without words"
