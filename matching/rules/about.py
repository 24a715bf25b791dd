"""The rules in plain words, for whoever wants to know how work is looked for.

One entry for each criterion; a test holds the list to the criteria, and what never enters to what the product keeps.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.rules.inputs import Criterion

Text = str | Promise


@dataclass(frozen=True)
class About:
    """What is compared, when it fits and when it clashes; what else is unknown or does not apply."""

    candidate: Text
    position: Text
    fits: Text
    clashes: Text


ABOUT: dict[Criterion, About] = {
    Criterion.HOURS: About(
        _("Hoeveel uur per week nu kan, en hoeveel later."),
        _("Hoeveel uur er minstens en hoogstens is, en of het kan groeien."),
        _("Wat nu kan, is genoeg voor deze plek. Is er minder werk, dan past het alleen als de uren kunnen groeien."),
        _("Er zijn meer uren nodig dan nu kan. Of er is minder werk, en groeien kan niet."),
    ),
    Criterion.DAYPARTS: About(
        _("De ochtenden, middagen en avonden die kunnen, per dag van de week."),
        _("Welke dagdelen nodig zijn, en hoeveel daarvan genoeg is."),
        _("Genoeg dagdelen zijn hetzelfde."),
        _("Er zijn te weinig dagdelen hetzelfde."),
    ),
    Criterion.TRAVEL: About(
        _("De buurt, hoe iemand reist en hoeveel minuten dat mag duren."),
        _("Waar het werk is."),
        _("De reis duurt niet langer dan iemand wil. Het is een schatting: de rechte lijn met een omweg erbij."),
        _("De reis duurt langer dan iemand wil."),
    ),
    Criterion.AREA: About(
        _("Of het werk in de eigen buurt moet zijn."),
        _("In welke wijk het werk is."),
        _("Het werk is in de eigen wijk."),
        _("Het werk is in een andere wijk, en dat wil iemand niet."),
    ),
    Criterion.CONDITIONS: About(
        _("Wat iemand nodig heeft op het werk, zoals rust, niet tillen of een bidruimte. Nooit waarom."),
        _("Wat er is, en wat het werk vraagt."),
        _("Alles wat nodig is, is er."),
        _("Iets wat nodig is, is er niet. Of het werk vraagt iets dat niet kan."),
    ),
    Criterion.TASKS: About(
        _("Wat iemand graag doet, wil leren of liever niet doet."),
        _("De taken."),
        _("Minstens één taak is iets wat iemand graag doet of wil leren."),
        _("Een taak is iets wat iemand liever niet doet."),
    ),
    Criterion.TALENTS: About(
        _("Talenten die iemand liet zien of zelf noemt."),
        _("De talenten die helpen."),
        _("Minstens één talent is er. Als talenten moeten passen: allemaal."),
        _("Botst nooit. Een talent dat niet genoemd is, weten we gewoon nog niet."),
    ),
    Criterion.LANGUAGE: About(
        _("Hoe het gaat met Nederlands, en welke talen iemand nog meer spreekt."),
        _("Hoeveel Nederlands nodig is, en in welke talen uitleg kan."),
        _("Het Nederlands is genoeg, of uitleg kan in een taal die iemand spreekt."),
        _("Er is meer Nederlands nodig, en uitleg in een andere taal kan niet."),
    ),
    Criterion.GUIDANCE: About(
        _("Hoeveel begeleiding iemand wil."),
        _("Hoeveel begeleiding er is, en of de begeleider nu ruimte heeft."),
        _("Er is genoeg begeleiding en er is nu ruimte."),
        _("Er is te weinig begeleiding, of nu geen ruimte."),
    ),
    Criterion.FORM: About(
        _("Welk soort werk past, zoals vrijwilligerswerk of een betaalde baan."),
        _("Welk soort werk het is."),
        _("Het is een soort werk dat past."),
        _("Het is een soort werk dat nu niet past."),
    ),
    Criterion.SAFETY: About(
        _("Mensen die iemand niet wil tegenkomen. Alleen de coach en de kandidaat weten wie."),
        _("Wie daar werkt."),
        _("Er werkt niemand die iemand niet wil tegenkomen. Dat telt niet als een plus."),
        _("Zo iemand werkt daar. De reden blijft privé, en niemand kan hier overheen stappen."),
    ),
}  # fmt: skip

NOT_KEPT: tuple[Text, ...] = (
    _("geslacht"),
    _("herkomst of nationaliteit"),
    _("geloof"),
    _("gezondheid, ziekte of diagnose"),
    _("strafblad"),
    _("diploma's en cv"),
    _("gezin en relatie"),
    _("burgerservicenummer"),
)
"""What nobody can fill in: there is no place for it."""

NOT_READ: dict[Text, tuple[str, ...]] = {
    _("naam"): ("first_name", "infix", "last_name", "search_name"),
    _("leeftijd"): ("birth_date", "birth_year", "birth_spread"),
    _("uitkering"): ("benefit",),
    _("hoe lang iemand zonder werk is"): ("without_work_since",),
    _("bewoner of student"): ("resident_kind",),
    _("de taal van onze berichten"): ("language",),
    _("hoe we elkaar ontmoetten"): ("source", "source_organisation"),
    _("telefoon en e-mail"): ("phone", "email"),
    _("hoe het gaat met computer en telefoon"): ("digital_level",),
    _("hoe goed iemand andere talen spreekt"): ("language_levels",),
    _("dromen, wensen en energie in eigen woorden"): (
        "dreams", "wishes", "energy", "talents_evidence", "talents_proof", "notes",
    ),
    _("de samenvatting en wie die goedkeurde"): (
        "summary", "summary_approved_on", "summary_approved_name", "summary_signature", "summary_basis", "card_parts",
    ),
}  # fmt: skip
"""What is kept for other reasons and is never an input of the rules: in words, and the fields behind it."""

VERSIONS: tuple[tuple[str, Text], ...] = (("1", _("De eerste regels.")),)
"""Each version of the rules with what it changed, the newest first."""
