"""What the worker does for people's files; every task is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from candidates.services import housekeeping, retention
from candidates.services.leaving import erase_leavers


@shared_task(name="candidates.tasks.look_after_terms")
def look_after_terms() -> None:
    """Erase who left, announce ends of terms, and purge where the bureau says so; bureau by bureau."""
    for bureau in Bureau.objects.order_by("pk"):
        erase_leavers(bureau)
        with scoped(Scope.for_bureau(bureau, reason="look_after_terms")):
            retention.give_notice(bureau)
        if bureau.purge_by_itself:
            retention.purge(bureau)


@shared_task(name="candidates.tasks.tidy_up")
def tidy_up() -> None:
    """Throw away what has its own, shorter clock: sent forms, used links, sessions, messages on disk, old lines."""
    housekeeping.tidy_up()
