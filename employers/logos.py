"""From a picture that somebody sends to a small one that we drew ourselves.

Drawing again leaves behind whatever came along (where a photo was taken, by which device, or worse).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
FORMATS = ("PNG", "JPEG", "WEBP")
ACCEPT = "image/png,image/jpeg,image/webp"
WIDEST, HIGHEST = 480, 240  # pixels
MOST_PIXELS = 40_000_000
"""Of what was sent: a tiny file may unfold into a picture that fills the memory."""


class LogoRefused(Exception):
    """The text says what is wrong and what to do, in the reader's language."""


@dataclass(frozen=True)
class Drawn:
    """A PNG of at most WIDEST by HIGHEST pixels."""

    picture: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Changes with the picture, for its address."""
        return hashlib.sha256(self.picture).hexdigest()[:16]


def check_size(size: int) -> None:
    """Raise LogoRefused for a file that is too large to be a logo."""
    if size > MOST_BYTES:
        raise LogoRefused(
            _("Dit bestand is %(size)s MB. Kies een kleiner plaatje, van hooguit 2 MB.")
            % {"size": max(3, round(size / 1024 / 1024))}
        )


_READING = Lock()


@contextmanager
def _whole() -> Iterator[None]:
    """Half a picture is no picture, also where WeasyPrint told Pillow to make the best of it."""
    with _READING:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def draw(file: IO[bytes], size: int) -> Drawn:
    """The picture as we keep it; what it is follows from its content, not from its name. Raises LogoRefused."""
    check_size(size)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with _whole(), Image.open(file, formats=FORMATS) as sent:
                if sent.width * sent.height > MOST_PIXELS:
                    raise LogoRefused(_("Dit plaatje heeft te veel beeldpunten. Maak het eerst kleiner."))
                turned = ImageOps.exif_transpose(sent).convert("RGBA")
    except UnidentifiedImageError as reason:
        raise LogoRefused(_("Dit is geen plaatje dat we kennen. Kies een PNG, JPEG of WebP.")) from reason
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise LogoRefused(_("Dit plaatje kunnen we niet lezen. Misschien is het beschadigd.")) from reason
    turned.thumbnail((WIDEST, HIGHEST))
    out = BytesIO()
    plain = Image.new("RGBA", turned.size)
    plain.paste(turned)
    plain.save(out, "PNG", optimize=True)
    return Drawn(out.getvalue(), plain.width, plain.height)
