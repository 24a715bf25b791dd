"""The figures of a report, computed a second time by queries that know nothing of how the report does it."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, FirstConversation, Intake, Measurement
from employers.models import Employer
from impact import earlier, services, snapshots
from impact.checking import text_of
from impact.documents import render_report
from impact.figures import Figures, sums
from impact.publishing import publish
from impact.services import making
from matching.models import HoursStep, Placement
from tests.impact.invented import AREAS
from tests.world import build_world

SINCE, UNTIL = date(2026, 1, 1), date(2026, 7, 31)
PAID = {"employer_of_record": "Proefbedrijf", "contract_on": SINCE}


@pytest.fixture
def story(bureau: Bureau, coach: Membership) -> Bureau:
    """Seventy people; some before the period, some after it, some stopped, some stepped back."""
    chance = random.Random(7)
    works = [
        Employer.objects.create(bureau=bureau, name=f"Werk {n}", kind=kind, sector=sector)
        for n, (kind, sector) in enumerate(
            [("social", "10"), ("regular", "56"), ("care", "88"), ("social", "")]
        )
    ]
    for number in range(70):
        entered = SINCE + timedelta(days=chance.randrange(-60, 230))
        person = Candidate.objects.create(
            bureau=bureau, first_name=f"Mens {number}", coach=coach, entered_on=entered,
            source=chance.choice(["walk_in", "organisation", "referral", "gathering", ""]),
            birth_year=chance.choice([1965, 1980, 1995, 2004, None]),
            resident_kind=chance.choice(["resident"] * 9 + ["student"]),
            without_work_since=chance.choice([None, entered - timedelta(days=chance.randrange(3000))]),
        )  # fmt: skip
        if chance.random() < 0.8:
            FirstConversation.objects.create(bureau=bureau, candidate=person, held_on=entered)
        if chance.random() < 0.8:
            done = entered + timedelta(days=chance.randrange(30))
            Intake.objects.create(bureau=bureau, candidate=person, started_on=entered, completed_on=done)
        for step in range(chance.randrange(3)):
            when = entered + timedelta(days=60 * step + chance.randrange(9))
            Measurement.objects.create(
                bureau=bureau, candidate=person, measured_on=when, rung=chance.randint(1, 5)
            )
        if chance.random() < 0.6:
            _work(chance, person, chance.choice(works), entered + timedelta(days=chance.randrange(20, 50)))
    return bureau


def _work(chance: random.Random, person: Candidate, employer: Employer, starts: date) -> None:
    form = chance.choice(["volunteering", "work_experience", "learn_work", "supported_job", "regular_job"])
    ended = starts + timedelta(days=chance.randrange(30, 200)) if chance.random() < 0.3 else None
    over = {"ended_on": ended, "end_reason": "other", "destination": "searching"} if ended else {}
    here: dict[str, Any] = {"bureau": person.bureau, "candidate": person, "employer": employer}
    placement = Placement.objects.create(
        **here, form=form, starts_on=starts, in_neighbourhood=chance.choice([True, False, None]), **over,
        **(PAID if form.endswith("job") else {}),
    )  # fmt: skip
    change = starts + timedelta(days=chance.randrange(20, 80))
    hours = [chance.choice([4, 8, 12]), chance.choice([4, 8, 16, 27])]
    for number, days in zip(hours, [DateRange(starts, change), DateRange(change, None)], strict=True):
        HoursStep.objects.create(**here, placement=placement, hours=number, during=days)


def measured(bureau: Bureau, since: date = SINCE, until: date = UNTIL) -> Figures:
    with snapshots.one_moment(bureau, reason="test"):
        return snapshots.measure(bureau, since=since, until=until)


def count(query: str, bureau: Bureau) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, {"b": bureau.pk, "since": SINCE, "until": UNTIL})
        return int(cursor.fetchone()[0])


ENTERED = """
    SELECT c.id, least(c.entered_on, i.completed_on, min(f.held_on)) AS day, c.*
    FROM candidates_candidate c LEFT JOIN candidates_intake i ON i.candidate_id = c.id
    LEFT JOIN candidates_firstconversation f ON f.candidate_id = c.id
    WHERE c.bureau_id = %(b)s GROUP BY c.id, i.completed_on
