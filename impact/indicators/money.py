"""What it cost and what it brought."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import EURO, HOURS_COUNT, PEOPLE, WORKED, Disclosure, Indicator

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
        _(
            "Wat er binnenkwam en wat er uitging, naar bron en jaar. Wat het bureau verdient met abonnementen, "
            "opdrachten en eigen projecten telt mee. In en uit horen gelijk te zijn; een verschil staat erbij."
        ),
        _(
            "De som van de geboekte bedragen van de jaren die de periode raakt. Een abonnement telt naar dagen, een "
            "opdracht in het jaar waarin hij begint."
        ),
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
    Indicator(
        "fund_hours",
        _("Uren per fonds"),
        _(
            "Uren van collega's die op een fonds zijn opgeschreven. Een uur telt op één fonds, en niet als een "
            "jobcoachplan het al betaalt."
        ),
        _(
            "Minuten van gesprekken met een fonds, plus opgeschreven werktijd min de gesprekken en jobcoachuren van "
            "dezelfde collega op die dag, gedeeld door 60."
        ),
        _("Alle gesprekken en opgeschreven uren met een fonds in de periode."),
        HOURS_COUNT,
        Disclosure.AVERAGE,
        statement="money",
    ),
    Indicator(
        "budgets",
        _("Opleidingsbudgetten"),
        _("Wat mensen met behoud van uitkering verdienden en voor scholing bewaren of besteedden."),
        _(
            "De som van de boekingen in de periode, afgerond op honderd euro; het saldo is dat van de laatste dag."
        ),
        _("Mensen met een boeking in de periode."),
        EURO,
        Disclosure.AVERAGE,
        statement="money",
    ),
    Indicator(
        "cashbook",
        _("Sociaal kasboek"),
        _(
            "Wat activiteiten kostten en wat ze waard waren voor wie erbij betrokken was. Bij elk bedrag staat hoe "
            "het bekend is. De waarde is geen besparing."
        ),
        _("De som van de bedragen in de periode, in hele euro's; wat niemand weet, telt niet mee."),
        _("Alle regels van het sociaal kasboek die gelden."),
        EURO,
        Disclosure.NO_PERSONS,
        statement="money",
    ),
    Indicator(
        "sroi",
        _("Social return"),
        _(
            "De gedachte waarde van inspanningen van bedrijven, volgens de tabel van de opdrachtgever. Dit is geen "
            "besparing en wordt nooit bij een besparing opgeteld."
        ),
        _("De som van de waarden van inspanningen die in de periode begonnen, afgerond op honderd euro."),
        _("Alle inspanningen bij werkgevers van het bureau."),
        EURO,
        Disclosure.AVERAGE,
        statement="money",
    ),
)
