"""Each person once: a promise to call goes before a silence."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import User
from candidates.models import Candidate
from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.links import file_of, work_for

FOUND = """
SELECT c.id, c.call_back_on, c.last_proposed_on, c.entered_on, CASE
    WHEN c.call_back_on <= %(today)s THEN 'call_back'
    WHEN c.stage = 'searching' AND coalesce(c.last_proposed_on, c.entered_on) < %(today)s - 30 THEN 'not_proposed'
    WHEN c.stage <> 'paused' AND coalesce(c.last_contact_on, c.entered_on) < %(today)s - 30 THEN 'silent'
    END AS kind
FROM candidates_candidate c WHERE c.bureau_id = %(bureau)s AND c.stage <> 'closed' AND c.leaving_on IS NULL AND {mine}
"""
FACTS = """
'id', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'phone', c.phone, 'called', c.call_back_on,
'proposed', c.last_proposed_on, 'contact', c.last_contact_on, 'held', c.connector_id = %(me)s OR coach.id = %(me)s,
'coach', u.name, 'coach_email', u.email
"""
JOINS = """
JOIN candidates_candidate c ON c.id = first.id
LEFT JOIN bureaus_membership coach ON coach.id = c.coach_id LEFT JOIN bureaus_user u ON u.id = coach.user_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    name, page = short_name(facts), file_of(facts["id"])
    coach = ""
    if facts["coach_email"] and not facts["held"]:
        coach = _("coach: %(who)s") % {"who": User(name=facts["coach"], email=facts["coach_email"])}
    if kind == "call_back":
        phone = facts["phone"]
        url = f"tel:{phone.replace(' ', '')}" if phone else page
        return Matter(
            name,
            _promised(facts["called"], asked.today),
            url,
            _("Bel"),
            phone or coach,
            page,
            did=_did(asked, facts),
        )
    if kind == "not_proposed":
        text = _since(facts["proposed"], _("Nog nooit voorgesteld."), _("Laatst voorgesteld op %(day)s."))
        if asked.may_propose:
            return Matter(name, text, work_for(facts["id"]) or page, _("Zoek werk"), coach, page)
        return Matter(name, text, page, _("Bekijk"), coach, page)
    text = _since(facts["contact"], _("Nog geen contact genoteerd."), _("Laatste contact op %(day)s."))
    return Matter(name, text, page, _("Neem contact op"), coach, page, did=_did(asked, facts))


def short_name(facts: Facts) -> str:
    """What one calls out loud in a community centre."""
    return Candidate(first_name=facts["first_name"], last_name=facts["last_name"]).short_name


def _did(asked: Asked, facts: Facts) -> str:
    """One tap notes a call, for who may write in the file."""
    return _("Ik heb gebeld") if asked.may_propose or facts["held"] else ""


def _promised(on: str, today: date) -> str:
    if date.fromisoformat(on) == today:
        return _("Beloofd voor vandaag.")
    return _("Beloofd voor %(day)s.") % {"day": day(on)}


def _since(on: str | None, never: str, since: str) -> str:
    return never if on is None else since % {"day": day(on)}


PEOPLE = Source(
    FOUND, "call_back_on, last_proposed_on NULLS FIRST, entered_on, id", FACTS, JOINS, _told, person="c.id"
)
