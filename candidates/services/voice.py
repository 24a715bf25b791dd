"""What the candidate says about the own file, and what the coach answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import CorrectionOutcome, CorrectionPart
from candidates.models import Candidate, Correction
from candidates.services.locking import locked
from candidates.services.telling import tell_by_mail

MOST_OPEN = 20


@transaction.atomic
def say_correction(
    *, candidate: Candidate, text: str, by: Membership, part: str = CorrectionPart.OTHER
) -> Correction:
    """Something is not right. It stays on the file and on the coach's day list until somebody answers.

    Raises NotAllowedNow without words, and while twenty others wait for an answer.
    """
    candidate = locked(candidate)
    if not text.strip():
        raise NotAllowedNow(_("Schrijf op wat er niet klopt."))
    if candidate.corrections.open().count() >= MOST_OPEN:
        raise NotAllowedNow(_("Er wachten al veel berichten op antwoord. Bel je coach."))
    return Correction.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, part=part, text=text.strip()
    )


@transaction.atomic
def answer_correction(*, correction: Correction, outcome: str, answer: str, by: Membership) -> Correction:
    """Say what became of it; the candidate reads the answer. Who changes nothing says why.

    Raises NotAllowedNow when somebody answered before, or for "not changed" without a reason.
    """
    rows = Correction.objects.select_for_update(of=("self",)).select_related("candidate")
    correction = rows.get(pk=correction.pk)
    if not correction.is_open:
        raise NotAllowedNow(_("Een collega gaf al antwoord. Kijk in het dossier."))
    if outcome == CorrectionOutcome.KEPT and not answer.strip():
        raise NotAllowedNow(_("Schrijf op waarom je het niet verandert."))
    correction.outcome, correction.answer = CorrectionOutcome(outcome), answer.strip()
    correction.answered_at, correction.answered_by = timezone.now(), by
    correction.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    tell_by_mail(correction.candidate, "corrected")
    return correction
