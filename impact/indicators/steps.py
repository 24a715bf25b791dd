"""The steps that people took: ladder, hours and how they feel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import HOURS, PEOPLE, WORKED, Disclosure, Indicator

TITLE = _("Stappen")
INDICATORS = (
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
        "wellbeing",
        _("Hoe het gaat"),
        _(
            "Wat mensen zelf zeiden op zes vragen over hoe het gaat: de eerste keer, en de laatste keer tot het "
            "einde van de periode. De antwoorden zijn woorden; wij tellen ze niet op tot een cijfer."
        ),
        _("Per vraag: het eerste antwoord ooit tegenover het laatste antwoord tot en met de laatste dag."),
        _("Mensen die een vraag twee keer of vaker beantwoordden, de laatste keer in de periode."),
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
    Indicator(
        "back",
        _("Een stapje terug"),
        _("Minder uren, of een trede lager op de ladder. Dat is gewoon, mag altijd en is geen mislukking."),
        _(
            "Uren: mensen met een urenstap naar minder uren in de periode. Ladder: mensen die bij de laatste "
            "meting lager staan dan bij de eerste."
        ),
        WORKED,
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
)
