"""The components of every page; buurtbaan/ui/README.md shows each with an example."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbaan.ui import feedback, formats
from buurtbaan.ui.pieces import TONES, Criterion, Step, Text
from buurtbaan.ui.signs import (
    answer,
    avatar,
    badge,
    brand_mark,
    criteria_strip,
    icon,
    once_token,
    saved_badge,
    status,
)
from buurtbaan.vocabulary import dayparts

register = template.Library()

for name, function in {
    "euro": formats.euro,
    "figure": formats.number,
    "hours": formats.hours,
    "hours_week": formats.hours_week,
    "yes_no": formats.yes_no,
    "initials": formats.initials,
    "dayparts_text": dayparts.text,
}.items():
    register.filter(name, function)
for tag in (
    icon,
    brand_mark,
    badge,
    status,
    answer,
    criteria_strip,
    avatar,
    saved_badge,
    once_token,
    formats.hours_range,
):
    register.simple_tag(tag)
register.simple_tag(feedback.parts, name="message_parts")

PART_ICONS = ("sunrise", "sun", "moon")


def _drawn(component: str, content: str, **values: Any) -> SafeString:
    """A component around the content that the page put between its tags."""
    page = render_to_string(
        f"components/{component}.html", {"content": SafeString(content.strip()), **values}
    )
    return SafeString(page)


# forms


@register.simple_tag
def first_input(field: BoundField) -> str:
    """The id that an error links to: the field's input, or the first one of a group."""
    if field.id_for_label:
        return field.id_for_label
    options = list(field.subwidgets)
    first = options[0].id_for_label if len(options) > 1 else ""
    return first or f"div_{field.auto_id}"