"""
REAL = "form NOT IN ('volunteering', 'activation')"
STARTED = f"""
    SELECT candidate_id, min(starts_on) AS day FROM matching_placement
    WHERE bureau_id = %(b)s AND {REAL} GROUP BY candidate_id
"""
SECOND_OPINION = {
    "funnel:entered": f"SELECT count(*) FROM ({ENTERED}) e WHERE day BETWEEN %(since)s AND %(until)s",
    "funnel:intake": """SELECT count(*) FROM candidates_intake WHERE bureau_id = %(b)s
        AND completed_on BETWEEN %(since)s AND %(until)s""",
    "funnel:started": f"SELECT count(*) FROM ({STARTED}) s WHERE day BETWEEN %(since)s AND %(until)s",
    "source:walk_in:entered": f"""SELECT count(*) FROM ({ENTERED}) e
        WHERE day BETWEEN %(since)s AND %(until)s AND source = 'walk_in'""",
    "age:unknown": f"""SELECT count(*) FROM ({ENTERED}) e
        WHERE day BETWEEN %(since)s AND %(until)s AND birth_year IS NULL""",
    "without:unknown": f"""SELECT count(*) FROM ({ENTERED}) e
        WHERE day BETWEEN %(since)s AND %(until)s AND without_work_since IS NULL""",
    "resident:student": f"""SELECT count(*) FROM ({ENTERED}) e
        WHERE day BETWEEN %(since)s AND %(until)s AND resident_kind = 'student'""",
    "worked": f"""SELECT count(DISTINCT candidate_id) FROM matching_placement WHERE bureau_id = %(b)s AND {REAL}
        AND starts_on <= %(until)s AND coalesce(ended_on, 'infinity') >= %(since)s""",
    "form:regular_job": f"""SELECT count(*) FROM matching_placement p JOIN ({STARTED}) s
        ON s.candidate_id = p.candidate_id AND s.day = p.starts_on
        WHERE p.form = 'regular_job' AND day BETWEEN %(since)s AND %(until)s""",
    "begin:volunteering": """SELECT count(*) FROM matching_placement WHERE bureau_id = %(b)s
        AND form = 'volunteering' AND starts_on BETWEEN %(since)s AND %(until)s""",
    "kept:13:followed": f"SELECT count(*) FROM ({STARTED}) s WHERE day + 91 BETWEEN %(since)s AND %(until)s",
    "kept:13:still": f"""SELECT count(*) FROM ({STARTED}) s JOIN matching_placement p USING (candidate_id)
        WHERE day + 91 BETWEEN %(since)s AND %(until)s AND p.{REAL} AND coalesce(p.ended_on, 'infinity') >= day + 91""",
    "ladder:people": """SELECT count(*) FROM (SELECT candidate_id FROM candidates_measurement
        WHERE bureau_id = %(b)s AND measured_on <= %(until)s GROUP BY candidate_id
        HAVING count(*) > 1 AND max(measured_on) >= %(since)s) m""",
    "hours:start:8": f"""SELECT count(*) FROM matching_hoursstep h JOIN matching_placement p ON p.id = h.placement_id
        WHERE h.bureau_id = %(b)s AND p.{REAL} AND lower(h.during) = p.starts_on AND h.hours >= 8 AND h.hours < 16
        AND p.starts_on <= %(until)s AND coalesce(p.ended_on, 'infinity') >= %(since)s""",
    "sector:I": f"""SELECT count(*) FROM matching_placement p JOIN ({STARTED}) s ON s.candidate_id = p.candidate_id
        JOIN employers_employer e ON e.id = p.employer_id
        WHERE p.{REAL} AND e.sector = '56' AND day BETWEEN %(since)s AND %(until)s""",
}


@pytest.mark.parametrize("name", sorted(SECOND_OPINION))
def test_a_second_opinion_agrees(name: str, story: Bureau) -> None:
    assert measured(story).people(name) == count(SECOND_OPINION[name], story)


def test_the_pdf_says_what_the_second_opinion_says(story: Bureau) -> None:
    with translation.override("nl"):
        published, _ = publish(measured(story))
        text = re.sub(r"\s+", " ", text_of(render_report(published, language="nl")))
    for name, words in (
        ("funnel:entered", "In deze periode stapten {} mensen in"),
        ("funnel:started", "Er begonnen {} mensen met werk"),
        ("funnel:intake", "Intake {}"),
        ("kept:13:followed", "13 weken {}"),
    ):
        assert words.format(count(SECOND_OPINION[name], story)) in text


def test_everything_adds_up(story: Bureau) -> None:
    figures = measured(story)
    for line in sums(figures):
        assert sum(map(figures.people, line.totals)) == sum(map(figures.people, line.parts)), line


def test_parts_of_the_period_add_up_to_the_whole(story: Bureau) -> None:
    middle = date(2026, 4, 1)
    whole = measured(story)
    with snapshots.one_moment(story, reason="test"):
        cut = snapshots.measure(story, since=SINCE, until=UNTIL, cuts=[middle])
    assert len(cut.units) == 2
    assert cut.counts == whole.counts
    for name in ("funnel:entered", "funnel:started", "age:unknown", "paid:yes", "kept:4:still"):
        assert sum(unit.get(name, 0) for unit in cut.units) == whole.people(name)


def test_another_bureau_does_not_count(story: Bureau) -> None:
    before = measured(story).counts
    build_world("elders")
    assert measured(story).counts == before


def test_work_elsewhere_within_four_weeks_goes_on(bureau: Bureau, coach: Membership) -> None:
    employer = Employer.objects.create(bureau=bureau, name="Werk", kind="social")
    for number, gap in enumerate((28, 29)):
        person = Candidate.objects.create(
            bureau=bureau, first_name=f"M{number}", coach=coach, entered_on=SINCE
        )
        here: dict[str, Any] = {
            "bureau": bureau,
            "candidate": person,
            "employer": employer,
            "form": "learn_work",
        }
        last = SINCE + timedelta(days=30)
        Placement.objects.create(
            **here, starts_on=SINCE, ended_on=last, end_reason="other_work", destination="other_placement"
        )
        Placement.objects.create(**here, starts_on=last + timedelta(days=gap))
    figures = measured(bureau)
    assert (figures.people("kept:13:followed"), figures.people("kept:13:still")) == (2, 1)


def test_a_missing_rate_leaves_the_saving_out_and_is_named(story: Bureau) -> None:
    figures = measured(story)
    published, _ = publish(figures)
    assert published["figures"]["saved:low"]["status"] in ("none", "hidden")
    assert "counterfactual.share_low" in published["missing"]


def test_only_published_figures_leave(story: Bureau) -> None:
    figures = measured(story)
    published, guard = publish(figures)
    for name in guard.hidden:
        assert published["figures"][name] == {"value": None, "status": "hidden", "unit": "people"}
    assert not set(published) & {"counts", "units", "proof"}


def test_a_draft_made_before_another_release_is_made_anew(
    story: Bureau, manager: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "render_report", lambda published, language: b"%PDF-1.7 quick")
    monkeypatch.setattr(making, "check_document", lambda pdf, published: None)
    monkeypatch.setattr(making, "seal_report", lambda pdf: pdf)
    half = services.request_report(
        bureau=story, since=SINCE, until=date(2026, 3, 31), by=manager, worker=False
    )
    whole = services.request_report(bureau=story, since=SINCE, until=UNTIL, by=manager, worker=False)
    for report in (half, whole):
        services.make_report(report_id=report.pk, bureau_id=story.pk)
    half.refresh_from_db()
    whole.refresh_from_db()
    services.release(report=half, by=manager)
    with pytest.raises(NotAllowedNow):
        services.release(report=whole, by=manager)
    again = services.request_report(bureau=story, since=SINCE, until=UNTIL, by=manager, worker=False)
    assert again.pk == whole.pk
    assert services.make_report(report_id=again.pk, bureau_id=story.pk)
    again.refresh_from_db()
    assert again.snapshot
    assert again.snapshot.figures["beside"] == [str(half.pk)]
    assert not earlier.outdated(again)
    assert services.release(report=again, by=manager)


def test_areas_have_names(story: Bureau) -> None:
    assert AREAS  # the invented ones; a bureau without areas has only "unknown"
    published, _ = publish(measured(story))
    table = next(table for table in published["tables"] if table["id"] == "area")
    assert [label for _code, label in table["rows"]] == ["Onbekend", "Totaal"]
