"""Which work it was, with whom, and whether it displaced paid work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import COUNT, PEOPLE, STARTED, Disclosure, Indicator

TITLE = _("Het werk")
INDICATORS = (
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
        "positions",
        _("Nieuwe werkplekken"),
        _("Werkplekken die in de periode open gingen, na de verdringingstoets."),
        _("Aantal werkplekken en het aantal plekken daarop, met een opening in de periode."),
        _("Alle werkplekken van het bureau."),
        COUNT,
        Disclosure.NO_PERSONS,
        statement="places",
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
        statement="places",
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
        statement="places",
    ),
)
