"""Which texts the source asks gettext for, found without GNU gettext, so that nothing of the system is needed.

A text is (context, singular, plural); context and plural are empty where there is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

Message = tuple[str, str, str]
SOURCES = ("buurtbaan", "candidates", "employers", "matching", "impact")
CALLS = {"_": "s", "gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")
CALLS |= {f"{name}_lazy": shape for name, shape in CALLS.items() if name != "_"}


def messages(root: Path) -> dict[Message, list[str]]:
    """Every text in the Python files and templates under `root`, with the files that use it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(_files(root)):
        code = path.read_text()
        if path.suffix != ".py":
            code = _calls_only(templatize(code))
        for message in _in_python(code):
            found.setdefault(message, []).append(str(path.relative_to(root)))
    return found


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        yield from (path for path in (root / source).rglob("*.py") if "migrations" not in path.parts)
    for pattern in ("*.html", "*.txt", "*.svg"):
        yield from (root / "templates").rglob(pattern)


def _in_python(code: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        shape = CALLS.get(name, "")
        texts = [
            a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args
        ]
        if shape and len(texts) >= len(shape) and None not in texts[: len(shape)]:
            parts = dict(zip(shape, texts, strict=False))
            yield parts.get("c") or "", parts["s"] or "", parts.get("p") or ""


def _calls_only(templatized: str) -> str:
    """The gettext calls in what Django made of a template, one to a line; the rest of it is no Python."""
    calls, at = [], 0
    while call := CALL.search(templatized, at):
        at = _end_of_call(templatized, call.end() - 1)
        calls.append(" ".join(templatized[call.start() : at].split("\n")))
    return "\n".join(calls)


def _end_of_call(text: str, start: int) -> int:
    """The place after the bracket that closes the one at `start`; quotes are read as Python reads them."""
    depth, quote, at = 0, "", start
    while at < len(text):
        letter = text[at]
        if quote:
            if letter == "\\":
                at += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                return at + 1
        at += 1
    return at
