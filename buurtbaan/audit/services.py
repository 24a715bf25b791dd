"""Leaving a line when somebody reads a person's file."""

from __future__ import annotations

from collections.abc import Iterable

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.models import Membership


def record_read(
    *, by: Membership, candidate_id: int | None, what: str, reason: str = "", bureau_id: int | None = None
) -> None:
    """Note that `by` saw `what` of a candidate; in the reader's own transaction, so no line, no page.

    what: a short name of the part seen, for example "file", "export" or "proposal". The only write a GET may do.
    """
    Reading.objects.create(
        actor_id=by.pk,
        actor_name=str(by.user)[:160],
        role=by.role,
        bureau_id=by.bureau_id or bureau_id,
        candidate_id=candidate_id,
        what=what,
        reason=reason[:300],
    )


def record_reads(*, by: Membership, candidate_ids: Iterable[int], what: str, reason: str = "") -> None:
    """The same for many people at once, such as everybody in an export."""
    lines = (
        Reading(
            actor_id=by.pk, actor_name=str(by.user)[:160], role=by.role, bureau_id=by.bureau_id, candidate_id=pk,
            what=what, reason=reason[:300],
        )
        for pk in candidate_ids
    )  # fmt: skip
    Reading.objects.bulk_create(lines, batch_size=500)
