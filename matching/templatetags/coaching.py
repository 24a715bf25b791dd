"""How the time of a coach is written."""

from __future__ import annotations

from django import template

from matching import coaching

register = template.Library()
register.filter("duration", coaching.duration)
