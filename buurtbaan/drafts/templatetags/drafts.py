"""The hidden parts of a form that keeps itself."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from buurtbaan.drafts.bases import DRAWN_FOR, sign_reader

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn_for(context: Context) -> SafeString:
    """For whom this form is drawn: only with that person a post goes on after signing in again."""
    reader = sign_reader(context.get("request"))
    return (
        format_html('<input type="hidden" name="{}" value="{}">', DRAWN_FOR, reader)
        if reader
        else SafeString("")
    )
