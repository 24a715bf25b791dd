"""What a workbook says of consent: kept as the bureau noted it, never as a yes to our own text."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import ConsentPurpose
from candidates.models import Candidate, Consent
from matching.workbook.importing import bulk
from matching.workbook.importing.ground import Ground
from matching.workbook.rows import CandidateRow

VERSION = "werkboek"


def take(pairs: Sequence[tuple[CandidateRow, Candidate]], ground: Ground) -> None:
    """Note the consent of whom the workbook says yes; whoever ever took it back here is not asked by a file."""
    known = set(
        Consent.objects.filter(
            candidate__in=[candidate.pk for _row, candidate in pairs], purpose=ConsentPurpose.RECORD
        ).values_list("candidate", flat=True)
    )
    bulk.insert(
        _consent(row, candidate, ground)
        for row, candidate in pairs
        if row.consent and candidate.pk not in known
    )
    for row, _candidate in pairs:
        if row.consent is None:
            reason = _("Niet bij iedereen staat toestemming. Vraag die bij het volgende gesprek.")
            ground.note(row, "consent", "", reason, once=True)
            return


def _consent(row: CandidateRow, candidate: Candidate, ground: Ground) -> Consent:
    came = row.entered_on or row.intake_on or ground.today
    return Consent(
        bureau=ground.bureau,
        candidate=candidate,
        purpose=ConsentPurpose.RECORD,
        text_version=VERSION,
        text=_("Toestemming om gegevens te bewaren, zoals het bureau die in zijn eigen werkboek noteerde."),
        given_at=timezone.make_aware(datetime.combine(came, time(12))),
        recorded_by=ground.by,
    )
