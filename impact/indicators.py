"""What each figure means: one registry, from which page, PDF and files take their definitions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-1"
"""Goes up whenever a definition below changes; each snapshot carries the version it was made with."""

FULL_WEEK = 36
"""Hours a week that count as a full benefit's worth of work, for the lower bound of what is saved."""


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
            "average": _("Gemiddelde: staat er alleen als het om genoeg mensen gaat."),
            "no_persons": _("Gaat niet over personen."),
        }[self.value]


@dataclass(frozen=True)
class Indicator:
    """One figure, or a family of figures with the same meaning."""

    id: str
    name: Promise
    definition: Promise
    formula: Promise
    population: Promise
    unit: Promise
    disclosure: Disclosure


PEOPLE = _("mensen")
HOURS = _("uur per week")
EURO = _("euro")
COUNT = _("aantal")
ENTERED = _("Mensen die in de periode instapten.")
STARTED = _("Mensen die in de periode begonnen met werk.")
WORKED = _("Mensen die in de periode op ten minste één dag werkten.")

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator
    for indicator in (
        Indicator(
            "entered",
            _("Ingestapt"),
            _(
                "Mensen die het bureau in de periode voor het eerst sprak. Iedereen telt één keer, ook wie "
                "later terugkomt."
            ),
            _(
                "Aantal mensen van wie de vroegste datum van eerste gesprek, intake en inschrijving in de "
                "periode valt."
            ),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "intake",
            _("Intake"),
            _(
                "Mensen met wie een coach in de periode de intake afrondde: dromen, talenten en wat iemand "
                "nodig heeft."
            ),
            _("Aantal mensen van wie de intake in de periode is afgerond."),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "introduced",
            _("Kennismaking"),
            _("Mensen die in de periode voor het eerst kennismaakten met een werkgever."),
            _(
                "Aantal mensen van wie de eerste kennismaking in de periode valt. Is er geen kennismaking "
                "vastgelegd, dan telt de eerste werkdag."
            ),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "started",
            _("Begonnen met werk"),
            _(
                "Mensen die in de periode voor het eerst via het bureau begonnen met werk bij een sociaal "
                "ondernemer, een gewoon bedrijf of een andere werkgever. Vrijwilligerswerk en activerend "
                "werk tellen hier niet mee; die staan apart."
            ),
            _(
                "Aantal mensen van wie de eerste plaatsing in de periode begint, met een werkvorm van "
                "werkervaringsplaats tot en met eigen onderneming."
            ),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "sources",
            _("Hoe we elkaar ontmoetten"),
            _("Langs welke weg mensen bij het bureau kwamen, en hoe ver zij in de periode kwamen."),
            _("De aantallen van de trechter, verdeeld naar de herkomst van de kandidaat."),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "via",
            _("Via welke soort organisatie"),
            _(
                "Van wie via een organisatie in de buurt kwam of werd aangemeld: welke soort organisatie "
                "dat was."
            ),
            _("Aantal ingestapte mensen naar de soort organisatie die hen bracht."),
            _("Mensen die in de periode instapten via een organisatie of een aanmelding."),
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "age",
            _("Leeftijd"),
            _("De leeftijd op de dag van instappen."),
            _(
                "Datum van instappen min geboortedatum; is alleen het geboortejaar bekend, dan het verschil"
                " in jaren."
            ),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "area",
            _("Buurt"),
            _("De wijk of buurt waar iemand woont."),
            _("Aantal ingestapte mensen per wijk of buurt van het bureau."),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "without_work",
            _("Tijd zonder werk"),
            _(
                "Hoe lang iemand op de dag van instappen zonder betaald werk was, als hij of zij dat wilde "
                "zeggen."
            ),
            _("Datum van instappen min de datum sinds wanneer iemand zonder werk is, in hele jaren."),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "resident",
            _("Bewoner of student"),
            _("Studenten wonen tijdelijk in de buurt en tellen daarom apart."),
            _("Aantal ingestapte mensen naar bewoner of student."),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "ladder",
            _("Participatieladder"),
            _(
                "Op welke van zes treden iemand stond bij de eerste meting, en op welke bij de laatste "
                "meting in de periode. Een stap terug hoort erbij."
            ),
            _(
                "Eerste meting ooit tegenover de laatste meting in de periode; alleen mensen met twee "
                "metingen of meer."
            ),
            _("Mensen van wie de laatste meting in de periode valt en die eerder al een meting hadden."),
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "worked",
            _("Aan het werk in de periode"),
            _(
                "Mensen die in de periode op ten minste één dag werkten via het bureau, ook als zij eerder "
                "begonnen."
            ),
            _(
                "Aantal mensen met een plaatsing die de periode raakt, met een werkvorm van "
                "werkervaringsplaats tot en met eigen onderneming."
            ),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "hours",
            _("Uren per week"),
            _(
                "Hoeveel uur per week iemand werkte op de eerste werkdag, en hoeveel op de laatste dag van "
                "de periode. Wie eerder stopte, telt met de uren op de laatste werkdag."
            ),
            _("De som van de afgesproken uren van alle plaatsingen op die dag."),
            WORKED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "hours_change",
            _("Meer, evenveel of minder uren"),
            _(
                "Of iemand nu meer, evenveel of minder uren werkt dan op de eerste werkdag. Minder uren is "
                "geen mislukking: een stapje terug mag altijd."
            ),
            _("Uren op de laatste dag min uren op de eerste werkdag."),
            WORKED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "stairs",
            _("De urentrap"),
            _("Hoeveel uur per week mensen gemiddeld werkten, zoveel weken na hun eerste werkdag."),
            _("Gemiddelde van de uren in die week van wie dan nog aan het werk was."),
            WORKED,
            HOURS,
            Disclosure.AVERAGE,
        ),
        Indicator(
            "form",
            _("Werkvorm"),
            _(
                "In welke vorm mensen begonnen. De volgorde is die van de parallelle arbeidsmarkt; geen "
                "vorm is beter dan een andere."
            ),
            _("De werkvorm van de eerste plaatsing."),
            STARTED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "paid",
            _("Betaald en onbetaald"),
            _(
                "Betaald werk heeft een werkgever en een contract: baan op de parallelle arbeidsmarkt, "
                "detachering, beschut werk, basisbaan, baan met ondersteuning en reguliere baan."
            ),
            _("De werkvormen van de eerste plaatsing, opgeteld."),
            STARTED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "other_starts",
            _("Begonnen met vrijwilligerswerk of activerend werk"),
            _(
                "Mensen die in de periode voor het eerst begonnen met vrijwilligerswerk of activerend werk."
                " Blijvend vrijwilligerswerk is een goede uitkomst."
            ),
            _("Aantal mensen van wie de eerste plaatsing in die werkvorm in de periode begint."),
            _("Alle kandidaten van het bureau."),
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "inside",
            _("Werk in de eigen wijk"),
            _("Of het werk in de eigen wijk is of daarbuiten."),
            _("Wat bij de eerste plaatsing is vastgelegd."),
            STARTED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "employer_kind",
            _("Soort werkgever"),
            _("Bij wat voor werkgever mensen begonnen."),
            _("De soort van de werkgever van de eerste plaatsing."),
            STARTED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "sector",
            _("Sector"),
            _("In welke sector mensen begonnen."),
            _("De SBI-afdeling van de werkgever van de eerste plaatsing."),
            STARTED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "kept",
            _("Nog aan het werk"),
            _(
                "Van wie in deze periode zoveel weken na de eerste werkdag was: hoeveel mensen toen nog "
                "werkten. Werk bij een andere werkgever telt door als er niet meer dan vier weken tussen "
                "zit."
            ),
            _(
                "Mensen die op die dag nog werkten, gedeeld door alle mensen voor wie die dag in de periode"
                " viel."
            ),
            _("Mensen voor wie de dag van zoveel weken na de eerste werkdag in de periode valt."),
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
        Indicator(
            "positions",
            _("Nieuwe werkplekken"),
            _("Werkplekken die in de periode open gingen, na de verdringingstoets."),
            _("Aantal werkplekken en het aantal plekken daarop, met een opening in de periode."),
            _("Alle werkplekken van het bureau."),
            COUNT,
            Disclosure.NO_PERSONS,
        ),
        Indicator(
            "checks",
            _("Verdringingstoets"),
            _(
                "Of een werkplek een betaalde baan verdringt, is gevraagd en door een ander besloten "
                "voordat de werkplek open ging."
            ),
            _("Aantal besluiten in de periode, naar uitkomst."),
            _("Alle toetsen van het bureau."),
            COUNT,
            Disclosure.NO_PERSONS,
        ),
        Indicator(
            "exceptions",
            _("Uitzonderingen op de verdringingstoets"),
            _(
                "Werkplekken die open mochten terwijl een antwoord op de toets te denken gaf, met de redenen die de"
                " beslisser koos. Een toets kan meer dan één reden hebben."
            ),
            _("Aantal besluiten “toch akkoord, met reden” in de periode, naar reden."),
            _("Alle toetsen van het bureau."),
            COUNT,
            Disclosure.NO_PERSONS,
        ),
        Indicator(
            "assignments",
            _("Impactopdrachten"),
            _("Opdrachten waarvoor een opdrachtgever een bedrag betaalt bij een afgesproken resultaat."),
            _(
                "Resultaat: mensen die tussen het begin van de opdracht en het einde van de periode het "
                "afgesprokene bereikten. Verwachting: resultaat gedeeld door de verstreken dagen, maal alle"
                " dagen van de opdracht."
            ),
            _("Opdrachten die de periode raken."),
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "flows",
            _("Geldstromen"),
            _("Wat er binnenkwam en wat er uitging, naar bron en jaar."),
            _("De som van de geboekte bedragen van de jaren die de periode raakt."),
            _("Alle geldstromen van het bureau."),
            EURO,
            Disclosure.NO_PERSONS,
        ),
        Indicator(
            "saved_people",
            _("Mensen met bijstand in betaald werk"),
            _(
                "Mensen die bij het bureau zeiden dat ze bijstand kregen, en in de periode betaald werk "
                "hadden."
            ),
            _("Aantal mensen met bijstand en een betaalde plaatsing die de periode raakt."),
            WORKED,
            PEOPLE,
            Disclosure.HEADLINE,
        ),
        Indicator(
            "saved",
            _("Bespaarde uitkeringen"),
            _(
                "Een schatting, met een ondergrens en een bovengrens. Wat mensen ook zonder het bureau "
                "hadden bereikt, gaat eraf. SROI-waarden tellen hier nooit in mee."
            ),
            _(
                "Uitkeringsjaren maal de kosten van een uitkering per jaar, min het deel dat ook zonder "
                "bureau werk had gevonden. Ondergrens: uren gedeeld door 36, laagste kosten, hoogste deel. "
                "Bovengrens: hele dagen, hoogste kosten, laagste deel."
            ),
            _("Mensen met bijstand in betaald werk."),
            EURO,
            Disclosure.AVERAGE,
        ),
        Indicator(
            "complete",
            _("Volledigheid"),
            _(
                "Van hoeveel ingestapte mensen het gegeven bekend is. Onbekend is een eigen kolom, nooit "
                "een nul."
            ),
            _("Ingestapt min onbekend, gedeeld door ingestapt."),
            ENTERED,
            PEOPLE,
            Disclosure.BREAKDOWN,
        ),
    )
}
