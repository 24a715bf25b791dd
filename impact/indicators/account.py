"""How much of it is known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from impact.indicators.kinds import ENTERED, PEOPLE, Disclosure, Indicator

TITLE = _("Hoe volledig zijn de gegevens")
INDICATORS = (
    Indicator(
        "complete",
        _("Volledigheid"),
        _("Van hoeveel ingestapte mensen het gegeven bekend is. Onbekend is een eigen kolom, nooit een nul."),
        _("Iedereen over wie het gegeven gaat, min onbekend; het deel is dat gedeeld door iedereen."),
        ENTERED,
        PEOPLE,
        Disclosure.BREAKDOWN,
    ),
)
