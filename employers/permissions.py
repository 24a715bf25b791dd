"""Who may do what with employers, positions and displacement checks."""

from __future__ import annotations

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from employers.models import Contribution, DisplacementCheck, Employer, Reminder, Talk

WRITERS = frozenset({Role.COACH, Role.MANAGER})


def can_edit(membership: Membership, employer: Employer) -> bool:
    """Coaches and the manager keep the bureau's employers and positions; connectors read them."""
    return membership.role in WRITERS and employer.bureau_id == membership.bureau_id


def can_keep_company(membership: Membership, employer: Employer) -> bool:
    """Places, profile and pause: whoever may edit, and the employer's own contact."""
    own = membership.role == Role.EMPLOYER and membership.employer_id == employer.pk
    return own or can_edit(membership, employer)


def can_decide(membership: Membership, check: DisplacementCheck) -> bool:
    """A manager decides, and never on the answers they filled in themselves."""
    return (
        membership.role == Role.MANAGER
        and membership.bureau_id == check.bureau_id
        and not filled_by_same_person(membership, check)
    )


def can_correct(membership: Membership, check: DisplacementCheck) -> bool:
    """Until somebody decides, whoever filled the check in may correct the answers."""
    return not check.decision and check.filled_by_id == membership.pk


def filled_by_same_person(membership: Membership, check: DisplacementCheck) -> bool:
    """One person with two roles stays one person. Reads the filler's account."""
    return check.filled_by is not None and check.filled_by.user_id == membership.user_id


def can_correct_line(membership: Membership, line: Talk | Contribution) -> bool:
    """Whoever wrote a line corrects it, and the manager. Reads the writer's role."""
    if membership.bureau_id != line.bureau_id or membership.role not in WRITERS:
        return False
    own = line.by is not None and line.by.user_id == membership.user_id
    return own or membership.role == Role.MANAGER


def can_finish(membership: Membership, reminder: Reminder) -> bool:
    """Whoever it is for says that it is done, also a connector; and those who keep the relation."""
    if membership.bureau_id != reminder.bureau_id or not membership.is_staff_role:
        return False
    own = reminder.for_whom is not None and reminder.for_whom.user_id == membership.user_id
    return own or membership.role in WRITERS


def can_hand_over(membership: Membership, owner: Membership) -> bool:
    """The manager hands over anybody's relations; a coach the own ones."""
    if membership.bureau_id != owner.bureau_id:
        return False
    own = membership.role in WRITERS and owner.user_id == membership.user_id
    return own or membership.role == Role.MANAGER


def can_merge(membership: Membership, one: Employer, other: Employer) -> bool:
    """The manager takes two employers together, and a coach who owns both relations. Reads the owners."""
    if not (can_edit(membership, one) and can_edit(membership, other)) or one.pk == other.pk:
        return False
    return membership.role == Role.MANAGER or (owns(membership, one) and owns(membership, other))


def may_begin_merging(membership: Membership, employer: Employer) -> bool:
    """Whether somebody may take another employer together with this one. Reads the owner."""
    manages = membership.role == Role.MANAGER
    return can_edit(membership, employer) and (manages or owns(membership, employer))


def owns(membership: Membership, employer: Employer) -> bool:
    """Whose relation it is, in whichever role. Reads the owner."""
    return employer.owner is not None and employer.owner.user_id == membership.user_id
