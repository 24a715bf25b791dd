"""Proposals and meetings that wait for somebody's next step."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from candidates.phones import show_phone
from matching.day.frame import Asked, Facts, Matter, Source, day, moment
from matching.day.people import short_name
from matching.enums import MatchState
from matching.links import work_for

FOUND = """
SELECT m.id, m.candidate_id, m.position_id, m.employer_id, m.state, m.answer_by, m.decline_note, i.starts_at,
    i.place, i.employer_note, i.introduced_at, c.first_name, c.last_name, c.phone, CASE
    WHEN EXISTS (SELECT FROM matching_message s WHERE s.match_id = m.id
        AND (s.state IN ('failed', 'bounced') OR s.state = 'held' AND s.why_held NOT IN ('', 'consent'))
        AND s.created_at >= %(now)s - interval '14 days') THEN 'not_sent'
    WHEN EXISTS (SELECT FROM matching_message s WHERE s.match_id = m.id AND s.state = 'held'
        AND s.why_held IN ('', 'consent') AND s.created_at >= %(now)s - interval '14 days'
        AND NOT EXISTS (SELECT FROM candidates_conversation said
        WHERE said.candidate_id = m.candidate_id AND said.created_at > s.created_at AND said.by_id IS NOT NULL))
        THEN 'may_not_mail'
    WHEN m.state = 'meeting_planned' AND i.starts_at < %(now)s THEN 'was_met'
    WHEN m.state = 'meeting_planned' AND i.starts_at < %(tomorrow)s THEN 'meeting'
    WHEN m.state IN ('introduced', 'met') AND EXISTS (SELECT FROM matching_meetingoption o
        WHERE o.introduction_id = i.id AND o.closed_at IS NULL AND o.starts_at > %(now)s
        AND o.candidate_says = 'yes' AND o.employer_says = 'yes' AND o.coach_says <> 'no') THEN 'times_fit'
    WHEN m.state IN ('introduced', 'met') AND EXISTS (SELECT FROM matching_meetingoption o
        WHERE o.introduction_id = i.id AND o.closed_at IS NULL AND o.starts_at > %(now)s) THEN NULL
    WHEN m.state = 'introduced' AND (i.calendar_uid IS NOT NULL
        OR EXISTS (SELECT FROM matching_meetingoption o WHERE o.introduction_id = i.id)) THEN 'plan_again'
    WHEN m.state = 'met' THEN 'met'
    WHEN m.state = 'candidate_agreed' THEN 'agreed'
    WHEN m.state = 'introduced' AND i.employer_answer = 'yes' THEN 'employer_yes'
    WHEN m.state = 'introduced' AND i.introduced_at < %(now)s - CASE
        WHEN EXISTS (SELECT FROM employers_contact t WHERE t.employer_id = m.employer_id AND t.email <> '')
        THEN (SELECT make_interval(days => b.answer_days) FROM bureaus_bureau b WHERE b.id = %(bureau)s)
        ELSE interval '3 days' END THEN 'silent_employer'
    WHEN m.state = 'proposed' AND EXISTS (SELECT FROM matching_matchevent e WHERE e.match_id = m.id
        AND e.by_role = 'candidate' AND e.from_state = e.to_state AND e.at >= %(now)s - interval '7 days')
        THEN 'not_right'
    WHEN m.state = 'proposed' AND m.answer_by <= %(today)s + 7 THEN 'waiting'
    WHEN (m.state = 'expired' OR m.state = 'declined' AND m.declined_by IN ('candidate', 'employer'))
        AND NOT EXISTS (SELECT FROM matching_match later WHERE later.candidate_id = m.candidate_id
        AND later.proposed_at > m.ended_at AND later.id <> m.id AND NOT EXISTS (
            SELECT FROM matching_matchevent e JOIN matching_matchevent made ON made.id = e.undoes_id
            WHERE e.match_id = later.id AND made.from_state = '')) THEN 'stopped'
    END AS kind
FROM matching_match m
JOIN candidates_candidate c ON c.id = m.candidate_id LEFT JOIN matching_introduction i ON i.match_id = m.id
WHERE m.bureau_id = %(bureau)s AND {mine}
    AND (m.state IN ('proposed', 'candidate_agreed', 'introduced', 'meeting_planned', 'met')
        OR m.state IN ('declined', 'expired') AND m.ended_at >= %(now)s - interval '7 days')
