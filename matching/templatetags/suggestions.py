"""The marks in a row of the grid; there are hundreds on a page, of few kinds, so each kind is drawn once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from matching.rules import Answer, Criterion
from matching.rules.texts import ANSWER_LABELS, CRITERION_LABELS

register = template.Library()


@register.simple_tag
def marks(cells: Iterable[tuple[Criterion, Answer, bool]]) -> SafeString:
    """One `<td>` for each criterion: what it answers, and whether it is a must."""
    language = get_language() or ""
    return SafeString("".join(_mark(language, *cell) for cell in cells))


@lru_cache(maxsize=512)
def _mark(language: str, criterion: Criterion, answer: Answer, must: bool) -> SafeString:
    """One cell in the language that is active now; `language` keeps the languages apart."""
    return format_html(
        '<td class="tick-mark is-{}{}" data-label="{}"><span>{}</span></td>',
        answer,
        " is-must" if must else "",
        CRITERION_LABELS[criterion],
        ANSWER_LABELS[answer],
    )
