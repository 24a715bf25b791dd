"""What the app sends by e-mail, in the candidate's language, after the transaction."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.bureaus.services import absolute
from candidates.models import Candidate


def send_link_on_commit(*, candidate: Candidate, path: str, by: Membership) -> None:
    """Send the single-use link; a mail server that is away takes nothing with it, the link also shows on screen."""
    bureau, sender = candidate.bureau, str(by.user)
    context = {"candidate": candidate, "address": absolute(path), "bureau": bureau, "sender": sender}
    with translation.override(candidate.language):
        subject = _("Je eigen pagina bij %(bureau)s") % {"bureau": bureau.name}
        body = render_to_string("emails/candidates/access_link.txt", context)

    def send() -> None:
        send_mail(subject=subject, message=body, from_email=None, recipient_list=[candidate.email])

    transaction.on_commit(send, robust=True)


def send_welcome_on_commit(*, candidate: Candidate) -> None:
    """Thank somebody who signed up alone, and say what happens next."""
    context = {"candidate": candidate, "bureau": candidate.bureau}
    with translation.override(candidate.language):
        subject = _("Fijn dat je meedoet bij %(bureau)s") % {"bureau": candidate.bureau.name}
        body = render_to_string("emails/candidates/welcome.txt", context)

    def send() -> None:
        send_mail(subject=subject, message=body, from_email=None, recipient_list=[candidate.email])

    transaction.on_commit(send, robust=True)


def send_retention_notice_on_commit(*, candidate: Candidate) -> None:
    """Tell somebody that the file goes soon, and how to keep or take it."""
    context = {"candidate": candidate, "bureau": candidate.bureau, "until": candidate.retain_until}
    with translation.override(candidate.language):
        subject = _("We wissen binnenkort je gegevens bij %(bureau)s") % {"bureau": candidate.bureau.name}
        body = render_to_string("emails/candidates/retention_notice.txt", context)

    def send() -> None:
        send_mail(subject=subject, message=body, from_email=None, recipient_list=[candidate.email])

    transaction.on_commit(send, robust=True)
