"""A yes given, and a yes taken back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.choices import label
from candidates.enums import ConsentPurpose
from candidates.timeline.base import Happening, Kind, Known, Told, day_of


def _said(known: Known) -> Iterator[Happening]:
    for consent in known.consents:
        about = (consent.purpose, consent.recipient)
        yield Happening("yes", day_of(consent.given_at), consent.pk, *about, "", consent.recorded_by_id)
        if consent.withdrawn_at:
            yield Happening("no", day_of(consent.withdrawn_at), consent.pk, *about)


def _purpose(purpose: str, recipient: str) -> str:
    word = label(list(ConsentPurpose.choices), purpose)
    return f"{word} ({recipient})" if recipient else word


def _yes(purpose: str, recipient: str) -> Told:
    return _("Toestemming: %(what)s") % {"what": _purpose(purpose, recipient)}, "lock", "quiet"


def _no(purpose: str, recipient: str) -> Told:
    return _("Toestemming ingetrokken: %(what)s") % {"what": _purpose(purpose, recipient)}, "lock", "wait"


CONSENTS = Kind(gettext_lazy("Toestemming"), {"yes": _yes, "no": _no}, known=_said)
