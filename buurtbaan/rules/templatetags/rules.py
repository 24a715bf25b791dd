"""A rule beside the field or the act that it is about."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from buurtbaan.rules.cards import beside

register = template.Library()


@register.inclusion_tag("rules/_rule.html", takes_context=True)
def rule(context: Context, code: str) -> dict[str, Any]:
    """The card's question, folded, with the short answer and where it stands; nothing where there is no card."""
    request = context.get("request")
    return {"rule": beside(request).get(code) if isinstance(request, HttpRequest) else None}
