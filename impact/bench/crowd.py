"""A bureau far larger than any there is: whether its report still fits within what a worker may take."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Municipality
from impact import earlier, snapshots
from impact.bench.clock import Clock, Times
from impact.bench.data import bureau_of, whole
from impact.bench.measure import Reading, reading
from impact.publishing import publish

WORK = {
    "matching_placement": """
INSERT INTO matching_placement (bureau_id, candidate_id, employer_id, form, starts_on, in_neighbourhood{columns})
SELECT c.bureau_id, c.id, %(employer)s,
    (ARRAY['work_experience', 'learn_work', 'activation', 'own_business'])[1 + c.id %% 4],
    c.entered_on + 30 + (c.id %% 90)::int, c.id %% 3 = 0{values}
FROM candidates_candidate c WHERE c.bureau_id = %(bureau)s AND c.id %% 10 < 6
""",
    "matching_hoursstep": """
INSERT INTO matching_hoursstep (bureau_id, candidate_id, employer_id, placement_id, hours, during{columns})
SELECT p.bureau_id, p.candidate_id, p.employer_id, p.id, 4 + 8 * step + p.id %% 8,
    CASE step WHEN 0 THEN daterange(p.starts_on, p.starts_on + 60) ELSE daterange(p.starts_on + 60, NULL) END{values}
FROM matching_placement p, generate_series(0, 1) step WHERE p.bureau_id = %(bureau)s
""",
    "candidates_measurement": """
INSERT INTO candidates_measurement (bureau_id, candidate_id, measured_on, rung, answers, wellbeing{columns})
SELECT c.bureau_id, c.id, c.entered_on + 150 * turn, 1 + (c.id + turn) %% 5, '{{}}', ''{values}
FROM candidates_candidate c, generate_series(0, 1) turn WHERE c.bureau_id = %(bureau)s
""",
    "candidates_wellbeing": """
INSERT INTO candidates_wellbeing (bureau_id, candidate_id, filled_on, version, answers, words{columns})
SELECT c.bureau_id, c.id, c.entered_on + 150 * turn, '1', jsonb_build_object('mood', 1 + (c.id + turn) %% 5,
    'energy', 1 + c.id %% 5, 'days', 1 + turn + c.id %% 4), ''{values}
FROM candidates_candidate c, generate_series(0, 1) turn WHERE c.bureau_id = %(bureau)s AND c.id %% 3 = 0
""",
}
TABLES = ("candidates_candidate", "candidates_intake", *WORK)


def crowd(people: int, clock: Clock) -> Reading:
    """Measuring and publishing a year of so many trajectories, with the most memory the process held meanwhile."""
    bureau, until = _fill(people), timezone.localdate()

    def measure_and_publish() -> None:
        with snapshots.one_moment(bureau, reason="bench"):
            figures, units = earlier.measure(
                bureau, since=until - timedelta(days=364), until=until, reports=earlier.released(bureau)
            )
        publish(figures, version=1, units=units)

    _forget_peak()
    took = Times.of([clock.time(measure_and_publish)])
    held, most = _peak(), settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD
    limit = settings.CELERY_TASK_SOFT_TIME_LIMIT
    goal = f"≤ {limit:g} s and ≤ {most // 1000} MB, a worker's turn"
    reached = took.wall <= 1000 * limit and held <= 1024 * most
    return reading(f"report of {people:,} trajectories", took, 1, "itself", goal, reached, size=held)


def _fill(people: int) -> Bureau:
    """People and their work as the other benches make them, with nobody writing a trail of it."""
    municipality, _ = Municipality.objects.get_or_create(code="GM9999", defaults={"name": "Meetstad"})
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        bureau = bureau_of(municipality, "meting-stad", people, 10).bureau
        cursor.execute("SELECT min(id) FROM employers_employer WHERE bureau_id = %s", [bureau.pk])
        values = {"bureau": bureau.pk, "employer": cursor.fetchone()[0]}
        for table, statement in WORK.items():
            cursor.execute(whole(statement, table), values)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
    return bureau


def _forget_peak() -> None:
    """Let the system count the most memory held from here."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Bytes, the most that was held since."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
