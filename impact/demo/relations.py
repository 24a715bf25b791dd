"""What was said with employers, what was agreed and how they help. Nothing in here counts in a report."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from buurtbaan.bureaus.models import Membership
from employers.models import Agreement, Contribution, Employer, Reminder, Talk
from impact.demo.story import Cast

SAID: tuple[tuple[str, str, str], ...] = (
    (
        "visit",
        "Rondgelopen. Veel klein werk blijft liggen, en er is rust.",
        "Wij sturen twee namen na de zomer.",
    ),
    ("called", "Het loopt goed. Zij zoeken iemand voor de ochtenden.", "Volgende week even samen kijken."),
    ("gathering", "Vertelde op de bijeenkomst waarom zij meedoen.", ""),
    ("mail", "Vraag over de verzekering beantwoord.", ""),
)
HELP: tuple[tuple[str, str, str, str, str], ...] = (
    ("money", "Gift voor het buurtfeest", "500", "euro", "invoice"),
    ("means", "Ruimte voor de bijeenkomst", "", "", ""),
    ("knowledge", "Les over solliciteren bij een klein bedrijf", "6", "hours", "told"),
    ("network", "Stelde ons voor aan drie winkeliers", "", "", ""),
    ("market", "Liet de fietsen bij ons opknappen", "1250", "euro", "estimate"),
    ("means", "Werkschoenen", "8", "pieces", "told"),
)
DONE_EVERY, PAPER_EVERY = 2, 3


def befriend(cast: Cast) -> None:
    """Give each employer a log, every other one help in two years, and some an agreement and a reminder."""
    coach = cast.coaches[0]
    for number, employer in enumerate(Employer.objects.filter(bureau=cast.bureau).order_by("pk")):
        here: dict[str, Any] = {"bureau": cast.bureau, "employer": employer}
        contact = employer.contacts.first()
        last = employer.last_contact_on or cast.today
        for turn, (kind, note, agreed) in enumerate(SAID[: 2 + number % 3]):
            on = last - timedelta(days=45 * turn)
            Talk.objects.create(**here, kind=kind, on=on, contact=contact, note=note, agreed=agreed, by=coach)
        if number % DONE_EVERY == 0:
            _help(here, number, cast.today, coach)
        if number % PAPER_EVERY == 0:
            Reminder.objects.create(
                **here, text="Vragen hoe de ochtenden gaan", due_on=cast.today + timedelta(days=number - 1),
                for_whom=coach, by=coach,
            )  # fmt: skip
            first = cast.today - timedelta(days=330)
            Agreement.objects.create(
                **here, title="Twee leerplekken in de werkplaats", contact=contact, colleague=coach, by=coach,
                text="Zij begeleiden twee mensen tegelijk.\n\nWij komen elke maand langs en bellen als er iets is.",
                starts_on=first, ends_on=first + timedelta(days=365), state="signed", signed_on=first,
            )  # fmt: skip


def _help(here: dict[str, Any], number: int, today: date, coach: Membership) -> None:
    for turn in range(3):
        way, what, amount, unit, source = HELP[(number + turn * 2) % len(HELP)]
        on = date(today.year - turn // 2, 1, 15) + timedelta(days=(number * 11 + turn * 5) % 15)
        value = Decimal(amount) if amount else None
        Contribution.objects.create(
            **here, way=way, what=what, on=min(on, today), amount=value, unit=unit, source=source, by=coach
        )
