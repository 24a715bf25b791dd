"""Employers: what we would come back to, agreements that run out, and whom nobody spoke with for long.

A relation belongs to a person, in whichever role. What hangs on somebody who left is the owner's of the relation.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import User
from matching.day.frame import Asked, Facts, Matter, Source, day

RUNS_OUT = timedelta(weeks=6)
QUIET_AFTER = timedelta(days=90)


def _mine(person: str) -> str:
    """SQL: it is for this membership of `user`; where that has ended, for the owner of the relation."""
    return f"""(CASE WHEN EXISTS (SELECT FROM bureaus_membership h WHERE h.id = {person}
        AND (h.ends IS NULL OR h.ends >= %(today)s)) THEN {person} ELSE e.owner_id END
        IN (SELECT h.id FROM bureaus_membership h WHERE h.user_id = %(user)s))"""  # noqa: S608 - constants of ours


REMINDERS = """
SELECT r.id, r.due_on, 'reminder' AS kind
FROM employers_reminder r JOIN employers_employer e ON e.id = r.employer_id
WHERE r.bureau_id = %(bureau)s AND r.done_at IS NULL AND r.due_on <= %(today)s AND {mine}
"""
REMINDER = """
'id', r.id, 'employer', e.id, 'name', e.name, 'text', r.text, 'due', r.due_on,
'mine', m.user_id = %(user)s, 'who', u.name, 'email', u.email
"""
REMINDER_JOINS = """
JOIN employers_reminder r ON r.id = first.id JOIN employers_employer e ON e.id = r.employer_id
LEFT JOIN bureaus_membership m ON m.id = r.for_whom_id LEFT JOIN bureaus_user u ON u.id = m.user_id
"""
AGREEMENTS = f"""
SELECT a.id, a.ends_on, 'agreement_ends' AS kind
FROM employers_agreement a JOIN employers_employer e ON e.id = a.employer_id
WHERE a.bureau_id = %(bureau)s AND a.state <> 'ended' AND a.ends_on <= %(today)s + {RUNS_OUT.days} AND {{mine}}
"""  # noqa: S608 - a constant of ours
AGREEMENT = "'id', a.id, 'employer', e.id, 'name', e.name, 'title', a.title, 'ends', a.ends_on"
AGREEMENT_JOINS = """
JOIN employers_agreement a ON a.id = first.id JOIN employers_employer e ON e.id = a.employer_id
"""
QUIET = f"""
SELECT e.id, coalesce(e.last_contact_on, e.created_at::date) AS since, 'not_spoken' AS kind
FROM employers_employer e
WHERE e.bureau_id = %(bureau)s AND e.owner_id IS NOT NULL AND {{mine}}
    AND coalesce(e.last_contact_on, e.created_at::date) <= %(today)s - {QUIET_AFTER.days}
"""  # noqa: S608 - a constant of ours
QUIET_FACTS = "'id', e.id, 'name', e.name, 'last', e.last_contact_on"


def _reminder(asked: Asked, kind: str, facts: Facts) -> Matter:
    note = ""
    if facts["email"] and not facts["mine"]:
        note = _("voor %(who)s") % {"who": User(name=facts["who"], email=facts["email"])}
    elif date.fromisoformat(facts["due"]) < asked.today:
        note = _("was voor %(day)s") % {"day": day(facts["due"])}
    page = _relation(facts["employer"])
    may = asked.may_propose or facts["mine"]
    done = reverse("employers:reminder_done", args=[facts["id"]]) if may else ""
    if not asked.may_propose:
        return Matter(facts["name"], facts["text"], page, _("Bekijk"), note, page, done=done)
    talk = reverse("employers:talk_new", args=[facts["employer"]])
    return Matter(facts["name"], facts["text"], talk, _("Noteer gesprek"), note, page, done=done)


def _agreement(asked: Asked, kind: str, facts: Facts) -> Matter:
    over = date.fromisoformat(facts["ends"]) < asked.today
    said = _("%(title)s, liep tot en met %(day)s") if over else _("%(title)s, loopt tot en met %(day)s")
    text = said % {"title": facts["title"], "day": day(facts["ends"])}
    url = reverse("employers:agreement", args=[facts["id"]])
    return Matter(facts["name"], text, url, _("Bespreek wat volgt"), "", _relation(facts["employer"]))


def _quiet(asked: Asked, kind: str, facts: Facts) -> Matter:
    text = _("Nog niet gesproken, zover we weten.")
    if facts["last"]:
        text = _("Laatst gesproken op %(day)s.") % {"day": day(facts["last"])}
    page = _relation(facts["id"])
    if not asked.may_propose:
        return Matter(facts["name"], text, page, _("Bekijk"), "", page)
    talk = reverse("employers:talk_new", args=[facts["id"]])
    return Matter(facts["name"], text, talk, _("Noteer gesprek"), "", page)


def _relation(pk: int) -> str:
    return reverse("employers:relation", args=[pk])


REMIND = Source(REMINDERS, "due_on, id", REMINDER, REMINDER_JOINS, _reminder, mine=_mine("r.for_whom_id"))
RUNNING_OUT = Source(
    AGREEMENTS, "ends_on, id", AGREEMENT, AGREEMENT_JOINS, _agreement, mine=_mine("a.colleague_id")
)
SILENT = Source(
    QUIET, "since, id", QUIET_FACTS, "JOIN employers_employer e ON e.id = first.id", _quiet,
    mine=_mine("e.owner_id"),
)  # fmt: skip
