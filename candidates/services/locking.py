"""One file, one writer at a time."""

from __future__ import annotations

from candidates.models import Candidate


def locked(candidate: Candidate) -> Candidate:
    """The candidate's row as it is now, held until the transaction ends."""
    return Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
