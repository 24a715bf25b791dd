"""Many people and much work, made inside the database, as the application itself would write it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership, Municipality, User
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import Term
from employers.models import Employer, Location, Position

PEOPLE = """
INSERT INTO candidates_candidate (bureau_id, first_name, infix, last_name, search_name, birth_year, phone, email, postcode,
    area_id, language, resident_kind, source, benefit, stage, connector_id, coach_id, entered_on, last_contact_on,
    last_proposed_on, closed_reason, import_key, created_at, updated_at{columns})
SELECT %(bureau)s, initcap(first), '', initcap(last), first || ' ' || last,
    1960 + n %% 45, '06' || lpad(n::text, 8, '0'), '', '2531', %(area)s, 'nl', 'resident',
    (ARRAY['walk_in', 'organisation', 'referral', 'gathering', 'online'])[1 + n %% 5], '',
    (ARRAY['met', 'intake', 'searching', 'searching', 'introducing', 'working'])[1 + n %% 6],
    %(connector)s, CASE WHEN n %% 250 < 40 THEN %(coach)s ELSE %(colleague)s END,
    current_date - n %% 700, current_date - n %% 90, CASE WHEN n %% 3 = 0 THEN current_date - n %% 200 END, '', '', now(), now(){values}
FROM generate_series(1, %(people)s) n,
    translate(left(md5(n::text), 7), '0123456789abcdef', 'aeioubdfklmnprst') first,
    translate(left(md5((n %% 997)::text), 8), '0123456789abcdef', 'aeioubdfklmnprst') last
"""
INTAKES = """
INSERT INTO candidates_intake (bureau_id, candidate_id, started_on, completed_on, dreams, wishes, energy, talents_claimed,
    talents_evidence, tasks_liked, tasks_rather_not, hours_now, hours_wished, dayparts, conditions_needed, means,
    travel_minutes, wants_own_area, dutch_level, languages, guidance_needed, forms_accepted, notes, provenance, summary,
    summary_approved_name, updated_at{columns})
SELECT c.bureau_id, c.id, c.entered_on, c.entered_on, 'Weer aan de slag', '', '',
    ARRAY[%(talent)s + (c.id %% 40)::int, %(talent)s + (c.id %% 23)::int], '',
    ARRAY[%(task)s + (c.id %% 100)::int, %(task)s + (c.id %% 61)::int, %(task)s + (c.id %% 17)::int],
    ARRAY[%(task)s + (c.id %% 90)::int], 4 + c.id %% 20, 16 + c.id %% 20, CASE WHEN c.id %% 7 = 0 THEN NULL ELSE (c.id * 7919 %% 2097152)::int END,
    CASE WHEN c.id %% 5 = 0 THEN NULL ELSE ARRAY[%(condition)s + (c.id %% 20)::int] END, ARRAY['bike'], 30, c.id %% 2 = 0,
    (c.id %% 5)::smallint, ARRAY['ar'], (c.id %% 4)::smallint,
    CASE WHEN c.id %% 4 = 0 THEN NULL ELSE ARRAY['work_experience', 'learn_work', 'supported_job'] END, '{{}}', '{{}}', '', '', now(){values}
