"""Traces of people with a clock of their own, shorter or other than that of a file (docs/retention.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from buurtbaan.bureaus.models import AccessLink, Bureau, Invitation
from buurtbaan.drafts.models import Submission
from buurtbaan.scope import Scope, scoped
from candidates.forgetting import forget_neighbours
from candidates.rights import mails

SENT_FORMS = timedelta(days=30)
LINKS = timedelta(days=30)
INVITATIONS = timedelta(days=90)


def tidy_up(now: datetime | None = None) -> None:
    """Throw away what is past its time; twice is once."""
    moment = now or timezone.now()
    with transaction.atomic():
        Submission.objects.filter(created_at__lt=moment - SENT_FORMS).delete()
        Session.objects.filter(expire_date__lt=moment).delete()
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="tidy_up")):
            AccessLink.objects.filter(expires_at__lt=moment - LINKS).delete()
            Invitation.objects.filter(bureau=bureau, created_at__lt=moment - INVITATIONS).delete()
            forget_neighbours(bureau=bureau)
            with connection.cursor() as cursor:
                cursor.execute("SELECT trim_trail()")
    mails.forget_old(moment)
