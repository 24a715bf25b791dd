"""What was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.choices import label
from candidates.enums import ConversationKind
from candidates.models import Candidate
from candidates.timeline.base import Kind, Told, columns

ICONS = {"phone": "phone", "message": "mail", "group": "people", "workplace": "briefcase"}


def _rows(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    meetings = candidate.first_conversations.all()
    return {
        "first": columns(meetings, "first", "held_on", code="place", text="hopes"),
        "talk": columns(
            candidate.conversations.all(), "talk", "held_on", code="kind", other="minutes", text="text"
        ),
    }


def _first(place: str, _other: str) -> Told:
    title = _("Eerste gesprek, %(place)s") % {"place": place} if place else _("Eerste gesprek")
    return title, "heart", "accent"


def _talk(kind: str, minutes: str) -> Told:
    word = label(list(ConversationKind.choices), kind)
    title = _("%(kind)s, %(minutes)s minuten") % {"kind": word, "minutes": minutes} if minutes else word
    return title, ICONS.get(kind, "chat"), "info"


TALKS = Kind(gettext_lazy("Gesprekken"), {"first": _first, "talk": _talk}, rows=_rows)
