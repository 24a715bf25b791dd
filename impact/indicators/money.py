"""What it cost and what it brought."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import EURO, PEOPLE, WORKED, Disclosure, Indicator

TITLE = _("Geld")
INDICATORS = (
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
        statement="money",
    ),
    Indicator(
        "saved_people",
        _("Mensen met bijstand in betaald werk"),
        _("Mensen die bij het bureau zeiden dat ze bijstand kregen, en in de periode betaald werk hadden."),
        _("Aantal mensen met bijstand en een betaalde plaatsing die de periode raakt."),
        WORKED,
        PEOPLE,
        Disclosure.HEADLINE,
        statement="saved",
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
        statement="saved",
    ),
)
