"""Leaving, coming back on it, and what happens when the time to think is over."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import ConsentPurpose, ErasureRule
from candidates.models import Candidate
from candidates.services import departure
from candidates.services.consent import give_consent
from candidates.services.erasing import erase
from candidates.services.locking import locked


@transaction.atomic
def leave(*, candidate: Candidate, by: Membership) -> Candidate:
    """The person wants to stop, or a colleague writes down that they said so; twice is once."""
    return departure.begin(locked(candidate), by=by)


@transaction.atomic
def stay(*, candidate: Candidate, by: Membership) -> Candidate:
    """The person stays after all, and so the bureau may write things down again.

    Raises NotAllowedNow when the person was not leaving.
    """
    candidate = locked(candidate)
    if not candidate.is_leaving:
        raise NotAllowedNow(_("Dit dossier wordt niet gewist. Er is niets terug te draaien."))
    give_consent(candidate=candidate, purpose=ConsentPurpose.RECORD, by=by)
    return departure.end(candidate, by=by)


def erase_leavers(bureau: Bureau, *, today: date | None = None) -> int:
    """Erase whoever's time to think is over, each in a transaction and a scope of its own; gives how many."""
    day, scope = today or timezone.localdate(), Scope.for_bureau(bureau, reason="leaving")
    with scoped(scope):
        over = Candidate.objects.filter(bureau=bureau, leaving_on__lte=day).order_by("pk")
        people = list(over.values_list("pk", flat=True))
    gone = 0
    for pk in people:
        with scoped(scope):
            held = Candidate.objects.select_for_update(of=("self",)).filter(pk=pk, leaving_on__lte=day)
            if person := held.first():
                erase(candidate=person, rule=ErasureRule.LEFT)
                gone += 1
    return gone
