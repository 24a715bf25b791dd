"""The hidden parts of a form that keeps itself."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from buurtbaan.drafts.bases import DRAWN_FOR, WAS, sign_reader

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn_for(context: Context) -> SafeString:
    """For whom this form is drawn: only with that person a post goes on after signing in again.

    And with what it was drawn, where the view settles it and no draft says so already.
    """
    request = context.get("request")
    hidden = [(DRAWN_FOR, sign_reader(request))]
    base = getattr(context.get("form"), "was", None)
    if base and request and not getattr(request, "draft", None):
        hidden.append((WAS, base.sign(request.path)))
    return format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', (pair for pair in hidden if pair[1])
    )
