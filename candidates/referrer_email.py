"""What a referrer is told by e-mail, after the transaction."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.mailing import Letter
from candidates.models import InwardReferral


def tell_referrer_on_commit(*, referral: InwardReferral, address: str, initials: str) -> None:
    """One sentence that was agreed; no name, and nothing personal in the subject."""
    context = {"referral": referral, "bureau": referral.bureau, "initials": initials}
    with translation.override("nl"):
        letter = Letter(
            to=address,
            subject=_("Over je aanmelding bij %(bureau)s") % {"bureau": referral.bureau.name},
            body=render_to_string("emails/candidates/referrer_told.txt", context).strip(),
            why=_("Je krijgt dit bericht omdat je iemand bij ons aanmeldde."),
            bureau=referral.bureau,
        )
        email = letter.email()
    transaction.on_commit(email.send, robust=True)
