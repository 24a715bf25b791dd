"""Who is still at work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import PEOPLE, Disclosure, Indicator

TITLE = _("Aan het werk blijven")
INDICATORS = (
    Indicator(
        "kept",
        _("Nog aan het werk"),
        _(
            "Van wie in deze periode zoveel weken na de eerste werkdag was: hoeveel mensen toen nog "
            "werkten. Werk bij een andere werkgever telt door als er niet meer dan vier weken tussen "
            "zit."
        ),
        _("Mensen die op die dag nog werkten, gedeeld door alle mensen voor wie die dag in de periode viel."),
        _("Mensen voor wie de dag van zoveel weken na de eerste werkdag in de periode valt."),
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
    Indicator(
        "source_kept",
        _("Nog aan het werk, naar herkomst"),
        _(
            "Dezelfde mensen als bij “Nog aan het werk”, verdeeld naar de weg waarlangs zij bij het bureau "
            "kwamen."
        ),
        _("De aantallen van “Nog aan het werk” na 13, 26 en 52 weken, per herkomst van de kandidaat."),
        _("Mensen voor wie de dag van zoveel weken na de eerste werkdag in de periode valt."),
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
    Indicator(
        "moved",
        _("Bij dezelfde of een andere werkgever"),
        _(
            "Van wie nog aan het werk is: of dat bij de eerste werkgever is, of bij een volgende. Wie "
            "verder gaat bij een ander, is niet gestopt."
        ),
        _(
            "Of iemand op die dag een plaatsing bij de eerste werkgever heeft. Valt de dag in een pauze van ten "
            "hoogste vier weken, dan telt de laatste werkgever daarvoor."
        ),
        _("Mensen die op die dag nog aan het werk zijn."),
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
)
