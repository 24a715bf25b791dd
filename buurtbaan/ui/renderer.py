"""Drawing the plainest inputs in Python: the same HTML as Django's templates, a hundred times sooner.

A bar of filters is six or seven of them, and a select draws a template for each option: half of what a list costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

WIDGETS = "django/forms/widgets/"
INPUTS = frozenset(
    f"{WIDGETS}{name}.html" for name in ("input", "text", "number", "email", "url", "hidden", "date", "time")
)
SELECT, OPTION = f"{WIDGETS}select.html", f"{WIDGETS}select_option.html"
Widget = Mapping[str, Any]


class Renderer(TemplatesSetting):
    """Django's renderer with templates of the settings, but for plain inputs and selects."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        widget = context.get("widget")
        if widget is not None and template_name in INPUTS:
            return SafeString(_input(widget))
        if widget is not None and template_name == SELECT and _is_plain(widget):
            return SafeString(_select(widget))
        return SafeString(super().render(template_name, context, request))


def _text(value: Any) -> str:
    """As `stringformat:'s'` in a template: escaped unless it is safe already."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _is_plain(widget: Widget) -> bool:
    """Whether every option is an ordinary one, with a text for its words: figures are written by the language."""
    return all(
        option["template_name"] == OPTION and isinstance(option["label"], str | Promise)
        for _name, options, _index in widget["optgroups"]
        for option in options
    )


def _select(widget: Widget) -> str:
    return f'<select name="{_text(widget["name"])}"{_attrs(widget["attrs"])}>{"".join(_groups(widget))}\n</select>'


def _groups(widget: Widget) -> Iterator[str]:
    for name, options, _index in widget["optgroups"]:
        if name:
            yield f'\n<optgroup label="{_text(name)}">'
        for option in options:
            words, attrs = _text(option["label"]), _attrs(option["attrs"])
            yield f'\n<option value="{_text(option["value"])}"{attrs}>{words}</option>'
        if name:
            yield "</optgroup>"
