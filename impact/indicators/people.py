"""Who took part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import ENTERED, PEOPLE, Disclosure, Indicator

TITLE = _("Wie deden er mee")
INDICATORS = (
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
)
