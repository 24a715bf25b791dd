"""How far people came, and by which way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import ENTERED, PEOPLE, Disclosure, Indicator

TITLE = _("Van eerste gesprek tot werk")
INDICATORS = (
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
        _("Van wie via een organisatie in de buurt kwam of werd aangemeld: welke soort organisatie dat was."),
        _("Aantal ingestapte mensen naar de soort organisatie die hen bracht."),
        _("Mensen die in de periode instapten via een organisatie of een aanmelding."),
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
)
