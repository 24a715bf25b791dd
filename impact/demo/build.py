"""Sets the stage for the three stories: bureaus, roles, companies, positions and money."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership, Municipality, User
from buurtbaan.bureaus.services import verify_address
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import Term
from candidates.models import Candidate, Organisation
from employers.displacement import QUESTIONS, Reply
from employers.displacement import VERSION as CHECK_VERSION
from employers.models import Contact, DisplacementCheck, Employer, Location, Position
from impact.demo import (
    after_start,
    ahead,
    carving,
    coaching,
    earning,
    employers_say,
    money,
    neighbourhood,
    own_pages,
    paths,
    plans,
    relations,
    showing,
    social_return,
)
from impact.demo.places import GEEREN, SPIJKERKWARTIER, TOWNS, ZUIDWEST, Company, Place, Town, Work
from impact.demo.spots import facilities, spot
from impact.demo.story import Cast, Plan, tell, terms_by_kind
from impact.demo.voices import speak
from impact.models import FundingFlow, ImpactAssignment

PASSWORD = "buurtbaan-proef"
PLANS = {
    # Seven months, 50 people, of whom 27 found work with a social entrepreneur or another employer.
    ZUIDWEST.slug: Plan(
        people=50,
        days=212,
        placed=frozenset(n for n in range(36) if n % 4 != 3),
        volunteers=frozenset({3, 15, 27}),
        proposed=frozenset({7, 11, 19, 23, 31, 35, 36, 37, 38, 39, 40, 41}),
    ),
    SPIJKERKWARTIER.slug: Plan(
        people=34,
        days=330,
        placed=frozenset(n for n in range(28) if n % 5 in (0, 1, 3)),
        proposed=frozenset({2, 4, 7, 9, 28, 29}),
    ),
    GEEREN.slug: Plan(
        people=24,
        days=900,
        placed=frozenset(range(1, 21, 2)) | {0, 4, 8, 12},
        proposed=frozenset({21, 22}),
        without_intake=2,
    ),
}
TASKS = {"C": "work with hands", "I": "kitchen"}
LANGUAGES = ["nl", "en"]


@transaction.atomic
def build(today: date) -> None:
    """Everything, in one transaction: an interrupted load leaves nothing behind."""
    call_command("load_vocabulary", verbosity=0)
    call_command("load_rates", verbosity=0)
    call_command("load_rule_cards", verbosity=0)
    for town in TOWNS:
        bureau = _bureau(town)
        with scoped(Scope.for_bureau(bureau, reason="demo")):
            cast = _cast(town, bureau, today)
            tell(cast, PLANS[town.slug])
            paths.walk(cast)
            neighbourhood.fill(cast)
            plans.plan(cast)
            relations.befriend(cast)
            carving.picture(cast)
            social_return.promise(cast)
            employers_say.say(cast)
            after_start.stay_in_touch(cast)
            _money(town, bureau, today)
            earning.earn(bureau, today)
            money.spend(cast)
            coaching.coach(cast)
            coaching.close(cast)
            showing.show(cast)
            ahead.plan_ahead(cast)
            if town is ZUIDWEST:
                own_pages.furnish(cast)
        _officer(town, bureau)
        ahead.cut_keys(bureau)
    with scoped(Scope(role="platform", reason="demo")):
        admin = _user("beheer@buurtbaan.example", "Platform Beheer")
        Membership.objects.create(user=admin, role=Role.PLATFORM, starts=today - timedelta(days=1000))
    _candidate_account(today)
    here, elsewhere = (Bureau.objects.get(slug=town.slug) for town in (ZUIDWEST, GEEREN))
    showing.stand_beside(here, elsewhere, today)


def _user(email: str, name: str) -> User:
    user = User.objects.create(email=email.lower(), name=name, password=_hashed())
    verify_address(user)
    return user


@cache
def _hashed() -> str:
    """One hash for all accounts: everybody may know this password, and hashing is made to take long."""
    return make_password(PASSWORD)


def _bureau(town: Town) -> Bureau:
    code, name = town.municipality
    municipality, _ = Municipality.objects.get_or_create(code=code, defaults={"name": name})
    bureau = Bureau.objects.create(
        name=town.name,
        slug=town.slug,
        municipality=municipality,
        email=f"info@{town.slug}.example",
        phone="0700000000",
        address=f"{town.organisations[0][0]}, {town.places[0].name}",
    )
    bureau.areas.set([_area(place, municipality) for place in town.places])
    return bureau


def _area(place: Place, municipality: Municipality) -> Area:
    fields = {
        "name": place.name,
        "municipality": municipality,
        "postcodes": list(place.postcodes),
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    return Area.objects.get_or_create(code=place.code, defaults=fields)[0]


def _cast(town: Town, bureau: Bureau, today: date) -> Cast:
    since = today - timedelta(days=1000)

    def colleague(name: str, role: Role) -> Membership:
        user = _user(f"{name.split()[0].lower()}@{town.slug}.example", name)
        return Membership.objects.create(
            user=user, role=role, bureau=bureau, starts=since, may_export=role == Role.MANAGER
        )

    manager = colleague(town.manager, Role.MANAGER)
    connectors = [colleague(name, Role.CONNECTOR) for name in town.connectors]
    coaches = [colleague(name, Role.COACH) for name in town.coaches]
    areas = list(bureau.areas.order_by("code"))
    luck = random.Random(town.slug)  # noqa: S311 - a story, not a secret
    positions = [
        position
        for company in town.companies
        for position in _company(bureau, town, company, areas, coaches[0], manager, today, luck)
    ]
    return Cast(
        bureau=bureau,
        areas=areas,
        connectors=connectors,
        coaches=coaches,
        positions=positions,
        today=today,
        luck=luck,
        organisations=[
            Organisation.objects.create(bureau=bureau, name=n, kind=k) for n, k in town.organisations
        ],
        terms=terms_by_kind(),
    )


def _company(
    bureau: Bureau,
    town: Town,
    company: Company,
    areas: list[Area],
    coach: Membership,
    manager: Membership,
    today: date,
    luck: random.Random,
) -> list[Position]:
    area = areas[company.area]
    employer = Employer.objects.create(
        bureau=bureau,
        name=company.name,
        kind=company.kind,
        sector=company.sector,
        sector_name=company.sector_name,
        named_in_reports=company.named,
        owner=coach,
        last_contact_on=today - timedelta(days=luck.randrange(5, 110)),
        employees=luck.randrange(4, 60),
    )
    latitude, longitude = spot(area, company.name)
    location = Location.objects.create(
        bureau=bureau,
        employer=employer,
        address=f"{area.name}laan {luck.randrange(1, 200)}",
        postcode=area.postcodes[0],
        city=town.municipality[1],
        area=area,
        latitude=latitude,
        longitude=longitude,
        facilities=facilities(company.name),
    )
    slug = company.name.lower().replace(" ", "")
    contact = Contact.objects.create(
        bureau=bureau,
        employer=employer,
        name=f"Contact {company.name}",
        task="begeleider",
        email=f"contact@{slug}.example",
    )
    if company is town.companies[0]:
        user = _user(contact.email, f"Contact {company.name}")
        contact.membership = Membership.objects.create(
            user=user,
            role=Role.EMPLOYER,
            bureau=bureau,
            employer=employer,
            starts=today - timedelta(days=900),
        )
        contact.save()
    return [_position(employer, location, work, coach, manager, today, luck) for work in company.work]


def _position(
    employer: Employer,
    location: Location,
    work: Work,
    coach: Membership,
    manager: Membership,
    today: date,
    luck: random.Random,
) -> Position:
    mornings = sum(1 << day * 3 for day in range(5))
    dayparts = mornings if work.mornings_only else mornings | sum(1 << day * 3 + 1 for day in range(5))
    published = today - timedelta(days=950)
    position = Position.objects.create(
        bureau=employer.bureau,
        employer=employer,
        location=location,
        title=work.title,
        form=work.form,
        status="published",
        tasks=luck.sample(_words(kind="task", group=work.tasks), 4),
        talents=luck.sample(_words(kind="talent"), 2),
        hours_min=work.hours[0],
        hours_max=work.hours[1],
        dayparts_asked=dayparts,
        dayparts_enough=3,
        conditions_offered=_offered(work, luck),
        conditions_demanded=_words(kind="condition", code__in=work.demands),
        dutch_level=work.dutch,
        guidance_languages=LANGUAGES,
        guidance_offered=work.guidance,
        guidance_capacity=work.places,
        guide_name=f"Begeleider {employer.name}",
        places=work.places * 2,
        musts=["hours", "dayparts", "conditions", "form"],
        published_on=published,
    )
    moment = timezone.make_aware(datetime.combine(published, time(11)))
    DisplacementCheck.objects.create(
        bureau=employer.bureau,
        position=position,
        employer=employer,
        version=CHECK_VERSION,
        answers={"form": work.form, "title": work.title, "replies": _replies()},
        filled_by=coach,
        filled_at=moment,
        decision="no_displacement",
        decided_by=manager,
        decided_at=moment,
        reason="Dit werk bleef liggen. Er staat geen vacature voor open en niemand verliest er uren door.",
    )
    return position


def _words(**which: Any) -> list[int]:
    return list(Term.objects.filter(**which).order_by("position", "pk").values_list("pk", flat=True))


def _offered(work: Work, luck: random.Random) -> list[int]:
    """What the place offers: nothing that its own demands rule out."""
    ruled_out = Term.objects.filter(code__in=work.demands).values_list("clashes_with", flat=True)
    codes = {code for clashes in ruled_out for code in clashes}
    needs = Term.objects.filter(kind="condition").exclude(group="demand").exclude(code__in=codes)
    return luck.sample(list(needs.order_by("position", "pk").values_list("pk", flat=True)), 11)


def _replies() -> dict[str, dict[str, str]]:
    """Each question of the check answered with what gives no pause."""
    return {
        question.key: {"reply": Reply.NO if question.risk == Reply.YES else Reply.YES, "why": ""}
        for question in QUESTIONS[CHECK_VERSION]
    }


def _officer(town: Town, bureau: Bureau) -> None:
    with scoped(Scope(role="system", municipalities=(bureau.municipality_id,), reason="demo")):
        user = _user(
            f"{town.officer.split()[0].lower()}@{bureau.municipality.name.lower().replace(' ', '')}.example",
            town.officer,
        )
        Membership.objects.create(
            user=user,
            role=Role.MUNICIPALITY,
            municipality=bureau.municipality,
            starts=timezone.localdate() - timedelta(days=900),
        )


def _money(town: Town, bureau: Bureau, today: date) -> None:
    """Three assignments of 20,000 in Arnhem, with ESF+ and the municipality beside it; in = out every year."""
    client = f"Gemeente {bureau.municipality.name}"
    year = today.year
    flows: list[tuple[str, str, int]] = [
        ("out", "Coaches en verbinders", 78000),
        ("out", "Huur en materiaal", 12000),
    ]
    if town is SPIJKERKWARTIER:
        flows += [("in", "ESF+", 30000)]
        for name, result in (
            ("Van bijstand naar werk", "at_work"),
            ("Meedoen in de wijk", "entered"),
            ("Duurzaam aan het werk", "sustained"),
        ):
            assignment = ImpactAssignment.objects.create(
                bureau=bureau,
                name=name,
                client=client,
                amount=Decimal(20000),
                result=result,
                target=12,
                since=date(year, 1, 1),
                until=date(year, 12, 31),
            )
            FundingFlow.objects.create(
                bureau=bureau,
                assignment=assignment,
                year=year,
                direction="in",
                source=name,
                amount=Decimal(20000),
            )
    elif town is ZUIDWEST:
        flows += [("in", client, 70000), ("in", "Fonds voor de stad", 20000)]
        ImpactAssignment.objects.create(
            bureau=bureau,
            name="Vijftig mensen op weg",
            client=client,
            amount=Decimal(70000),
            result="at_work",
            target=25,
            since=today - timedelta(days=212),
            until=today + timedelta(days=153),
        )
    else:
        flows += [("in", client, 50000), ("in", "Verkoop restaurant en schoonmaak", 40000)]
    for direction, source, amount in flows:
        FundingFlow.objects.create(
            bureau=bureau, year=year, direction=direction, source=source, amount=Decimal(amount)
        )


def _candidate_account(today: date) -> None:
    """The first candidate of Zuidwest has an own page; one gets in with a single-use link."""
    bureau = Bureau.objects.get(slug=ZUIDWEST.slug)
    with scoped(Scope.for_bureau(bureau, reason="demo")):
        candidate = Candidate.objects.filter(bureau=bureau).order_by("pk")[0]
        candidate.email = "kandidaat@zuidwest.example"  # the account goes by the address in the file
        candidate.save(update_fields=["email"])
        user = User.objects.create_user(candidate.email, name=candidate.first_name)
        Membership.objects.create(
            user=user,
            role=Role.CANDIDATE,
            bureau=bureau,
            candidate=candidate,
            starts=today - timedelta(days=200),
        )
    speak(bureau)
