"""How the page that belongs to a post calls its inputs: read from the page itself, so that every form is understood."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from buurtbaan.errors import NotAllowedNow

CHOOSING = ("radio", "checkbox")


@dataclass
class Words:
    """Labels by input name, and the words of each choice by name and value."""

    labels: dict[str, str] = field(default_factory=dict)
    choices: dict[tuple[str, str], str] = field(default_factory=dict)
    buttons: set[str] = field(default_factory=set)

    def of(self, name: str, texts: list[str]) -> str:
        """What was filled in, as the page would show it."""
        return ", ".join(self.choices.get((name, text)) or _read(text) for text in texts if text)


def _read(text: str) -> str:
    """A text as it is, a day as people say it."""
    try:
        day = parse_date(text)
    except ValueError:
        return text
    return date_format(day, "j F Y") if day else text


def words_of(request: HttpRequest, url: str) -> Words:
    """The words of the page at our own `url`, as this person sees it now; empty when there is no such page."""
    path, _, query = url.partition("?")
    visit = copy.copy(request)
    visit.method, visit.path, visit.path_info = "GET", path, path
    visit.GET, visit.POST = QueryDict(query), QueryDict()
    visit.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    reader = _Reader()
    try:
        visit.resolver_match = resolve(path)
        page = visit.resolver_match.func(visit, *visit.resolver_match.args, **visit.resolver_match.kwargs)
        reader.feed(page.content.decode())
    except (Http404, Resolver404, PermissionDenied, NotAllowedNow):
        return Words()
    return reader.words()


class _Reader(HTMLParser):
    """Labels and choices of a page."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, tuple[str, str, str]] = {}
        self._texts: dict[str, list[str]] = {}
        self._legends: list[list[str]] = []
        self._groups: dict[str, list[str]] = {}
        self._options: dict[tuple[str, str], list[str]] = {}
        self._select = ""
        self._around = False
        self._buttons: set[str] = set()
        self._open: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "label":
            self._open["label"] = self._texts.setdefault(has["for"], []) if has.get("for") else []
            self._around = "for" not in has
        elif tag == "fieldset":
            self._legends.append([])
        elif tag == "legend" and self._legends:
            self._open["legend"] = self._legends[-1]
        elif tag == "option":
            self._open["option"] = self._options.setdefault((self._select, has.get("value", "")), [])
        elif tag == "button":
            self._buttons.add(has.get("name", ""))
        elif tag in ("input", "select", "textarea") and has.get("name"):
            self._input(tag, has)

    def _input(self, tag: str, has: dict[str, str]) -> None:
        name, kind = has["name"], has.get("type", tag)
        self._select = name if tag == "select" else self._select
        if kind == "hidden":
            return
        number = has.get("id") or f"{name} {has.get('value', '')}"
        self._names[number] = (name, kind, has.get("value", "on"))
        if kind in CHOOSING and self._legends:
            self._groups.setdefault(name, self._legends[-1])
        if "label" in self._open and self._around:
            self._texts[number] = self._open["label"]

    def handle_data(self, data: str) -> None:
        for texts in self._open.values():
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop(tag, None)
        if tag == "fieldset" and self._legends:
            self._legends.pop()

    def words(self) -> Words:
        """All that was read, tidied."""
        found = Words(buttons=self._buttons)
        count: dict[str, int] = {}
        for name, _kind, _value in self._names.values():
            count[name] = count.get(name, 0) + 1
        for number, (name, kind, value) in self._names.items():
            text = _tidy(self._texts.get(number, []))
            grouped = kind == "radio" or (kind == "checkbox" and count[name] > 1)
            if kind in CHOOSING:
                found.choices[name, value] = text if grouped else "✓"
            found.labels[name] = _tidy(self._groups.get(name, [])) if grouped else text
        found.choices |= {key: _tidy(texts) for key, texts in self._options.items()}
        return found


def _tidy(texts: list[str]) -> str:
    return " ".join("".join(texts).split())