@register.simple_tag
def without_placeholder(field: BoundField) -> BoundField:
    """The field of a form that is not ours, without the example text that repeats its label."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.simple_tag
def bare_field(field: BoundField, label: Text = "") -> BoundField:
    """The same, without its help and under our own label: for words that are not ours and too hard."""
    field.help_text = ""
    field.label = label or field.label  # type: ignore[assignment]
    return without_placeholder(field)


# blocks with content


@register.simple_block_tag
def panel(content: str, title: Text = "", level: int = 2, icon: str = "", anchor: str = "") -> SafeString:
    """A section with a heading on a quiet surface; `anchor` is its id."""
    return _drawn("panel", content, title=title, level=level, icon=icon, anchor=anchor)


@register.simple_block_tag
def person_card(content: str, name: object, url: str = "", meta: Text = "", level: int = 3) -> SafeString:
    """A person: initials, name, a line about them, and what the page puts inside."""
    return _drawn("person_card", content, name=name, url=url, meta=meta, level=level)


@register.simple_block_tag
def fact(content: str, label: Text, unknown: Text = "") -> SafeString:
    """One line of `<dl class="facts">`; an empty value says that it is not known."""
    value: str | SafeString = SafeString(content.strip())
    if not value or value == "None":
        value = format_html('<span class="fact-unknown">{}</span>', unknown or _("nog niet bekend"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, value)


@register.simple_block_tag
def tabs(content: str, label: Text = "") -> SafeString:
    """The parts of one page; holds `tab` tags."""
    name = label or _("Onderdelen")
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', name, content)


@register.simple_tag(takes_context=True)
def tab(
    context: Context, url: str, text: Text, count: int | None = None, current: bool | None = None
) -> SafeString:
    """One tab; without `current` it is current when it leads to this very page."""
    request = context.get("request")
    here = current if current is not None else bool(request and request.path == url.split("?")[0])
    number = format_html(' <span class="count">{}</span>', count) if count is not None else ""
    mark = SafeString(' aria-current="page"') if here else ""
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, mark, text, number)


@register.simple_block_tag
def summary_card(content: str, label: Text = "") -> SafeString:
    """The gist in one sentence, in the largest letters of the page."""
    return format_html(
        '<div class="summary-card"><p class="summary-label">{}</p><p class="summary-text">{}</p></div>',
        label or _("In één zin"),
        SafeString(content.strip()),
    )


@register.simple_block_tag
def timeline_item(
    content: str,
    when: date | datetime | str,
    title: Text,
    icon: str = "circle",
    tone: str = "quiet",
    by: Text = "",
) -> SafeString:
    """One happening in `<ol class="timeline">`."""
    dated = isinstance(when, date)
    return _drawn("timeline_item", content, when=when, dated=dated, title=title, icon=icon, tone=tone, by=by)


@register.simple_block_tag
def next_step(
    content: str, title: Text = "", url: str = "", label: Text = "", tone: str = "ok"
) -> SafeString:
    """What is best done next, with one link onwards; stands in the page itself."""
    return _drawn("next_step", content, title=title, url=url, label=label, tone=tone, icon=TONES[tone])


# whole components


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: Text, text: Text = "", url: str = "", label: Text = "", icon: str = "people"
) -> dict[str, Any]:
    """Nothing here yet, why, and what to do about it."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, results: str = "") -> dict[str, Any]:
    """A GET form above a list; `results` is the id that htmx replaces while typing.

    The choices stay in the address, so back works and a list can be shared.
    """
    request = context["request"]
    names = {form.add_prefix(name) for name in form.fields}
    used = sorted(name for name in names if any(value for value in request.GET.getlist(name)))
    kept = [(k, v) for k, vs in request.GET.lists() for v in vs if k not in names and k != "page"]
    return {"form": form, "used": len(used), "kept": kept, "results": results, "path": request.path}


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, label: Text, default: bool = False, numeric: bool = False
) -> dict[str, Any]:
    """A `<th>` that sorts by ?sort=key and, clicked again, by ?sort=-key; `default` marks the usual order."""
    query = context["request"].GET.copy()
    now = query.get("sort", "") or (key if default else "")
    query["sort"] = f"-{key}" if now == key else key
    query.pop("page", None)
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(direction, "sort")
    return {
        "label": label,
        "url": f"?{query.urlencode()}",
        "direction": direction,
        "arrow": arrow,
        "numeric": numeric,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], results: str = "") -> dict[str, Any]:
    """Previous, next and where we are; keeps filters and order."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [n if isinstance(n, int) else None for n in numbers],
        "results": results,
        "request": context["request"],
    }


@register.inclusion_tag("components/criteria_grid.html")
def criteria_grid(rows: Iterable[Criterion], candidate: Text = "", position: Text = "") -> dict[str, Any]:
    """Each criterion with both texts, the answer and whether it is a must."""
    sides = {"candidate": candidate or _("Kandidaat"), "position": position or _("Werkplek")}
    return {"rows": list(rows), **sides}


@register.inclusion_tag("components/daypart_grid.html")
def daypart_grid(mask: int | None, asked: int | None = None, caption: Text = "") -> dict[str, Any]:
    """A week of 21 dayparts to read; with `asked` it shows beside each what the position asks."""
    rows = [
        {
            "part": dayparts.PARTS[part],
            "icon": PART_ICONS[part],
            "cells": [_cell(mask or 0, asked, dayparts.bit(day, part)) for day in range(len(dayparts.DAYS))],
        }
        for part in range(len(dayparts.PARTS))
    ]
    return {
        "rows": rows,
        "days": list(zip(dayparts.SHORT_DAYS, dayparts.DAYS, strict=True)),
        "known": mask is not None,
        "text": dayparts.text(mask),
        "asked": asked is not None,
        "caption": caption or _("Dagdelen"),
    }


def _cell(mask: int, asked: int | None, bit: int) -> dict[str, Any]:
    """How one daypart looks: can, cannot, and against what is asked."""
    can, wanted = bool(mask & bit), bool((asked or 0) & bit)
    if can:
        word = _("kan, en gevraagd") if wanted else _("kan")
        return {"css": "is-on is-asked" if wanted else "is-on", "icon": "check", "word": word}
    if wanted:
        return {"css": "is-missed", "icon": "clash", "word": _("gevraagd, kan niet")}
    return {"css": "", "icon": "", "word": _("niet")}


@register.inclusion_tag("components/progress.html")
def progress_bar(
    value: int | None, label: Text, url: str = "", every: int = 2, anchor: str = "voortgang"
) -> dict[str, Any]:
    """Long work: how far (0 to 100, None while waiting) and what is going on.

    url: asked every so many seconds; it answers with this component again, without `url` once it is done.
    """
    return {"value": value, "label": label, "url": url, "every": every, "anchor": anchor}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Step], label: Text = "") -> dict[str, Any]:
    """Where someone is in a form of several pages."""
    items = list(steps)
    at = next((n for n, step in enumerate(items, 1) if step.state == "current"), 1)
    return {"steps": items, "label": label or _("Stappen"), "at": at, "total": len(items)}


@register.inclusion_tag("components/tile.html")
def tile(value: Text | int, label: Text, note: Text = "", url: str = "", icon: str = "") -> dict[str, Any]:
    """One big number with what it counts."""
    return {"value": value, "label": label, "note": note, "url": url, "icon": icon}


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """The query string of another page of the same list."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
