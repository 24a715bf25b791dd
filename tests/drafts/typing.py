"""A page with a form that keeps itself, as its script sees it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse


@dataclass
class Typing:
    """One open page: what is hidden in it, and how its script saves."""

    client: Client
    url: str
    page: str = field(default_factory=lambda: uuid.uuid4().hex)
    sequence: int = 0
    html: str = ""
    version: int = 0

    def open(self) -> Typing:
        """Visit the page."""
        response = self.client.get(self.url)
        assert response.status_code == 200
        self.html = response.content.decode()
        self.version = int(self.attribute("version"))
        return self

    def attribute(self, name: str) -> str:
        """A data attribute of the draft's place in the form."""
        found = re.search(rf'data-{name}="([^"]*)"', self.html)
        assert found, name
        return unescape(found[1])

    def hidden(self, name: str) -> str:
        """The value of a hidden input."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    def save(self, *, sequence: int = 0, **typed: Any) -> Any:
        """What the script sends a second after typing."""
        self.sequence = sequence or self.sequence + 1
        said: dict[str, Any] = {f"v.{name}": text for name, text in typed.items()}
        said |= {
            "concept": self.hidden("concept"), "place": self.attribute("place"), "page": self.page,
            "sequence": self.sequence, "version": self.version, "was": self.hidden("was"),
        }  # fmt: skip
        response = self.client.post(reverse("draft_save"), said)
        if response.status_code == 200:
            self.version = response.json()["version"]
        return response

    def send(self, **typed: Any) -> Any:
        """Press the button."""
        hidden = {name: self.hidden(name) for name in ("concept", "once", "was", "voor")}
        return self.client.post(self.url, {k: v for k, v in hidden.items() if v} | typed)
