"""What templates of other parts show of places: an employer's own small map."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from employers.mapping import Dot, Drawing
from employers.models import Location
from employers.views.on_map import small_map

register = template.Library()


@register.simple_tag
def map_of(locations: Iterable[Location]) -> Drawing | None:
    """The drawing of these places (with `area` joined), or None where no point is known."""
    return small_map(locations)


@register.simple_tag
def map_dots(drawing: Drawing, zoom: str | None) -> SafeString:
    """The dots with their names and numbers. zoom: the address's choices, for links; None for a map without any."""
    return format_html_join("\n", "{}", ((_dot(dot, zoom),) for dot in drawing.dots))


def _dot(dot: Dot, zoom: str | None) -> SafeString:
    """One employer leads to its page; a group to a map of its own."""
    looks = ("" if dot.strong else " is-empty") + (" is-vague" if dot.vague else "")
    x, y, radius = f"{dot.x:.1f}", f"{dot.y:.1f}", f"{dot.radius:.1f}"
    shape = format_html(
        '<title>{}</title><circle class="map-dot{}" cx="{}" cy="{}" r="{}"/>', dot.names, looks, x, y, radius
    )
    if dot.count > 1:
        shape += format_html(
            '<text class="map-count{}" x="{}" y="{}">{}</text>',
            "" if dot.strong else " is-empty", x, y, dot.count,
        )  # fmt: skip
    if zoom is None:
        return format_html("<g>{}</g>", shape)
    alone = dot.count == 1
    url = reverse("employers:employer", args=[dot.first.owner]) if alone else f"?{zoom}vak={dot.box}"
    said = dot.names if alone else f"{dot.count}: {dot.names}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, said, shape)
