"""Life around the people of a bureau: gatherings, who was signed up, what neighbours ask, what people learn and save.

Nothing in here counts in a report.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from candidates.consents import current_text
from candidates.enums import ConsentPurpose
from candidates.models import (
    BudgetLine,
    Candidate,
    Consent,
    Gathering,
    GatheringGuest,
    HelpRequest,
    InwardReferral,
    OutwardReferral,
    SessionAttendance,
    Training,
    TrainingPlace,
    TrainingSession,
)
from impact.demo.story import Cast

SIGNED_UP = (
    ("Sanne Proefstra", "+31612000001", "Werk met dieren, een paar ochtenden"),
    ("Milan Testma", "+31612000002", "Weer onder de mensen komen"),
    ("Aylin Voorbeeld", "+31612000003", ""),
)
ASKED: tuple[dict[str, Any], ...] = (
    {
        "kind": "company",
        "text": "Samen een kop koffie drinken en een potje kaarten",
        "moment": "dinsdagmiddag",
    },
    {"kind": "odd_job", "text": "Een lamp ophangen en een plank", "days": 5},
    {"kind": "move", "text": "Een bank naar de tweede verdieping", "days": 9},
    {"kind": "company", "text": "Wekelijks wandelen met de hond", "moment": "elke ochtend"},
)
NEIGHBOURS = ("Mevrouw De Wit", "Meneer Aslan", "Gerda uit de flat", "Meneer Pauw")
AGENDA = (
    "Koffie en thee. Wat het bureau doet, en wat er in de wijk te doen is. Daarna tijd om elkaar te spreken."
)


def fill(cast: Cast) -> None:
    """Put the neighbourhood around people who are there already."""
    people = list(Candidate.objects.filter(bureau=cast.bureau).order_by("pk"))
    active = [one for one in people if one.stage not in ("closed",)]
    here = {"bureau": cast.bureau, "by": cast.connectors[0]}
    _gatherings(cast, here, active)
    _referrals(cast, here, active)
    _help(cast, here, active)
    _training(cast, here, active)
    _budget(cast, active)


def _at(cast: Cast, days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(cast.today + timedelta(days=days), time(hour)))


def _gatherings(cast: Cast, here: dict[str, Any], people: list[Candidate]) -> None:
    place = cast.organisations[0].name
    for days, seen in ((-45, True), (-17, True), (4, False), (32, False)):
        one = Gathering.objects.create(
            **here, title="Maandelijkse inloop", starts_at=_at(cast, days, 10), minutes=120, place=place,
            agenda=AGENDA, capacity=25,
        )  # fmt: skip
        for number, person in enumerate(people[abs(days) % 7 :: 6][:6]):
            state = ("missed" if number == 2 else "came") if seen else "expected"
            GatheringGuest.objects.create(
                **here, gathering=one, candidate=person, state=state,
                called_on=cast.today + timedelta(days=days + 1) if seen and days < -20 else None,
            )  # fmt: skip


def _referrals(cast: Cast, here: dict[str, Any], people: list[Candidate]) -> None:
    coming = Gathering.objects.filter(bureau=cast.bureau, starts_at__gt=_at(cast, 0, 0)).order_by(
        "starts_at"
    )[0]
    for number, (name, phone, hope) in enumerate(SIGNED_UP):
        organisation = cast.organisations[number % len(cast.organisations)]
        row = InwardReferral.objects.create(
            **here, organisation=organisation, person_name=name, person_phone=phone, hope=hope,
            contact_name=f"Balie {organisation.name}", received_on=cast.today - timedelta(days=number * 2 + 1),
        )  # fmt: skip
        if number == 1:
            GatheringGuest.objects.create(**here, gathering=coming, referral=row)
    for number, person in enumerate(people[1:8:3]):
        organisation = cast.organisations[(number + 2) % len(cast.organisations)]
        InwardReferral.objects.create(
            **here, organisation=organisation, candidate=person, state="met", met_on=person.entered_on,
            received_on=person.entered_on - timedelta(days=4),
        )  # fmt: skip
    for number, person in enumerate(people[2:9:3]):
        organisation = cast.organisations[(number + 1) % len(cast.organisations)]
        purpose = ConsentPurpose.SHARE_WITH_ORGANISATION
        words = current_text(purpose)
        Consent.objects.create(
            bureau=cast.bureau, candidate=person, purpose=purpose, recipient=organisation.name,
            text=words.nl.replace("{recipient}", organisation.name), text_version=words.code("nl"),
            given_at=_at(cast, -20 - number, 11), recorded_by=person.coach,
        )  # fmt: skip
        OutwardReferral.objects.create(
            bureau=cast.bureau, candidate=person, organisation=organisation, by=person.coach,
            sent_on=cast.today - timedelta(days=20 + number), state=("sent", "accepted", "refused")[number],
        )  # fmt: skip


def _help(cast: Cast, here: dict[str, Any], people: list[Candidate]) -> None:
    for number, asked in enumerate(ASKED):
        days = asked.get("days")
        helper = people[number * 3] if number in (0, 2) else None
        HelpRequest.objects.create(
            **here, kind=asked["kind"], text=asked["text"], moment=asked.get("moment", ""),
            place=cast.areas[number % len(cast.areas)].name,
            wanted_on=cast.today + timedelta(days=days) if days else None,
            organisation=cast.organisations[number % len(cast.organisations)] if number % 2 else None,
            requester_name=NEIGHBOURS[number], requester_phone=f"+3161300000{number}",
            asked_on=cast.today - timedelta(days=number * 3 + 1), candidate=helper,
            state="found" if helper else "open", found_on=cast.today if helper else None,
        )  # fmt: skip


def _training(cast: Cast, here: dict[str, Any], people: list[Candidate]) -> None:
    training = Training.objects.create(
        **here, title="Voor de groep staan", place=cast.organisations[0].name, given_by="Trainers van het bureau",
        text="Vier ochtenden oefenen met je verhaal vertellen. Je hoeft niets voor te bereiden.", capacity=8,
    )  # fmt: skip
    days = [
        TrainingSession.objects.create(
            bureau=cast.bureau, training=training, starts_at=_at(cast, shift, 9), minutes=150
        )
        for shift in (-16, -9, -2, 5)
    ]
    for number, person in enumerate(people[0:20:4]):
        TrainingPlace.objects.create(
            **here, training=training, candidate=person, joined_on=cast.today - timedelta(days=18),
            result="Ik durf nu hardop te zeggen wat ik kan." if number == 0 else "",
        )  # fmt: skip
        for at, session in enumerate(days[:3]):
            SessionAttendance.objects.create(
                **here, session=session, candidate=person, came=(number + at) % 4 != 3
            )


def _budget(cast: Cast, people: list[Candidate]) -> None:
    """Earnings month by month, and one course."""
    for number, person in enumerate(people[0:12:4]):
        for month in range(4):
            _line(cast, person, "earned", Decimal(45 + 5 * number), "Meegewerkt in de wijk", 120 - 28 * month)
        _line(cast, person, "course", Decimal("-79.50"), "Cursus sociale hygiëne", 6)


def _line(cast: Cast, person: Candidate, kind: str, amount: Decimal, text: str, ago: int) -> None:
    BudgetLine.objects.create(
        bureau=cast.bureau, candidate=person, kind=kind, amount=amount, text=text,
        on=cast.today - timedelta(days=ago), by=person.coach,
    )  # fmt: skip
