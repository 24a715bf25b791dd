"""Every act says what happened, and offers to undo it or the next step."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtbaan.ui.pieces import Text

LOOKS = {
    messages.DEBUG: ("quiet", "info"),
    messages.INFO: ("info", "info"),
    messages.SUCCESS: ("ok", "check-circle"),
    messages.WARNING: ("wait", "warning"),
    messages.ERROR: ("error", "alert"),
}


@dataclass(frozen=True)
class Parts:
    """A message as the page draws it."""

    tone: str = "info"
    icon: str = "info"
    undo_url: str = ""
    undo_label: str = ""
    next_url: str = ""
    next_label: str = ""


def tell(
    request: HttpRequest,
    text: Text,
    *,
    undo_url: str = "",
    undo_label: Text = "",
    next_url: str = "",
    next_label: Text = "",
    level: int = messages.SUCCESS,
) -> None:
    """Show `text` on the next page; `undo_url` receives a POST, `next_url` is a link."""
    tone, icon = LOOKS[level]
    undo, onwards = str(undo_label) or _("Maak ongedaan"), str(next_label) or _("Ga verder")
    parts = Parts(tone, icon, undo_url, undo, next_url, onwards)
    messages.add_message(request, level, str(text), extra_tags=json.dumps(asdict(parts)))


def parts(message: Message) -> Parts:
    """The parts of a message that `tell` made; a plain Django message gets the look of its level."""
    if (message.extra_tags or "").startswith("{"):
        return Parts(**json.loads(message.extra_tags))
    return Parts(*LOOKS.get(message.level, LOOKS[messages.INFO]))
