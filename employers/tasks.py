"""What happens to employers' rows by itself; every task is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from employers import services
from employers.services import warnings


@shared_task(name="employers.tasks.forget_removed")
def forget_removed() -> None:
    """Erase what somebody took away and nobody put back within a day."""
    services.forget_removed()


@shared_task(name="employers.tasks.look_after_subscriptions")
def look_after_subscriptions() -> None:
    """Warn about subscriptions that end, bureau by bureau, and send the e-mails that still wait."""
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="look_after_subscriptions")):
            warnings.give_warnings(bureau)
        with scoped(Scope.for_bureau(bureau, reason="look_after_subscriptions")):
            warnings.mail_warnings(bureau)
