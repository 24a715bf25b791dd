"""E-mail about proposals, meetings and work: what was sent, and whether it arrived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.models import Candidate
from candidates.timeline.base import Kind, Told, columns

STATES: dict[str, tuple[str | Promise, str]] = {
    "waiting": (gettext_lazy("Bericht wacht"), "wait"),
    "sent": (gettext_lazy("Bericht verstuurd"), "quiet"),
    "failed": (gettext_lazy("Bericht niet gelukt"), "clash"),
    "held": (gettext_lazy("Bericht tegengehouden"), "clash"),
    "bounced": (gettext_lazy("Bericht kwam terug"), "clash"),
}
"""State → words and tone."""


def _messages(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    rows = apps.get_model("matching", "Message")._default_manager.filter(candidate=candidate)
    rows = rows.exclude(kind__startswith="coach.")
    return {
        "message": columns(
            rows, "message", "created_at", code="state", other="subject", text="recipient", who=""
        )
    }


def _message(state: str, subject: str) -> Told:
    words, tone = STATES.get(state, STATES["waiting"])
    return _("%(state)s: %(subject)s") % {"state": words, "subject": subject}, "mail", tone


MESSAGES = Kind(gettext_lazy("Berichten"), {"message": _message}, rows=_messages)
