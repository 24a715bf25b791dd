"""Early signals: what asks for a call before it goes wrong. Worked out when asked, kept nowhere as a judgement.

One line per person, in friendly words. Never shown to an employer or a municipality, and nothing of it reaches the
rules. A call ("Ik heb gebeld") quiets the signals that stood there until something new happens.
"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.day.frame import Asked, Facts, Matter, Source
from matching.day.people import short_name

MISSED_AFTER = timedelta(days=14)
"""A conversation that waits longer than this after its day was missed."""
FRESH = timedelta(days=90)
"""What happened longer ago is no early signal any more."""

# Hours: the step of today, the one before it and the one before that, each lower than the other.
_HOURS = f"""
SELECT h.candidate_id AS person, 'hours' AS what, h.id AS source, h.placement_id, lower(h.during) AS since, 3 AS place
FROM matching_hoursstep h JOIN matching_placement p ON p.id = h.placement_id
CROSS JOIN LATERAL (
    SELECT b.hours, (
        SELECT a.hours FROM matching_hoursstep a WHERE a.placement_id = h.placement_id AND a.during << b.during
        ORDER BY a.during DESC LIMIT 1) AS earlier
    FROM matching_hoursstep b WHERE b.placement_id = h.placement_id AND b.during << h.during
    ORDER BY b.during DESC LIMIT 1) AS before
WHERE h.bureau_id = %(bureau)s AND lower(h.during) > %(today)s - {FRESH.days} AND h.during @> %(today)s
    AND (p.ended_on IS NULL OR p.ended_on >= %(today)s) AND h.hours < before.hours AND before.hours < before.earlier
"""  # noqa: S608 - a constant of ours
_MISSED = f"""
SELECT k.candidate_id, 'missed', k.id, k.placement_id, k.due_on, 4
FROM matching_checkin k JOIN matching_placement p ON p.id = k.placement_id
WHERE k.bureau_id = %(bureau)s AND k.done_on IS NULL AND k.skipped_on IS NULL AND k.told_on IS NULL
    AND k.due_on < %(today)s - {MISSED_AFTER.days} AND k.due_on > %(today)s - {(MISSED_AFTER + FRESH).days}
    AND (p.ended_on IS NULL OR p.ended_on >= %(today)s)
    AND NOT EXISTS (SELECT FROM matching_checkin n WHERE n.placement_id = k.placement_id AND n.week > k.week
        AND (n.due_on <= %(today)s + 3 OR n.told_on IS NOT NULL OR n.done_on IS NOT NULL))
"""  # noqa: S608 - a constant of ours
_MOOD = f"""
SELECT k.candidate_id, 'mood', k.id, k.placement_id, k.told_on, 2
FROM matching_checkin k JOIN matching_placement p ON p.id = k.placement_id
CROSS JOIN LATERAL (
    SELECT b.mood FROM matching_checkin b
    WHERE b.placement_id = k.placement_id AND b.mood <> '' AND (b.told_on, b.week) < (k.told_on, k.week)
    ORDER BY b.told_on DESC, b.week DESC LIMIT 1) AS before
WHERE k.bureau_id = %(bureau)s AND k.mood IN ('mixed', 'hard') AND k.told_on > %(today)s - {FRESH.days}
    AND (p.ended_on IS NULL OR p.ended_on >= %(today)s)
    AND (before.mood = 'good' OR before.mood = 'mixed' AND k.mood = 'hard')
    AND NOT EXISTS (SELECT FROM matching_checkin n WHERE n.placement_id = k.placement_id AND n.mood <> ''
        AND (n.told_on, n.week) > (k.told_on, k.week))
"""  # noqa: S608 - a constant of ours
_EMPLOYER = """
SELECT q.candidate_id, 'employer', q.id, q.placement_id, coalesce(q.answered_at, q.asked_at)::date, 1
FROM matching_employerquestion q
WHERE q.bureau_id = %(bureau)s AND q.help_wanted = 'yes' AND q.settled_at IS NULL
    AND q.asked_at > %(now)s - interval '180 days'
