"""Who may act on a file that they can see; the QuerySet decides whether they see it at all."""

from __future__ import annotations

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate


def can_edit(membership: Membership, candidate: Candidate) -> bool:
    """The holder, a coach who opened the file with a reason, and the manager; a connector reads a colleague's."""
    match membership.role:
        case Role.MANAGER:
            return candidate.bureau_id == membership.bureau_id
        case Role.COACH:
            return candidate.bureau_id == membership.bureau_id
        case Role.CONNECTOR:
            return candidate.held_by(membership)
    return False


def can_assign(membership: Membership, candidate: Candidate) -> bool:
    """Handing somebody over is for who holds the file, and for the manager."""
    return membership.role == Role.MANAGER or candidate.held_by(membership)


def can_see_safety(membership: Membership) -> bool:
    """People to avoid: coach and candidate only."""
    return membership.role in (Role.COACH, Role.CANDIDATE)
