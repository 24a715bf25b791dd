"""What a form said when it was drawn, and for whom: signed, so that nobody sends another story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.http import HttpRequest

from buurtbaan.drafts.values import Plain

WAS, DRAWN_FOR = "was", "voor"
"""The hidden inputs that carry them."""


@dataclass
class Base:
    """`values`: per field what was kept when the form was drawn. `origin`: what it was before, for the fields that
    somebody is choosing about on the three-value screen."""

    values: dict[str, Plain]
    origin: dict[str, Plain] = field(default_factory=dict)

    def sign(self, path: str) -> str:
        """The base as a hidden input of the form at this path."""
        return signing.dumps({"v": self.values, "o": self.origin}, salt=f"base {path}", compress=True)

    @classmethod
    def read(cls, text: str, path: str) -> Base | None:
        """The base that came back with a post; None when there is none, or it is another form's."""
        try:
            found: dict[str, Any] = signing.loads(text, salt=f"base {path}")
        except signing.BadSignature:
            return None
        return cls(found["v"], found["o"])


def sign_reader(request: HttpRequest | None) -> str:
    """For whom a page is drawn; empty for strangers."""
    user = getattr(request, "user", None)
    return signing.Signer(salt=DRAWN_FOR).sign(str(user.pk)) if user and user.is_authenticated else ""


def read_reader(text: str) -> int | None:
    """For whom the page of a post was drawn."""
    try:
        return int(signing.Signer(salt=DRAWN_FOR).unsign(text))
    except (signing.BadSignature, ValueError):
        return None
