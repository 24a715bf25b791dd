"""What the codes in the chapter on money are called."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words_of(source: str) -> str:
    """A source in the reader's language; what somebody wrote down stays as it is."""
    return {
        "@subscriptions": _("Zorgabonnementen"),
        "@commissions": _("Opdrachten"),
        "@projects": _("Eigen projecten"),
    }.get(source, source)
