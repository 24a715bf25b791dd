"""Work that runs: conversations that are due, and ends that come in sight."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from employers.enums import WorkForm
from matching.day.frame import Asked, Facts, Matter, Source, day, moment
from matching.day.people import short_name
from matching.day.signals import MISSED_AFTER
from matching.enums import CheckInMood, NextStep
from matching.models import Placement

END_IN_SIGHT = timedelta(weeks=6)

# Of each placement the newest conversation that is due; what was missed before it is not asked twice. What the
# candidate told waits to be read. After two weeks without either it is an early signal, while the work goes on.
CHECK_INS = f"""
SELECT * FROM (
    SELECT DISTINCT ON (k.placement_id) k.id, k.due_on, CASE
        WHEN k.told_on IS NOT NULL THEN 'check_in_told'
        WHEN k.asked_at < %(now)s - (SELECT make_interval(days => b.answer_days) FROM bureaus_bureau b
            WHERE b.id = %(bureau)s) AND k.due_on >= %(today)s - {MISSED_AFTER.days} THEN 'check_in_silent'
        WHEN k.due_on >= %(today)s - {MISSED_AFTER.days} OR p.ended_on < %(today)s THEN 'check_in' END AS kind
    FROM matching_checkin k JOIN candidates_candidate c ON c.id = k.candidate_id
    JOIN matching_placement p ON p.id = k.placement_id
    WHERE k.bureau_id = %(bureau)s AND {{mine}} AND k.done_on IS NULL AND k.skipped_on IS NULL
        AND (k.due_on <= %(today)s + 3 OR k.told_on IS NOT NULL)
    ORDER BY k.placement_id, k.told_on DESC NULLS LAST, k.due_on DESC, k.id) AS newest
"""  # noqa: S608 - a constant of ours
CHECK_IN_FACTS = """
'id', k.id, 'placement', k.placement_id, 'week', k.week, 'due', k.due_on, 'employer', e.name,
'words', k.candidate_words, 'mood', k.mood, 'phone', c.phone, 'asked', k.asked_at,
'first_name', c.first_name, 'last_name', c.last_name
"""
CHECK_IN_JOINS = """
JOIN matching_checkin k ON k.id = first.id
JOIN candidates_candidate c ON c.id = k.candidate_id JOIN employers_employer e ON e.id = k.employer_id
"""
ENDINGS = f"""
SELECT p.id, p.ends_on, 'ending' AS kind
FROM matching_placement p JOIN candidates_candidate c ON c.id = p.candidate_id
WHERE p.bureau_id = %(bureau)s AND {{mine}} AND p.starts_on <= %(today)s AND p.ended_on IS NULL
    AND p.ends_on <= %(today)s + {END_IN_SIGHT.days}
"""  # noqa: S608 - a constant of ours
ENDING_FACTS = """
'id', p.id, 'form', p.form, 'ends', p.ends_on, 'employer', e.name, 'first_name', c.first_name, 'last_name', c.last_name,
'step', n.step, 'planned_on', n."on"
"""
ENDING_JOINS = """
JOIN matching_placement p ON p.id = first.id
JOIN candidates_candidate c ON c.id = p.candidate_id JOIN employers_employer e ON e.id = p.employer_id
LEFT JOIN matching_nextplan n ON n.placement_id = p.id
"""


def _check_in(asked: Asked, kind: str, facts: Facts) -> Matter:
    text = _("Week %(week)s bij %(employer)s") % {"week": facts["week"], "employer": facts["employer"]}
    page = reverse("matching:placement_check_ins", args=[facts["placement"]])
    if kind == "check_in_told":
        said = str(CheckInMood(facts["mood"]).label) if facts["mood"] else ""
        note = " ".join(
            filter(None, [said, f"“{Truncator(facts['words']).chars(90)}”" if facts["words"] else ""])
        )
        did = _("Gelezen") if asked.may_propose else ""
        return Matter(short_name(facts), text, page, _("Lees het"), note, page, did=did)
    if kind == "check_in_silent" and asked.may_propose:
        since = date_format(moment(facts["asked"]), "j F")
        note = _("kreeg de vragen op %(day)s, nog geen antwoord") % {"day": since}
        if facts["phone"]:
            return Matter(
                short_name(facts), text, f"tel:{facts['phone'].replace(' ', '')}", _("Bel"), note, page
            )
        return Matter(short_name(facts), text, page, _("Schrijf op"), note, page)
    late = date.fromisoformat(facts["due"]) < asked.today
    note = _("was rond %(day)s") % {"day": day(facts["due"])} if late else ""
    if asked.may_propose:
        url = reverse("matching:check_in", args=[facts["id"]])
        return Matter(short_name(facts), text, url, _("Schrijf op"), note, page)
    return Matter(short_name(facts), text, page, _("Bekijk"), note, page)


def _ending(asked: Asked, kind: str, facts: Facts) -> Matter:
    text = _("%(form)s bij %(employer)s, tot en met %(day)s") % {
        "form": WorkForm(facts["form"]).label, "employer": facts["employer"], "day": day(facts["ends"]),
    }  # fmt: skip
    page = _placement(facts["id"])
    if asked.may_propose:
        url = reverse("matching:next_plan", args=[facts["id"]])
        return Matter(short_name(facts), text, url, _("Bespreek wat volgt"), _planned(facts), page)
    return Matter(short_name(facts), text, page, _("Bekijk"), _planned(facts), page)


def _planned(facts: Facts) -> str:
    """What comes next, if somebody wrote it down."""
    if not facts["step"]:
        return ""
    step = str(NextStep(facts["step"]).label)
    return f"{step}, {day(facts['planned_on'])}" if facts["planned_on"] else step


def _placement(pk: int) -> str:
    return reverse("matching:placement", args=[pk])


def ends_in_sight(placements: QuerySet[Placement], today: date) -> QuerySet[Placement]:
    """Placements that run and end within six weeks, as agreed: the same rule as for the list of the day."""
    return placements.running(today).filter(ended_on=None, ends_on__lte=today + END_IN_SIGHT)  # type: ignore[attr-defined]


DUE = Source(CHECK_INS, "due_on, id", CHECK_IN_FACTS, CHECK_IN_JOINS, _check_in, person="c.id")
ENDING = Source(ENDINGS, "ends_on, id", ENDING_FACTS, ENDING_JOINS, _ending, person="c.id")
