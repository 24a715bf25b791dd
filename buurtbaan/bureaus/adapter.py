"""How accounts come about: by invitation, or by a candidate's own link; never by signing up at the sign-in page."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from buurtbaan.mailing import Letter

WRONG_CODE = _("Deze code klopt niet. Kijk nog eens goed, of vraag een nieuwe.")


class AccountAdapter(DefaultAccountAdapter):
    """What goes wrong at the door, in words that say what to do."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk het adres na, let op hoofdletters, "
            "of vraag een nieuw wachtwoord."
        ),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_login": _("Zo kom je er niet in. Kijk na wat je invulde."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe."),
        "rate_limited": _("Dat ging snel achter elkaar. Wacht even en probeer het dan weer."),
        "too_many_login_attempts": _(
            "Er is te vaak geprobeerd. Wacht een paar minuten en probeer het dan weer."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without being asked."""
        return False

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """The same words in the layout of every e-mail, as text and as HTML."""
        plain = super().render_mail(template_prefix, email, context, headers)
        why = _("Je krijgt dit bericht omdat iemand met dit adres wilde inloggen.")
        return Letter(to=email, subject=plain.subject, body=plain.body.strip(), why=why).email()


class MFAAdapter(DefaultMFAAdapter):
    """The same for the second step."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}
