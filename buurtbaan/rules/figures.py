"""The dated figures that we know by name: what each is called on screen and in which unit it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import RateUnit
from buurtbaan.bureaus.models import Membership, Municipality, Rate
from buurtbaan.ui import formats
from buurtbaan.ui.pieces import Text

COUNTRY = "NL"
REGION = "region "
"""How the place of a regional figure begins."""
SHARES = Decimal(100)
HALF_YEAR = 6
ONE_DAY = timedelta(days=1)

KINDS: dict[str, Text] = {
    "minimum_wage": gettext_lazy("Minimumloon"),
    "wage_subsidy": gettext_lazy("Loonkostensubsidie"),
    "wage_cost_benefit": gettext_lazy("Loonkostenvoordeel"),
    "income_exemption": gettext_lazy("Vrijlating van inkomen"),
    "benefit_norm_net": gettext_lazy("Bijstandsnorm, netto"),
    "trial_placement": gettext_lazy("Proefplaatsing"),
    "sroi_block": gettext_lazy("Social return, waarde van een blok"),
    "benefit_cost": gettext_lazy("Kosten van een uitkering"),
    "benefit_execution_cost": gettext_lazy("Uitvoeringskosten van een uitkering"),
    "counterfactual": gettext_lazy("Wat ook zonder bureau was gebeurd"),
    "impact_assignment": gettext_lazy("Impactopdrachten"),
    "uwv_income": gettext_lazy("Inkomsten van UWV"),
}
"""In the order in which people ask for them."""

BLOCKS: dict[str, tuple[Text, RateUnit]] = {
    "benefit_under_2y": (gettext_lazy("Bijstand, korter dan twee jaar"), RateUnit.EUR_FTE_YEAR),
    "benefit_over_2y": (gettext_lazy("Bijstand, langer dan twee jaar"), RateUnit.EUR_FTE_YEAR),
    "target_group_jobs": (gettext_lazy("Doelgroep banenafspraak"), RateUnit.EUR_FTE_YEAR),
    "wia": (gettext_lazy("WIA"), RateUnit.EUR_FTE_YEAR),
    "ww_under_1y": (gettext_lazy("WW, korter dan een jaar"), RateUnit.EUR_FTE_YEAR),
    "ww_over_1y": (gettext_lazy("WW, langer dan een jaar"), RateUnit.EUR_FTE_YEAR),
    "nug": (gettext_lazy("Zonder uitkering (nug)"), RateUnit.EUR_FTE_YEAR),
    "bbl": (gettext_lazy("Leerling BBL"), RateUnit.EUR_FTE_YEAR),
    "bbl_level_1_2": (gettext_lazy("Leerling BBL, niveau 1 of 2"), RateUnit.EUR_FTE_YEAR),
    "trial_placement": (gettext_lazy("Proefplaatsing"), RateUnit.EUR_MONTH),
    "social_activity_hour": (gettext_lazy("Uur maatschappelijke activiteit"), RateUnit.EUR_HOUR),
}
"""Kinds of effort that count for social return."""

KNOWN: dict[tuple[str, str], tuple[Text, RateUnit]] = {
    ("minimum_wage", "age_21_up"): (gettext_lazy("21 jaar en ouder"), RateUnit.EUR_HOUR),
    ("minimum_wage", "age_20"): (gettext_lazy("20 jaar"), RateUnit.EUR_HOUR),
    ("minimum_wage", "age_19"): (gettext_lazy("19 jaar"), RateUnit.EUR_HOUR),
    ("minimum_wage", "age_18"): (gettext_lazy("18 jaar"), RateUnit.EUR_HOUR),
    ("wage_subsidy", "cap_share"): (gettext_lazy("Bovengrens"), RateUnit.SHARE),
    ("wage_subsidy", "holiday_share"): (gettext_lazy("Vakantiegeld"), RateUnit.SHARE),
    ("wage_subsidy", "employer_cost_share"): (gettext_lazy("Werkgeverslasten"), RateUnit.SHARE),
    ("wage_cost_benefit", "target_group_jobs"): (gettext_lazy("Doelgroep banenafspraak"), RateUnit.EUR_HOUR),
    ("wage_cost_benefit", "work_disabled"): (gettext_lazy("Arbeidsgehandicapt"), RateUnit.EUR_HOUR),
    ("income_exemption", "share"): (gettext_lazy("Deel dat niet meetelt"), RateUnit.SHARE),
    ("income_exemption", "month_max"): (gettext_lazy("Hoogstens per maand"), RateUnit.EUR_MONTH),
    ("income_exemption", "months"): (gettext_lazy("Hoeveel maanden"), RateUnit.MONTHS),
    ("benefit_norm_net", "single"): (gettext_lazy("Alleenstaande"), RateUnit.EUR_MONTH),
    ("benefit_norm_net", "couple"): (gettext_lazy("Gehuwd of samenwonend"), RateUnit.EUR_MONTH),
    ("trial_placement", "max_months"): (gettext_lazy("Hoogstens"), RateUnit.MONTHS),
    **{("sroi_block", key): said for key, said in BLOCKS.items()},
    ("benefit_cost", "per_person_year_low"): (gettext_lazy("Per persoon, lage schatting"), RateUnit.EUR_YEAR),
    ("benefit_cost", "per_person_year_high"): (
        gettext_lazy("Per persoon, hoge schatting"),
        RateUnit.EUR_YEAR,
    ),
    ("benefit_execution_cost", "per_person_year"): (gettext_lazy("Per persoon"), RateUnit.EUR_YEAR),
    ("counterfactual", "share_low"): (
        gettext_lazy("Deel dat ook zonder bureau werk vond, laagste"),
        RateUnit.SHARE,
    ),
    ("counterfactual", "share_high"): (
        gettext_lazy("Deel dat ook zonder bureau werk vond, hoogste"),
        RateUnit.SHARE,
    ),
    ("uwv_income", "share_most"): (gettext_lazy("Hoogste deel van de inkomsten"), RateUnit.SHARE),
    ("impact_assignment", "break_even_count"): (
        gettext_lazy("Nodig om rond te komen"),
        RateUnit.ASSIGNMENTS_YEAR,
    ),
}
EXPECTED = tuple(pair for pair in KNOWN if pair[0] != "sroi_block")
"""Figures that somebody will look for, so that not having one is worth saying."""

PER: dict[str, Text] = {
    RateUnit.EUR_HOUR: gettext_lazy("per uur"),
    RateUnit.EUR_MONTH: gettext_lazy("per maand"),
    RateUnit.EUR_YEAR: gettext_lazy("per jaar"),
    RateUnit.EUR_FTE_YEAR: gettext_lazy("per voltijdsjaar"),
}


def kind_name(kind: str) -> str:
    """What a kind is called, or its code where nobody named it."""
    return str(KINDS.get(kind, kind))


def key_name(kind: str, key: str) -> str:
    """What a figure of a kind is called, or its code where nobody named it."""
    known = KNOWN.get((kind, key))
    return str(known[0]) if known else key


def full_name(kind: str, key: str) -> str:
    """Both in one line, for a list to choose from."""
    return f"{kind_name(kind)}: {key_name(kind, key)}"


def percent(share: Decimal) -> str:
    """23,5 %."""
    return f"{formats.number(share * SHARES)}{formats.NBSP}%"


def value_text(value: Decimal, unit: str) -> str:
    """A figure with its unit: € 14,71 per uur, 23,5 %, 6 maanden."""
    if unit in PER:
        return f"{formats.euro(value)} {PER[unit]}"
    if unit == RateUnit.SHARE:
        return percent(value)
    return f"{formats.number(value)} {RateUnit(unit).label}"


def place_name(place: str, municipalities: dict[str, str]) -> str:
    """Where a figure holds, in words; `municipalities`: code → name."""
    if place == COUNTRY:
        return _("heel Nederland")
    if place.startswith(REGION):
        return _("regio %(name)s") % {"name": place.removeprefix(REGION)}
    return municipalities.get(place, place)


def municipality_names() -> dict[str, str]:
    """Code → name of each municipality that has a bureau or an officer here."""
    return dict(Municipality.objects.values_list("code", "name"))


def own_places(membership: Membership) -> list[str]:
    """The nearest place first: the own municipality by code and by name, then the country."""
    place = membership.municipality or (membership.bureau.municipality if membership.bureau else None)
    return [place.code, place.name, COUNTRY] if place else [COUNTRY]


def is_stale(rate: Rate, on: date) -> bool:
    """Whether a minimum wage is older than the half year of the day: it changes on 1 January and 1 July."""
    if rate.kind != "minimum_wage" or rate.valid_from is None:
        return False
    return _half_year(rate.valid_from) < _half_year(on)


def _half_year(day: date) -> tuple[int, bool]:
    return day.year, day.month > HALF_YEAR


@dataclass(frozen=True)
class Chosen:
    """A figure for a day: the one that holds, or else the newest one that ended before it."""

    kind: str
    key: str
    rate: Rate | None
    last: Rate | None = field(default=None)
    stale: bool = False

    @property
    def name(self) -> str:
        return full_name(self.kind, self.key)


def choose(kind: str, key: str, *, on: date, places: list[str], among: Any = None) -> Chosen:
    """The figure for a day and place; where there is none, the last one known, which the screen must call that."""
    rows = Rate.objects.all() if among is None else among
    rate = rows.choose(kind, key, on=on, places=places)
    if rate is not None:
        return Chosen(kind, key, rate, stale=is_stale(rate, on))
    ended = rows.filter(kind=kind, key=key, place__in=places, valid_until__lt=on)
    return Chosen(kind, key, None, last=ended.order_by("-valid_until", "-pk").first())


class Book:
    """The figures of some kinds and places, read once, for sums that need those of many days."""

    def __init__(self, rows: Iterable[Rate], places: list[str]) -> None:
        self.places = places
        self.rows = [rate for rate in rows if rate.place in places]

    def on(self, kind: str, key: str, day: date) -> Rate | None:
        """What `Rate.objects.choose` gives for a day: the nearest place, and there the newest."""
        held = [rate for rate in self.rows if (rate.kind, rate.key) == (kind, key) and holds(rate, day)]
        held.sort(key=lambda rate: (rate.valid_from or date.min, rate.bureau_id or 0, rate.pk))
        found = {rate.place: rate for rate in held}
        return next((found[place] for place in self.places if place in found), None)

    def changes(self) -> set[date]:
        """The days on which a figure begins to hold or no longer does."""
        begins = {rate.valid_from for rate in self.rows if rate.valid_from}
        return begins | {rate.valid_until + ONE_DAY for rate in self.rows if rate.valid_until}


def holds(rate: Rate, day: date) -> bool:
    """Whether a figure is valid on a day; one without days is valid always."""
    return (rate.valid_from is None or rate.valid_from <= day) and (
        rate.valid_until is None or day <= rate.valid_until
    )
