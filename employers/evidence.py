"""Is an uploaded proof what it says it is, and small enough to keep?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MB = 1024 * 1024
MOST_BYTES = 5 * MB
TAIL = 2048
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg"}
ACCEPT = ".pdf,.png,.jpg,.jpeg"
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|OpenAction\s*<<[^>]*/S\s*/URI)\b")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Checked:
    """What the content is, whatever the name said."""

    kind: str
    name: str


def check(file: UploadedFile) -> Checked:
    """Raises ValidationError with what to do for a file that is too big, damaged, active, or of another kind."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("Dit bestand is te groot: hooguit %(n)s MB. Maak een kleinere scan of foto."),
            params={"n": MOST_BYTES // MB},
        )
    file.seek(0)
    content = file.read()
    file.seek(0)
    kind = _kind(content)
    if not kind:
        raise ValidationError(
            _("Dit is geen PDF of foto. Bewaar het als PDF, PNG of JPEG en probeer het opnieuw.")
        )
    if kind == PDF and ACTIVE.search(HEX.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise ValidationError(
            _(
                "Deze PDF bevat een programma of een ander bestand. Druk hem af naar een nieuwe PDF en kies die."
            )
        )
    return Checked(kind, _name(file.name or "", ENDINGS[kind]))


def _kind(content: bytes) -> str:
    """Known by its first and last bytes; a file that was cut off is none of these."""
    tail = content[-TAIL:]
    if content.startswith(b"%PDF-") and b"%%EOF" in tail:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in tail:
        return PNG
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return JPEG
    return ""


def _name(name: str, ending: str) -> str:
    """The name without anything that a file system or a header would trip over."""
    stem = re.sub(r"[^\w\- ]", "", name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()[:100]
    return (stem or "bewijs") + ending
