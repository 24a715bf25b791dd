"""Our own icons: 24 × 24, drawn with one round pen of 1.8 units, so that they read as one hand.

Each is a file in `drawings/`; pages get it inline: no request, the text's colour, good in print and PDF.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

DRAWINGS = Path(__file__).parent / "drawings"
INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def names() -> list[str]:
    """All icons there are."""
    return sorted(path.stem for path in DRAWINGS.glob("*.svg"))


@cache
def _drawing(name: str) -> SafeString:
    """What stands inside the file's `<svg>`; KeyError for a name we did not draw, so a typing error shows."""
    try:
        found = INSIDE.search((DRAWINGS / f"{name}.svg").read_text())
    except FileNotFoundError:
        found = None
    if not found:
        raise KeyError(f"No icon named {name!r}; see {DRAWINGS.name}/")
    return SafeString(found[1].strip())


def draw(name: str, label: str = "") -> SafeString:
    """The icon as inline SVG; silent for screen readers unless it carries the meaning alone (`label`)."""
    return _drawn(name, format_html('role="img" aria-label="{}"', label)) if label else _silent(name)


@cache
def _silent(name: str) -> SafeString:
    """Drawn once: a page has dozens."""
    return _drawn(name, SafeString('aria-hidden="true"'))


def _drawn(name: str, how: SafeString) -> SafeString:
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', how, _drawing(name))
