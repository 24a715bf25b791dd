"""How long files are kept: notice before the end, putting it off, and letting go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import emails
from candidates.enums import ErasureRule, RetentionKind, Stage
from candidates.models import Candidate, Erasure, RetentionStep
from candidates.rights.reach import rows_per_table
from candidates.services.consent import may_write
from candidates.services.erasing import erase
from candidates.services.locking import locked

NOTICE = timedelta(days=60)
"""How long before its end the term of a file is announced."""
WARNED = timedelta(days=30)
"""How long after the notice a file may go at the earliest."""
LONGEST = timedelta(days=366)
"""How far the end may be put off in one go."""


@dataclass(frozen=True)
class Plan:
    """What a purge would do: whose files, and how many rows of which kind."""

    people: list[Candidate]
    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def ending(bureau: Bureau, *, today: date | None = None) -> QuerySet[Any]:
    """Closed files whose term ends within the time of notice, or is over; the first to go first."""
    day = today or timezone.localdate()
    notice = RetentionStep.objects.filter(
        candidate=OuterRef("pk"), kind=RetentionKind.NOTICE, until=OuterRef("retain_until")
    )
    files: QuerySet[Any] = Candidate.objects.filter(
        bureau=bureau, stage=Stage.CLOSED, retain_until__lte=day + NOTICE
    )
    return files.annotate(
        noticed=Exists(notice), warned=Exists(notice.filter(on__lte=day - WARNED))
    ).order_by("retain_until", "pk")


def due(bureau: Bureau, *, today: date | None = None) -> QuerySet[Any]:
    """Files that may go: the term is over, and notice was given at least thirty days ago."""
    day = today or timezone.localdate()
    return ending(bureau, today=day).filter(retain_until__lt=day, warned=True)


def plan(people: list[Candidate]) -> Plan:
    """Count what a purge of these people would take, in one query; changes nothing."""
    return Plan(people, rows_per_table([person.pk for person in people]))


def give_notice(bureau: Bureau, *, today: date | None = None) -> int:
    """Announce the ends that come near: to the coach on the list of the day, to the person if they said yes to that.

    Gives how many. Twice is once: the notice is a row.
    """
    day = today or timezone.localdate()
    given = 0
    for pk in list(ending(bureau, today=day).filter(noticed=False).values_list("pk", flat=True)):
        given += _notice(pk, day)
    return given


@transaction.atomic
def _notice(pk: int, day: date) -> bool:
    person = Candidate.objects.select_for_update(of=("self",)).filter(pk=pk, stage=Stage.CLOSED).first()
    if person is None or person.retain_until is None or person.retain_until > day + NOTICE:
        return False
    until = max(person.retain_until, day + WARNED)
    if until != person.retain_until:
        person.retain_until = until
        person.save(update_fields=["retain_until", "updated_at"])
    about = {"bureau_id": person.bureau_id, "candidate": person, "kind": RetentionKind.NOTICE, "until": until}
    if RetentionStep.objects.filter(**about).exists():
        return False
    RetentionStep.objects.create(**about, on=day)
    if person.email and may_write(person):
        emails.send_retention_notice_on_commit(candidate=person)
    return True


@transaction.atomic
def postpone(*, candidate: Candidate, until: date, reason: str, by: Membership) -> RetentionStep:
    """Keep a closed file longer, with a reason that the person can read.

    Raises NotAllowedNow for an open file, without a reason, and for a day that is not later or too far off.
    """
    candidate = locked(candidate)
    if not candidate.is_closed or candidate.retain_until is None:
        raise NotAllowedNow(_("Dit dossier is open. De bewaartermijn loopt pas na het sluiten."))
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom we het dossier langer bewaren."))
    if until <= candidate.retain_until or until > max(candidate.retain_until, timezone.localdate()) + LONGEST:
        raise NotAllowedNow(_("Kies een dag na de bewaartermijn, hooguit een jaar later."))
    candidate.retain_until = until
    candidate.save(update_fields=["retain_until", "updated_at"])
    return RetentionStep.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, kind=RetentionKind.POSTPONED, until=until,
        reason=reason.strip()[:300], by=by,
    )  # fmt: skip


def purge(
    bureau: Bureau,
    *,
    by: Membership | None = None,
    only: Collection[int] | None = None,
    today: date | None = None,
) -> list[Erasure]:
    """Erase the files that are due, each in a transaction and a scope of its own. Twice is once.

    only: the people somebody read on the list; who came since stays for the next time.
    """
    scope = Scope.for_bureau(bureau, reason="retention")
    people = due(bureau, today=today)
    chosen = people if only is None else people.filter(pk__in=only)
    with scoped(scope):
        ids = list(chosen.values_list("pk", flat=True))
    lines = []
    for pk in ids:
        with scoped(scope):
            locked_row = Candidate.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if locked_row and people.filter(pk=pk).exists():
                lines.append(erase(candidate=locked_row, rule=ErasureRule.RETENTION, by=by))
    return lines
