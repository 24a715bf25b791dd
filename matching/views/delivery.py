"""Where the mail provider says what did not arrive. Off unless a provider and a secret are configured."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from buurtbaan.access import public
from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from buurtbaan.throttle import too_often
from matching.services.delivery import came_back_from_provider

NOT_DELIVERED = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})
RATES = "600/m/ip"
PROVIDERS: dict[str, tuple[str, str]] = {
    "brevo": ("brevo", "BrevoTrackingWebhookView"),
    "mailersend": ("mailersend", "MailerSendTrackingWebhookView"),
    "mailgun": ("mailgun", "MailgunTrackingWebhookView"),
    "mailjet": ("mailjet", "MailjetTrackingWebhookView"),
    "postmark": ("postmark", "PostmarkTrackingWebhookView"),
    "sendgrid": ("sendgrid", "SendGridTrackingWebhookView"),
    "sparkpost": ("sparkpost", "SparkPostTrackingWebhookView"),
}
"""MAIL_TRACKING → the part of anymail that knows the provider's signature and events."""


@csrf_exempt
@public
@require_http_methods(["POST", "HEAD"])
def delivery_report(request: HttpRequest) -> HttpResponse:
    """Mark the messages that came back. Whoever has not the secret learns nothing."""
    reader = _reader()
    if reader is None:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    if too_often(request, "delivery_report", RATES):
        return HttpResponse(status=429)
    try:
        reader.run_validators(request)
        events: list[AnymailTrackingEvent] = reader.parse_events(request)
    except (AnymailWebhookValidationFailure, AnymailError, ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    lost = [event for event in events if event.event_type in NOT_DELIVERED and event.message_id]
    if lost:
        with scoped(Scope.for_bureaus(Bureau.objects.values_list("pk", flat=True), reason="delivery_report")):
            for event in lost:
                came_back_from_provider(
                    provider_id=str(event.message_id), recipient=event.recipient or "", why=_why(event)
                )
    return HttpResponse()


def _reader() -> Any:
    """Anymail's view of the configured provider, used for its checks and its reading; None where nothing is set."""
    name = PROVIDERS.get(settings.MAIL_TRACKING)
    if name is None or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return None
    make: Callable[[], Any] = getattr(import_module(f"anymail.webhooks.{name[0]}"), name[1])
    return make()


def _why(event: AnymailTrackingEvent) -> str:
    return " ".join(str(part) for part in (event.reject_reason, event.description) if part)
