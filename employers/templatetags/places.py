"""What templates of other parts show of places: an employer's own small map."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from employers.mapping import Drawing
from employers.models import Location
from employers.views.on_map import small_map

register = template.Library()


@register.simple_tag
def map_of(locations: Iterable[Location]) -> Drawing | None:
    """The drawing of these places (with `area` joined), or None where no point is known."""
    return small_map(locations)
