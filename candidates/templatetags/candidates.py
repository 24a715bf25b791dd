"""Small words about candidates that several pages share."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from buurtbaan.ui.signs import badge
from candidates.enums import Stage
from candidates.models import Candidate
from candidates.phones import show_phone
from candidates.signatures import HEIGHT, WIDTH

register = template.Library()
register.filter("phone", show_phone)

STAGE_LOOKS: dict[str, tuple[str, str]] = {
    Stage.MET: ("accent", "heart"),
    Stage.INTAKE: ("info", "edit"),
    Stage.SEARCHING: ("info", "search"),
    Stage.INTRODUCING: ("info", "handshake"),
    Stage.WORKING: ("ok", "briefcase"),
    Stage.PAUSED: ("wait", "pause"),
    Stage.CLOSED: ("quiet", "lock"),
}


@register.simple_tag
def stage(code: str) -> SafeString:
    """A stage as icon and word."""
    return _stage(code, get_language() or "")


@cache
def _stage(code: str, language: str) -> SafeString:
    """Drawn once per language: a list has one in every row."""
    tone, sign = STAGE_LOOKS[code]
    return badge(tone, str(Stage(code).label), sign)


@register.simple_tag
def holders(candidate: Candidate) -> SafeString:
    """Who holds a file: coach and connector by name."""
    names = [str(one.user) for one in (candidate.coach, candidate.connector) if one]
    return format_html("{}", ", ".join(names) or _("nog niemand"))


@register.simple_tag
def days_ago(days: int | None) -> str:
    """How long nobody spoke to somebody."""
    if days is None:
        return _("nog niet gesproken")
    if days <= 0:
        return _("vandaag gesproken")
    return ngettext("%(n)s dag geleden", "%(n)s dagen geleden", days) % {"n": days}


@register.simple_tag
def days_silent(days: int | None) -> str:
    """The same in fewer words, for a card."""
    if days is None:
        return _("nog niet gesproken")
    if days <= 0:
        return _("vandaag")
    return ngettext("%(n)s dag stil", "%(n)s dagen stil", days) % {"n": days}


@register.filter
def part_read(code: str) -> str:
    """What somebody looked at, in a word."""
    words = {
        "file": _("het dossier"),
        "timeline": _("de tijdlijn"),
        "budget": _("het opleidingsbudget"),
        "plan": _("het plan"),
        "wellbeing": _("hoe het gaat"),
        "caseload_export": _("de lijst, om mee te nemen"),
        "intake": _("de intake"),
        "safety": _("wie of wat vermijden"),
        "card": _("de talentkaart"),
        "summary": _("de samenvatting"),
        "proposal": _("een voorstel"),
        "match": _("een voorstel"),
        "introduction": _("een kennismaking"),
        "placement": _("een plaatsing"),
        "work": _("passend werk"),
        "coaching": _("de uren van een jobcoach"),
        "wage_value": _("de loonwaarde"),
        "export": _("alle gegevens"),
    }
    return words.get(code, code)


@register.simple_tag
def drawn_name(path: str) -> SafeString:
    """A name drawn with a finger, as a picture; the path was checked when it came in."""
    if not path:
        return SafeString("")
    return format_html(
        '<svg class="signature-drawn" role="img" viewBox="0 0 {} {}"><title>{}</title>'
        '<path d="{}" fill="none" stroke="#26221c" stroke-width="4" stroke-linecap="round"/></svg>',
        WIDTH, HEIGHT, _("Getekende naam"), path,
    )  # fmt: skip