"""
# A proposal and its people are read once: few enough wait to carry along, and a join less is less to plan.
FACTS = """
'id', first.id, 'candidate', first.candidate_id, 'first_name', first.first_name, 'last_name', first.last_name,
'phone', first.phone, 'state', first.state, 'answer_by', first.answer_by, 'decline_note', first.decline_note,
'starts_at', first.starts_at, 'place', first.place, 'employer_note', first.employer_note,
'work', p.title, 'employer', e.name, 'introduced', first.introduced_at,
'call', (SELECT t.phone FROM employers_contact t WHERE t.employer_id = first.employer_id AND t.phone <> ''
    ORDER BY t.name, t.id LIMIT 1),
'not_sent', (SELECT jsonb_build_object('id', s.id, 'to', s.recipient) FROM matching_message s
    WHERE s.match_id = first.id AND s.created_at >= %(now)s - interval '14 days'
    AND (s.state IN ('failed', 'bounced') OR s.state = 'held' AND s.why_held NOT IN ('', 'consent'))
    ORDER BY s.id DESC LIMIT 1)
"""
JOINS = """
JOIN employers_position p ON p.id = first.position_id JOIN employers_employer e ON e.id = first.employer_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("matching:match", args=[facts["id"]])
    text = _("%(work)s bij %(employer)s") % {"work": facts["work"], "employer": facts["employer"]}
    act, name, note = _act(kind, facts)
    if not asked.may_propose:
        act, name = _("Bekijk"), ""
    url = reverse(f"matching:{name}", args=[facts["id"]]) if name else page
    if kind == "silent_employer" and asked.may_propose and facts["call"]:
        act, url = _("Bel"), f"tel:{facts['call'].replace(' ', '')}"
        note = f"{note}, {facts['call']}"
    if kind == "stopped" and asked.may_propose:
        url = work_for(facts["candidate"]) or page
    if kind == "not_sent" and asked.may_propose:
        url = reverse("matching:message", args=[facts["not_sent"]["id"]])
    if kind == "times_fit" and asked.may_propose:
        url = f"{page}#momenten"
    if kind == "may_not_mail" and asked.may_propose:
        url = reverse("candidates:conversation_add", args=[facts["candidate"]])
    return Matter(short_name(facts), text, url, act, note, page)


def _act(kind: str, facts: Facts) -> tuple[str, str, str]:
    """The act's words, the page that does it, and what is good to know."""
    match kind:
        case "not_sent":
            note = _("aan %(address)s") % {"address": facts["not_sent"]["to"]}
            return _("Verbeter of verstuur opnieuw"), "", note
        case "times_fit":
            return _("Kies het moment"), "", ""
        case "plan_again":
            return _("Stel momenten voor"), "times_propose", ""
        case "may_not_mail":
            return _("Schrijf het gesprek op"), "", show_phone(facts["phone"])
        case "meeting":
            at = f"{moment(facts['starts_at']):%H:%M}"
            return _("Bekijk"), "", _("om %(time)s, %(place)s") % {"time": at, "place": facts["place"]}
        case "was_met":
            return _("Schrijf op"), "meeting_record", date_format(moment(facts["starts_at"]), "l j F")
        case "met":
            return _("Begin plaatsing"), "match_place", ""
        case "agreed":
            return _("Stel voor aan werkgever"), "match_introduce", ""
        case "employer_yes":
            return _("Plan kennismaking"), "meeting_plan", facts["employer_note"]
        case "silent_employer":
            since = date_format(moment(facts["introduced"]), "j F")
            return _("Noteer antwoord"), "match_employer_answer", _("sinds %(day)s") % {"day": since}
        case "waiting":
            note = _("antwoord voor %(day)s") % {"day": day(facts["answer_by"])}
            return _("Noteer antwoord"), "match_answer", note
        case "stopped":
            said = f"{MatchState(facts['state']).label}. {facts['decline_note']}"
            return _("Zoek werk"), "", said.strip()
    return _("Bekijk"), "", ""


MATCHES = Source(FOUND, "starts_at, answer_by, id", FACTS, JOINS, _told, person="first.candidate_id")