"""
FOUND = f"""
SELECT c.id, max(s.since) AS since, min(s.place) AS place, 'signal' AS kind, jsonb_agg(
    jsonb_build_object('what', s.what, 'source', s.source, 'placement', s.placement_id) ORDER BY s.place, s.source
    ) AS signals
FROM ({_HOURS} UNION ALL {_MISSED} UNION ALL {_MOOD} UNION ALL {_EMPLOYER}) AS s
JOIN candidates_candidate c ON c.id = s.person
WHERE c.bureau_id = %(bureau)s AND c.stage <> 'closed' AND {{mine}} AND NOT EXISTS (
    SELECT FROM matching_daymark d WHERE d.bureau_id = %(bureau)s AND d.what = 'done' AND d.about = c.id::text
        AND d.kind = 'signal' AND s.what || ':' || s.source = ANY (d.triggers))
GROUP BY c.id
"""  # noqa: S608 - constants of ours
FACTS = """
'id', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'phone', c.phone, 'signals', first.signals,
'placement', w.id, 'employer', e.name, 'work_phone', (SELECT t.phone FROM employers_contact t
    WHERE t.employer_id = e.id AND t.phone <> '' ORDER BY t.name, t.id LIMIT 1),
'words', (SELECT q.words FROM matching_employerquestion q WHERE first.place = 1
    AND q.id = (first.signals -> 0 ->> 'source')::bigint)
"""
JOINS = """
JOIN candidates_candidate c ON c.id = first.id
JOIN matching_placement w ON w.id = (first.signals -> 0 ->> 'placement')::bigint
JOIN employers_employer e ON e.id = w.employer_id
"""


def triggers(facts: Facts) -> list[str]:
    """What a call answers: each signal with the row it came from."""
    return [f"{signal['what']}:{signal['source']}" for signal in facts["signals"]]


def asked_by_employer(facts: Facts) -> list[int]:
    """The questions in which an employer asks for a call."""
    return [signal["source"] for signal in facts["signals"] if signal["what"] == "employer"]


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    what = facts["signals"][0]["what"]
    page = reverse("matching:placement_check_ins", args=[facts["placement"]])
    names = {"name": facts["first_name"], "employer": facts["employer"]}
    others = [_short(signal["what"]) for signal in facts["signals"][1:]]
    note = ", ".join(dict.fromkeys(others))
    phone = facts["work_phone"] if what == "employer" else facts["phone"]
    if what == "employer" and facts["words"]:
        note = f"“{facts['words']}”" + (f", {note}" if note else "")
    did = _("Ik heb gebeld") if asked.may_propose or not asked_by_employer(facts) else ""
    if not phone:
        return Matter(short_name(facts), _line(what) % names, page, _("Bekijk"), note, page, did=did)
    url = f"tel:{phone.replace(' ', '')}"
    return Matter(short_name(facts), _line(what) % names, url, _("Bel"), note, page, did=did)


def _line(what: str) -> str:
    """The strongest signal, as one would say it to a colleague."""
    match what:
        case "employer":
            return _("%(employer)s vraagt of je belt over %(name)s.")
        case "mood":
            return _("Het gaat met %(name)s wat minder dan de vorige keer: even bellen?")
        case "hours":
            return _("Twee keer een stap terug bij %(name)s: even bellen?")
    return _("Het gesprek met %(name)s schoot erbij in: even bellen?")


def _short(what: str) -> str:
    """The others, in a few words."""
    match what:
        case "employer":
            return _("de werkgever vraagt of je belt")
        case "mood":
            return _("het gaat wat minder")
        case "hours":
            return _("twee keer een stap terug")
    return _("een gesprek schoot erbij in")


SIGNALS = Source(FOUND, "place, since DESC, id", FACTS, JOINS, _told, person="c.id")
