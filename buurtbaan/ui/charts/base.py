"""What every chart shares: colours, patterns, marks on the paper, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

INK = "#1f2d2b"
QUIET = "#4d5a57"
PAPER = "#ffffff"
TEAL = "#0f5c56"
TEAL_SOFT = "#a9d0c9"
SAND = "#f4ebdd"
SAND_DARK = "#c9b08a"
TERRACOTTA = "#a8492a"
GRID = "#d8d2c6"
WIDTH = 360.0
SIZE = 15.0
"""Letters are 15 of 360 units wide, so that a chart reads on a phone as well as on paper."""

HIDDEN = "hidden"
FILLS = (
    "teal", "stripes", "terracotta", "dots", "sand", "grid",
    "lines", "waves", "soft", "crosses", "dark", "quiet",
)  # fmt: skip
"""Patterns in the order in which parts of a whole take them; neighbours differ in more than colour."""


def xy(value: float) -> str:
    """A coordinate as SVG wants it, whatever the reader's language: `160.5`, never `160,5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


SOLID = {
    "teal": TEAL, "soft": TEAL_SOFT, "sand": SAND_DARK, "terracotta": TERRACOTTA,
    "dark": "#3b3428", "quiet": "#8a9391", "shade": "#e4efec",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One SVG element: its tag, its attributes in order, and its text. `fill` may name a pattern."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    fill: str = ""
    text: str = ""

    def svg(self, paint: str) -> str:
        """The element as text; its words are escaped, and all else is numbers and constants of our own."""
        pairs = "".join(f' {name}="{value}"' for name, value in (*self.attributes, ("fill", paint)))
        return (
            f"<{self.tag}{pairs}>{escape(self.text)}</{self.tag}>" if self.text else f"<{self.tag}{pairs}/>"
        )


@dataclass(frozen=True)
class DataTable:
    """The same figures in rows; the first column names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Drawing:
    """Marks in drawing order on a sheet of `width` × `height` units."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    @property
    def box(self) -> str:
        return f"0 0 {xy(self.width)} {xy(self.height)}"

    @property
    def patterns(self) -> list[str]:
        """The patterns in use; only these are defined in the document."""
        used = {mark.fill for mark in self.marks}
        return [name for name in (*FILLS, HIDDEN) if name in used and name not in SOLID]

    def svg(self, prefix: str) -> SafeString:
        """All marks; patterns are those defined under `prefix` in the same drawing."""
        return SafeString("\n".join(mark.svg(self._paint(mark.fill, prefix)) for mark in self.marks))

    def _paint(self, fill: str, prefix: str) -> str:
        if fill in SOLID:
            return SOLID[fill]
        return f"url(#{prefix}-{fill})" if fill in FILLS or fill == HIDDEN else fill

    def _add(self, tag: str, fill: str, text: str = "", **attributes: str) -> None:
        pairs = tuple((name.replace("_", "-"), value) for name, value in attributes.items() if value)
        self.marks.append(Mark(tag, pairs, fill, text))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        size = {"width": xy(max(width, 0)), "height": xy(max(height, 0))}
        self._add("rect", fill, x=xy(x), y=xy(y), **size, stroke=stroke)

    def text(
        self, x: float, y: float, text: str, *,
        anchor: str = "", size: float = SIZE, weight: int = 400, fill: str = INK,
    ) -> None:  # fmt: skip
        style = {"font_size": xy(size), "font_weight": str(weight), "text_anchor": anchor}
        self._add("text", fill, text, x=xy(x), y=xy(y), **style)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = GRID, width: float = 1
    ) -> None:
        self.path([(x1, y1), (x2, y2)], stroke=stroke, width=width)

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        stroke: str = INK,
        width: float = 1.5,
        fill: str = "none",
    ) -> None:
        """A broken line; with a fill, the closed area within it and no line."""
        d = "M" + "L".join(f"{xy(x)} {xy(y)}" for x, y in points)
        if fill != "none":
            self._add("path", fill, d=d + "Z")
        else:
            self._add("path", fill, d=d, stroke=stroke, stroke_width=xy(width))

    def dot(self, x: float, y: float, r: float, fill: str, stroke: str = "") -> None:
        self._add(
            "circle", fill, cx=xy(x), cy=xy(y), r=xy(r), stroke=stroke, stroke_width="1.5" if stroke else ""
        )


class Chart(Protocol):
    """A chart is data that can draw itself and can say the same as a table."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    def draw(self) -> Drawing: ...
    def table(self) -> DataTable: ...


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is; generous, because no font is measured here."""
    return len(text) * size * 0.56


def lines_of(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines that fit in `width`; a single word is never broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def not_shown() -> str:
    """What stands where a count is too small to publish."""
    return _("niet getoond")
