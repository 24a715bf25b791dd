"""One e-mail as every part of the product sends it: text and HTML with the same content, one layout, no pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.ui.pieces import Text


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person reads, in the language now active.

    why: the line that says why they get this. act, address: the words on the button, and where it leads. coach: whom
    an answer goes to; without one it goes to the bureau. template, more: two pages (.txt, .html) that extend the
    layout, and what they show.
    """

    to: str
    subject: str
    body: str
    why: Text
    bureau: Bureau | None = None
    act: Text = ""
    address: str = ""
    coach: Membership | None = None
    template: str = "emails/layout"
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text part, whole."""
        return self._drawn("txt")

    def email(self) -> EmailMultiAlternatives:
        """Ready to send."""
        email = EmailMultiAlternatives(
            subject=" ".join(str(self.subject).split()), body=self.text, to=[self.to],
            from_email=_sender(self.bureau), reply_to=self._answers(), headers=dict(self.headers),
        )  # fmt: skip
        email.attach_alternative(self._drawn("html"), "text/html")
        return email

    def _drawn(self, part: str) -> str:
        return render_to_string(f"{self.template}.{part}", {**self.more, "letter": self})

    def _answers(self) -> list[str]:
        coach = self.coach.user.email if self.coach else ""
        own = coach or (self.bureau.email if self.bureau else "")
        return [own] if own else []


def _sender(bureau: Bureau | None) -> str:
    """The bureau's name before the address that the installation sends from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((bureau.name if bureau else name, address))
