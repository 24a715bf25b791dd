"""What the candidate's own pages tell: consents with their past, and who looked, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import Consent


@dataclass(frozen=True)
class Said:
    """One thing in the past of a consent: a sentence and its day."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Looked:
    """Somebody looked, once or more on one day."""

    text: str
    reason: str


def past_of(consents: list[Consent], me: Membership) -> list[Said]:
    """When yes was said and taken back, and who wrote that down; newest first. Needs both memberships joined."""
    lines = []
    for one in consents:
        lines.append(Said(one.given_at, _given(one, me)))
        if one.withdrawn_at:
            lines.append(Said(one.withdrawn_at, _withdrawn(one, me)))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _given(one: Consent, me: Membership) -> str:
    if one.recorded_by_id == me.pk:
        return _("Je zei ja, op je eigen pagina.")
    if one.recorded_by is None:
        return _("Je zei ja.")
    return _("Je zei ja. %(who)s schreef dat op.") % {"who": one.recorded_by.user}


def _withdrawn(one: Consent, me: Membership) -> str:
    if one.withdrawn_by_id == me.pk:
        return _("Je trok het in, op je eigen pagina.")
    if one.withdrawn_by is None:
        return _("Het ja stopte.")
    return _("Het ja stopte. %(who)s schreef dat op.") % {"who": one.withdrawn_by.user}


def looked_lines(readings: list[Reading]) -> list[Looked]:
    """Readings, newest first, as sentences; the same person for the same thing on one day is told once."""
    groups: dict[tuple[object, ...], list[Reading]] = {}
    for reading in readings:
        groups.setdefault(_same(reading), []).append(reading)
    return [Looked(_looked(several), several[0].reason) for several in groups.values()]


def _same(reading: Reading) -> tuple[object, ...]:
    day = timezone.localdate(reading.at)
    return (day, reading.actor_id, reading.actor_name, reading.role, reading.what, reading.reason)


def _looked(several: list[Reading]) -> str:
    newest = several[0]
    words = {
        "who": newest.actor_name or _("Iemand van het bureau"),
        "role": str(dict(Role.choices).get(newest.role, "")).lower(),
        "what": part_in_words(newest.what),
        "day": date_format(timezone.localdate(newest.at), "j F Y"),
        "time": f"{timezone.localtime(newest.at):%H:%M}",
        "times": len(several),
    }
    if len(several) > 1:
        return _("Op %(day)s las %(who)s (%(role)s) %(what)s, %(times)s keer.") % words
    return _("Op %(day)s om %(time)s las %(who)s (%(role)s) %(what)s.") % words


def part_in_words(code: str) -> str:
    """What was read, as part of a sentence."""
    words = {
        "file": _("je dossier"),
        "timeline": _("wat er met jou gebeurde"),
        "intake": _("je intake"),
        "safety": _("wie of wat je wilt vermijden"),
        "proposal": _("een voorstel voor jou"),
        "match": _("een voorstel voor jou"),
        "placement": _("je werk"),
        "work": _("welk werk bij je past"),
        "introduction": _("een kennismaking van jou"),
        "plan": _("je plan"),
        "wellbeing": _("hoe het met je gaat"),
        "budget": _("je opleidingsbudget"),
        "caseload_export": _("je gegevens, om ze mee te nemen in een lijst"),
        "card": _("je talentkaart"),
        "summary": _("je samenvatting"),
        "story": _("een verhaal over jou"),
        "evidence": _("je deelname, voor een fonds"),
        "export": _("je gegevens, om ze mee te nemen in een lijst"),
    }
    return words.get(code, _("een deel van je dossier"))
