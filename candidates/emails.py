"""What the app sends by e-mail, in the candidate's language, after the transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.bureaus.services import absolute
from buurtbaan.mailing import Letter
from candidates.models import Candidate


def send_link_on_commit(*, candidate: Candidate, path: str, by: Membership) -> None:
    """Send the single-use link; a mail server that is away takes nothing with it, the link also shows on screen."""
    with translation.override(candidate.language):
        subject = _("Je eigen pagina bij %(bureau)s") % {"bureau": candidate.bureau.name}
        act = {"act": _("Open je eigen pagina"), "address": absolute(path), "coach": by}
        _send(candidate, subject, "access_link", {"sender": str(by.user)}, **act)


def send_welcome_on_commit(*, candidate: Candidate) -> None:
    """Thank somebody who signed up alone, and say what happens next."""
    with translation.override(candidate.language):
        subject = _("Fijn dat je meedoet bij %(bureau)s") % {"bureau": candidate.bureau.name}
        _send(candidate, subject, "welcome", {})


def send_retention_notice_on_commit(*, candidate: Candidate) -> None:
    """Tell somebody that the file goes soon, and how to keep or take it."""
    with translation.override(candidate.language):
        subject = _("We wissen binnenkort je gegevens bij %(bureau)s") % {"bureau": candidate.bureau.name}
        _send(candidate, subject, "retention_notice", {"until": candidate.retain_until})


def _send(candidate: Candidate, subject: str, name: str, more: dict[str, Any], **act: Any) -> None:
    context = {"candidate": candidate, "bureau": candidate.bureau, **more}
    why = _("Je krijgt dit bericht omdat je bij %(bureau)s meedoet of je hebt ingeschreven.")
    letter = Letter(
        to=candidate.email, subject=subject, bureau=candidate.bureau, why=why % {"bureau": candidate.bureau.name},
        body=render_to_string(f"emails/candidates/{name}.txt", context).strip(), **act,
    )  # fmt: skip
    transaction.on_commit(letter.email().send, robust=True)
