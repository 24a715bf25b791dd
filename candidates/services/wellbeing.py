"""How somebody feels, kept as it was said."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, Wellbeing
from candidates.services.locking import locked
from candidates.wellbeing import VERSION, clean_answers


@transaction.atomic
def save_wellbeing(
    *, candidate: Candidate, answers: Mapping[str, int | None], by: Membership, words: str = ""
) -> Wellbeing:
    """Keep today's answers; a second time on the same day corrects the first.

    answers: question → 1 to 5, or None where it was skipped. Raises NotAllowedNow when nothing was said at all.
    """
    kept = clean_answers(VERSION, answers)
    if not kept and not words.strip():
        raise NotAllowedNow(_("Kies een antwoord of schrijf iets op. Eén vraag is genoeg."))
    candidate = locked(candidate)
    said, _made = Wellbeing.objects.update_or_create(
        candidate=candidate,
        filled_on=timezone.localdate(),
        defaults={
            "bureau_id": candidate.bureau_id,
            "version": VERSION,
            "answers": kept,
            "words": words.strip(),
            "by": by,
        },
    )
    return said
