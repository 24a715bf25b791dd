"""Who may act on a match or a placement that they can see; the QuerySet decides whether they see it at all."""

from __future__ import annotations

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from matching.models import CheckIn, Introduction, Match, Placement

ACTORS = frozenset({Role.COACH, Role.MANAGER})


def can_propose(membership: Membership) -> bool:
    """Coaches and the manager put people forward; a connector refers them to a coach."""
    return membership.role in ACTORS


def can_act(membership: Membership, row: Match | Placement | CheckIn) -> bool:
    """Every step of a match, a placement or a check-in is the coach's or the manager's."""
    return membership.role in ACTORS and membership.bureau_id == row.bureau_id


def can_answer(membership: Membership, match: Match) -> bool:
    """The candidate's own yes or no."""
    return membership.role == Role.CANDIDATE and membership.candidate_id == match.candidate_id


def can_answer_introduction(membership: Membership, introduction: Introduction) -> bool:
    """The employer to whom somebody was introduced."""
    return membership.role == Role.EMPLOYER and membership.employer_id == introduction.employer_id


def can_confirm_hours(membership: Membership, placement: Placement) -> bool:
    """The employer confirms the hours of the people who work there."""
    return membership.role == Role.EMPLOYER and membership.employer_id == placement.employer_id


def can_answer_check_in(membership: Membership, check_in: CheckIn) -> bool:
    """The candidate may say how it goes; the employer is asked apart (EmployerQuestion)."""
    return membership.role == Role.CANDIDATE and membership.candidate_id == check_in.candidate_id
