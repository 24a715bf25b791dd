"""A name drawn with a finger, kept as the path of an SVG: small, sharp on paper, and nothing but points."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 600, 200
LONGEST = 20_000
FEWEST_POINTS = 8
PATH = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+\Z")


def clean_signature(drawn: str) -> str:
    """The path as it was drawn, or nothing for nothing. Raises ValidationError for anything else than points."""
    drawn = drawn.strip()
    if not drawn:
        return ""
    if len(drawn) > LONGEST:
        raise ValidationError(_("Deze handtekening is te lang. Teken opnieuw, of typ de naam."))
    if not PATH.match(drawn):
        raise ValidationError(_("Deze handtekening kunnen we niet lezen. Teken opnieuw, of typ de naam."))
    points = re.findall(r"(\d+) (\d+)", drawn)
    if len(points) < FEWEST_POINTS:
        raise ValidationError(_("Teken de hele naam, of typ hem."))
    if any(int(x) > WIDTH or int(y) > HEIGHT for x, y in points):
        raise ValidationError(_("Deze handtekening kunnen we niet lezen. Teken opnieuw, of typ de naam."))
    return drawn
