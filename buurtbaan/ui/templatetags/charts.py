"""Charts in templates: `{% load charts %}{% chart funnel %}`."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from buurtbaan.ui.charts.base import (
    GRID,
    PAPER,
    QUIET,
    SAND,
    SAND_DARK,
    TEAL,
    TEAL_SOFT,
    TERRACOTTA,
    Chart,
)

register = template.Library()

COLOURS = {
    "paper": PAPER, "teal": TEAL, "soft": TEAL_SOFT, "sand": SAND, "sand_dark": SAND_DARK,
    "terracotta": TERRACOTTA, "quiet": QUIET, "grid": GRID,
}  # fmt: skip


@register.simple_tag
def chart(drawn: Chart, table: str = "folded", heading: bool = True) -> SafeString:
    """A chart as a figure. table: `folded` behind a click, `open` under it, or `none`."""
    drawing = drawn.draw()
    return render_to_string(
        "charts/chart.html",
        {
            "chart": drawn,
            "drawing": drawing,
            "marks": drawing.svg(drawn.id),
            "data": drawn.table() if table != "none" else None,
            "table": table,
            "heading": heading,
            "colours": COLOURS,
        },
    )
