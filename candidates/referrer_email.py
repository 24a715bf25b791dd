"""What a referrer is told by e-mail, after the transaction."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from candidates.models import InwardReferral


def tell_referrer_on_commit(*, referral: InwardReferral, address: str, initials: str) -> None:
    """One sentence that was agreed; no name, and nothing personal in the subject."""
    context = {"referral": referral, "bureau": referral.bureau, "initials": initials}
    with translation.override("nl"):
        subject = _("Over je aanmelding bij %(bureau)s") % {"bureau": referral.bureau.name}
        body = render_to_string("emails/candidates/referrer_told.txt", context)

    def send() -> None:
        send_mail(subject=subject, message=body, from_email=None, recipient_list=[address])

    transaction.on_commit(send, robust=True)