FROM candidates_candidate c WHERE c.bureau_id = %(bureau)s
"""


@dataclass(frozen=True)
class Stage:
    """What the pages are asked with."""

    bureau: Bureau
    coach: Membership
    manager: Membership
    candidate_id: int
    position_id: int
    people: int


SMALL = 1_000
NOTHING = {
    "ARRAY": "'{}'",
    "jsonb": "'{}'",
    "boolean": "false",
    "text": "''",
    "character varying": "''",
    "timestamp with time zone": "now()",
}


def fill(*, people: int, positions: int, elsewhere: int) -> tuple[Stage, Stage]:
    """One bureau with `people` and `positions`, and a small one; `elsewhere` people in others of 10,000 at most."""
    municipality, _ = Municipality.objects.get_or_create(code="GM9999", defaults={"name": "Meetstad"})
    for number, size in enumerate(_portions(elsewhere)):
        bureau_of(municipality, f"meting-elders-{number}", size, 10)
    small = bureau_of(municipality, "meting-klein", min(SMALL, people), 10)
    return bureau_of(municipality, "meting", people, positions), small


def _portions(total: int) -> list[int]:
    return [min(10_000, total - at) for at in range(0, total, 10_000)]


def bureau_of(municipality: Municipality, slug: str, people: int, positions: int) -> Stage:
    """A bureau with so many people and positions."""
    bureau = Bureau.objects.create(name=slug, slug=slug, municipality=municipality)
    area, _ = Area.objects.get_or_create(
        code="WK999900",
        defaults={
            "name": "Meetwijk",
            "municipality": municipality,
            "postcodes": ["2531"],
            "latitude": 52.05,
            "longitude": 4.28,
        },
    )
    with scoped(Scope.for_bureau(bureau, reason="bench")):
        staff = {name: _member(bureau, name) for name in ("connector", "coach", "colleague", "manager")}
        first = {
            kind: Term.objects.of(kind).order_by("pk").values_list("pk", flat=True)[0]
            for kind in ("talent", "task", "condition")
        }
        values = {
            "bureau": bureau.pk,
            "area": area.pk,
            "people": people,
            **{n: m.pk for n, m in staff.items()},
            **first,
        }
        with connection.cursor() as cursor:
            cursor.execute(whole(PEOPLE, "candidates_candidate"), values)
            cursor.execute(whole(INTAKES, "candidates_intake"), values)
            cursor.execute(
                "SELECT min(id) FROM candidates_candidate WHERE bureau_id = %s AND coach_id = %s",
                [bureau.pk, staff["coach"].pk],
            )
            candidate_id = cursor.fetchone()[0]
        position_id = _positions(bureau, area, positions, first)
    return Stage(bureau, staff["coach"], staff["manager"], candidate_id, position_id, people)


def whole(statement: str, table: str) -> str:
    """The statement with what a table has come to ask since: nothing, said in the column's own way."""
    listed = statement[statement.index("(") + 1 : statement.index("{columns}")]
    named = listed.replace(",", " ").split()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
            "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND column_name <> ALL(%s)",
            [table, named],
        )
        rest = dict(cursor.fetchall())
    return statement.format(
        columns="".join(f", {name}" for name in rest),
        values="".join(f", {NOTHING.get(kind, '0')}" for kind in rest.values()),
    )


def _member(bureau: Bureau, name: str) -> Membership:
    user = User.objects.create(email=f"{name}@{bureau.slug}.example", name=name.title(), password="!")  # noqa: S106 - no password fits
    role = {"connector": Role.CONNECTOR, "manager": Role.MANAGER}.get(name, Role.COACH)
    return Membership.objects.create(user=user, role=role, bureau=bureau)


def _positions(bureau: Bureau, area: Area, count: int, first: dict[str, int]) -> int:
    employers = Employer.objects.bulk_create(
        Employer(bureau=bureau, name=f"Bedrijf {n}", kind="social") for n in range(max(1, count // 10))
    )
    locations = Location.objects.bulk_create(
        Location(bureau=bureau, employer=e, postcode="2531", area=area, latitude=52.05, longitude=4.28)
        for e in employers
    )
    made = Position.objects.bulk_create(
        Position(
            bureau=bureau,
            employer=employers[n % len(employers)],
            location=locations[n % len(employers)],
            title=f"Werk {n}",
            form=("work_experience", "learn_work", "supported_job")[n % 3],
            status="published",
            hours_min=4 + n % 8,
            hours_max=16 + n % 16,
            dayparts_asked=n * 7919 % 2**21,
            dayparts_enough=2,
            tasks=[first["task"] + n % 100, first["task"] + n % 37],
            talents=[first["talent"] + n % 40],
            conditions_offered=[first["condition"] + i for i in range(n % 12)],
            conditions_demanded=[],
            dutch_level=n % 4,
            guidance_offered=2,
            guidance_capacity=3,
            places=3,
            musts=["hours", "dayparts"],
        )
        for n in range(count)
    )
    return made[0].pk
