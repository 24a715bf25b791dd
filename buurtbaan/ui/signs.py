"""The smallest components: a state is always an icon and a word together, never a colour alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui import formats, icons
from buurtbaan.ui.pieces import STATUS_TONES, TONES, Answer, Criterion, Text

ANSWERS: dict[str, tuple[str, Text]] = {
    Answer.FITS: ("ok", gettext_lazy("past")),
    Answer.UNKNOWN: ("unknown", gettext_lazy("onbekend")),
    Answer.CLASHES: ("clash", gettext_lazy("botst")),
    Answer.NOT_APPLICABLE: ("quiet", gettext_lazy("n.v.t.")),
}
AVATAR_COLOURS = 6
BRAND_MARK = SafeString(
    '<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">'
    '<path class="brand-house" d="M16 2.5 29 13v13a3.5 3.5 0 0 1-3.5 3.5h-19A3.5 3.5 0 0 1 3 26V13z"/>'
    '<path class="brand-steps" d="M8.5 24.5V20h5v-4.5h5V11h5"/>'
    '<circle class="brand-sun" cx="23.5" cy="22" r="2.6"/></svg>'
)


def icon(name: str, label: str = "") -> SafeString:
    """One of our drawings; silent beside a word, with `label` where it stands alone."""
    return icons.draw(name, label)


def brand_mark() -> SafeString:
    """The sign of Buurtbaan: a house with steps going up in it."""
    return BRAND_MARK


def badge(tone: str, text: Text, icon: str = "") -> SafeString:
    """A state as icon and word. Tones: ok, info, wait, quiet, unknown, clash, error, accent."""
    drawing = icons.draw(icon or TONES[tone])
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, drawing, text)


def status(code: str, text: Text) -> SafeString:
    """The badge of a domain state; `STATUS_TONES` in pieces.py says which code looks how."""
    return badge(STATUS_TONES.get(str(code), "quiet"), text)


def answer(code: str, text: Text = "") -> SafeString:
    """What a criterion answers: past, onbekend, botst or n.v.t."""
    tone, word = ANSWERS[code]
    return badge(tone, text or word)


def criteria_strip(rows: Iterable[Criterion]) -> SafeString:
    """All criteria on one line, for a list: musts first, the words kept for who cannot see the signs."""
    asked = [row for row in rows if row.answer != Answer.NOT_APPLICABLE]
    items = format_html_join(
        "", "{}", ((_strip_item(row),) for row in sorted(asked, key=lambda r: not r.must))
    )
    return format_html('<ul class="criteria-strip">{}</ul>', items)


def _strip_item(row: Criterion) -> SafeString:
    tone, word = ANSWERS[row.answer]
    must = " is-must" if row.must else ""
    said = format_html('<span class="visually-hidden">: {}</span>', word)
    return format_html(
        '<li class="tone-{}{}">{}{}{}</li>', tone, must, icons.draw(TONES[tone]), row.label, said
    )


def avatar(name: object) -> SafeString:
    """The round sign with initials that stands where others put a photo."""
    colour = sum(str(name).encode()) % AVATAR_COLOURS
    letters = formats.initials(name)
    return format_html('<span class="avatar avatar-{}" aria-hidden="true">{}</span>', colour, letters)


def saved_badge(at: datetime | None = None, pending: bool = False) -> SafeString:
    """Says "bewaard 14:02", or "nog niet verstuurd" while the text stands on this device alone."""
    shown: str | SafeString = ""
    if pending:
        shown = badge("wait", _("nog niet verstuurd"), "offline")
    elif at:
        shown = badge("ok", _("bewaard %(time)s") % {"time": f"{timezone.localtime(at):%H:%M}"})
    return format_html('<span class="saved-badge" data-saved role="status">{}</span>', shown)


def once_token() -> SafeString:
    """A fresh UUID, by which `drafts.services.once` knows a form that is sent twice."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
