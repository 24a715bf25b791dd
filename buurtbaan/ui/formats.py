"""How money, hours and names are written, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
HOURS_DECIMALS = 2


def euro(amount: Decimal | int | float | None) -> str:
    """€ 1.234 for whole euros, € 1.234,50 otherwise; unknown stays unknown."""
    if amount is None:
        return _("nog niet bekend")
    value = Decimal(str(amount)).quantize(Decimal("0.01"))
    places = 0 if value == value.to_integral_value() else 2
    sign = "−" if value < 0 else ""
    return f"{sign}€{NBSP}{number_format(abs(value), decimal_pos=places, use_l10n=True, force_grouping=True)}"


def number(value: Decimal | int | float) -> str:
    """A figure without needless zeros: 8, 12,5, 1.234."""
    return _number(value, get_language())


@lru_cache(maxsize=4096)
def _number(value: Decimal | int | float, language: str | None) -> str:
    """Worked out once: a list says the same hours on every row."""
    exact = Decimal(str(value)).quantize(Decimal("0.01")).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)


def hours(value: Decimal | int | float | None) -> str:
    """8 uur, 12,5 uur; in Dutch the word stays singular."""
    if value is None:
        return _("nog niet bekend")
    count = 1 if value == 1 else 2
    return ngettext("%(hours)s uur", "%(hours)s uur", count) % {"hours": number(value)}


def hours_week(value: Decimal | int | float | None) -> str:
    """8 uur per week."""
    if value is None:
        return _("nog niet bekend")
    return _("%(hours)s per week") % {"hours": hours(value)}


def hours_range(low: Decimal | int | None, high: Decimal | int | None) -> str:
    """8 tot 16 uur, vanaf 8 uur, tot 16 uur; equal ends give one figure."""
    if low is None and high is None:
        return _("nog niet bekend")
    if low is None or high is None:
        return _("tot %(h)s") % {"h": hours(high)} if low is None else _("vanaf %(h)s") % {"h": hours(low)}
    if low == high:
        return hours(low)
    return _("%(low)s tot %(high)s") % {"low": number(low), "high": hours(high)}


def yes_no(value: bool | None) -> str:
    """ja, nee, or nog niet bekend: unknown is a state of its own."""
    if value is None:
        return _("nog niet bekend")
    return _("ja") if value else _("nee")


def initials(name: object) -> str:
    """Two letters for the round sign beside a name: first and last word, without what stands between."""
    words = [word for word in str(name).replace("@", " ").replace(".", " ").split() if word[:1].isalpha()]
    if not words:
        return "?"
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()
