"""What the bureau's own people get by e-mail about employers."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.services import absolute
from buurtbaan.mailing import Letter
from employers.models import SubscriptionWarning


def warn(warning: SubscriptionWarning) -> None:
    """Tell who holds the relation that a subscription ends."""
    subscription = warning.subscription
    owner = subscription.employer.owner
    language = owner.user.language if owner else "nl"
    with translation.override(language):
        context = {
            "subscription": subscription, "employer": subscription.employer, "bureau": warning.bureau,
            "name": owner.user.name if owner else "",
        }  # fmt: skip
        subject = _("Abonnement loopt af: %(client)s") % {"client": subscription.employer.name}
        letter = Letter(
            to=warning.recipient,
            subject=subject,
            body=render_to_string("emails/employers/subscription_ends.txt", context).strip(),
            why=_("Je krijgt dit bericht omdat je bij het bureau de abonnementen bijhoudt."),
            bureau=warning.bureau,
            act=_("Bekijk het abonnement"),
            address=absolute(reverse("employers:subscription", args=[subscription.pk])),
        )
        letter.email().send()
