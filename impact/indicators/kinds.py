"""What an indicator is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Disclosure(Enum):
    """How a figure is guarded before anybody outside the bureau sees it."""

    HEADLINE = "headline"
    BREAKDOWN = "breakdown"
    AVERAGE = "average"
    NO_PERSONS = "no_persons"

    @property
    def words(self) -> Promise:
        return {
            "headline": _("Totaal van mensen: staat er precies, tenzij het kleiner is dan de drempel."),
            "breakdown": _("Uitsplitsing van mensen: kleine aantallen en wat ze verraadt staan er niet in."),
            "average": _(
                "Gemiddelde: staat er alleen als het om genoeg mensen gaat en geen klein aantal verraadt."
            ),
            "no_persons": _("Gaat niet over personen."),
        }[self.value]


@dataclass(frozen=True)
class Indicator:
    """One figure, or a family of figures with the same meaning.

    statement: what computes it: a statement in `impact/sql/`, or a function of `impact/snapshots.py`.
    """

    id: str
    name: Promise
    definition: Promise
    formula: Promise
    population: Promise
    unit: Promise
    disclosure: Disclosure
    statement: str = "people"


PEOPLE = _("mensen")
HOURS = _("uur per week")
HOURS_COUNT = _("uur")
EURO = _("euro")
COUNT = _("aantal")
ENTERED = _("Mensen die in de periode instapten.")
STARTED = _("Mensen die in de periode begonnen met werk.")
WORKED = _("Mensen die in de periode op ten minste één dag werkten.")
