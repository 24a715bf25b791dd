"""One file, one writer at a time."""

from __future__ import annotations

from django.utils.translation import gettext as _

from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate


def locked(candidate: Candidate) -> Candidate:
    """The candidate's row as it is now, held until the transaction ends. Raises NotAllowedNow when it was erased."""
    found = Candidate.objects.select_for_update(of=("self",)).filter(pk=candidate.pk).first()
    if found is None:
        raise NotAllowedNow(_("Dit dossier is intussen gewist. Er is niets bewaard."))
    return found
