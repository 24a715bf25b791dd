"""Who is still at work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import PEOPLE, Disclosure, Indicator

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
)
