"""What a care team does in a week: the card from which work was carved, and from which more can be."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from buurtbaan.vocabulary.models import Term, TermKind
from employers.enums import TaskStanding
from employers.models import Employer, Position, TeamPicture, TeamTask
from impact.demo.story import Cast

MORNINGS = sum(1 << 3 * day for day in range(5))
AFTERNOONS = MORNINGS << 1
LEFT, TAKES, DONE = TaskStanding.LEFT, TaskStanding.TAKES_TIME, TaskStanding.DONE
LIVING_ROOM: tuple[tuple[str, str, str, int | None, str], ...] = (
    # word of the list or the team's own words, who does it now, hours a week, dayparts, how it goes
    ("keep_company", "", "3-4", AFTERNOONS, LEFT),
    ("walk_with_people", "", "2-3", AFTERNOONS, LEFT),
    ("make_coffee", "gastvrouw", "5", MORNINGS, LEFT),
    ("Planten en bloemen verzorgen", "", "1-1.5", None, LEFT),
    ("set_tables", "verzorgende", "5", MORNINGS, TAKES),
    ("refill_supplies", "verzorgende", "2.5", MORNINGS, TAKES),
    ("tidy_rooms", "verzorgende", "4-6", MORNINGS, TAKES),
    ("Brengen en halen naar de kapper", "verzorgende", "1-2", None, TAKES),
    ("lead_activities", "activiteitenbegeleider", "6", AFTERNOONS, DONE),
    ("Medicijnen klaarzetten", "verpleegkundige", "7", None, DONE),
)
CARVED = ("serve_meals", "help_at_meals")
"""Tasks that became the work which stands there already."""


def picture(cast: Cast) -> None:
    """One card at the first care organisation, or else at the first employer, with its newest work carved from it."""
    employers = Employer.objects.filter(bureau=cast.bureau).exclude(kind="own_project").order_by("pk")
    company = employers.filter(kind="care").first() or employers.first()
    if company is None:
        return
    contact = company.contacts.first()
    card = TeamPicture.objects.create(
        bureau=cast.bureau,
        employer=company,
        name="Huiskamer",
        on=cast.today - timedelta(days=24),
        told_by=contact.name if contact else "",
        made_by=cast.coaches[0],
    )
    ids = dict(Term.objects.filter(kind=TermKind.TASK).values_list("code", "pk"))
    work = Position.objects.filter(employer=company).order_by("pk").first()
    rows = [*LIVING_ROOM, *((code, "verzorgende", "2.5", MORNINGS, TAKES) for code in CARVED)]
    for what, who, hours, parts, standing in rows:
        low, _dash, high = hours.partition("-")
        TeamTask.objects.create(
            bureau=cast.bureau,
            employer=company,
            picture=card,
            term=ids.get(what),
            words="" if what in ids else what,
            done_by=who,
            hours_low=Decimal(low),
            hours_high=Decimal(high or low),
            dayparts=parts,
            standing=standing,
            position=work if what in CARVED else None,
        )
