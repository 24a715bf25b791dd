"""The participation ladder, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, Measurement
from candidates.services.locking import locked


@transaction.atomic
def add_measurement(
    *,
    candidate: Candidate,
    rung: int,
    by: Membership,
    potential: int | None = None,
    answers: Mapping[str, str] | None = None,
    wellbeing: str = "",
    on: date | None = None,
) -> Measurement:
    """Keep where somebody stands on a day; a second one on the same day corrects the first.

    rung, potential: 1 to 6. Raises NotAllowedNow for a day that is still to come.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Kies een dag die al geweest is."))
    locked(candidate)
    measurement, _made = Measurement.objects.update_or_create(
        candidate=candidate,
        measured_on=day,
        defaults={
            "bureau_id": candidate.bureau_id,
            "rung": rung,
            "potential": potential,
            "answers": dict(answers or {}),
            "wellbeing": wellbeing,
            "by": by,
        },
    )
    return measurement
