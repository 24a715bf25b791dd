"""Handing people over, several at once or all of a colleague's, so that nobody is left without somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.bureaus.services import end_membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, CandidateQuerySet
from candidates.permissions import can_assign
from candidates.services.telling import tell_by_mail

MOST_AT_ONCE = 200
FIELDS = {Role.COACH: "coach", Role.CONNECTOR: "connector"}


@dataclass(frozen=True)
class Move:
    """Who held somebody before, and who after; kept with the session so that it can be undone."""

    candidate: int
    coach: int | None
    connector: int | None
    new_coach: int | None
    new_connector: int | None


@transaction.atomic
def reassign(
    *, candidates: Iterable[int], coach: Membership | None, connector: Membership | None, by: Membership
) -> list[Move]:
    """Give several people another coach, connector or both; None leaves that one as it is.

    Raises NotAllowedNow when nothing was chosen, a chosen colleague does not have that role here today, or somebody
    on the list is not for `by` to hand over.
    """
    if coach is None and connector is None:
        raise NotAllowedNow(_("Kies een coach of een verbinder."))
    for chosen, role in ((coach, Role.COACH), (connector, Role.CONNECTOR)):
        _check(chosen, role, by)
    asked = set(candidates)
    rows = _locked(Candidate.objects.visible_to(by).active().filter(pk__in=asked))
    if len(rows) != len(asked) or not all(can_assign(by, one) for one in rows):
        raise NotAllowedNow(_("Niet iedereen op de lijst is van jou om over te dragen. Kies opnieuw."))
    moves = [
        Move(
            one.pk, one.coach_id, one.connector_id,
            coach.pk if coach else one.coach_id, connector.pk if connector else one.connector_id,
        )
        for one in rows
    ]  # fmt: skip
    chosen_holders = {"coach": coach, "connector": connector}
    changed = {name: holder for name, holder in chosen_holders.items() if holder}
    Candidate.objects.filter(pk__in=asked).update(**changed, updated_at=timezone.now())
    _tell(one for one in rows if coach and one.coach_id != coach.pk)
    return moves


@transaction.atomic
def undo_reassign(*, moves: Iterable[Move], by: Membership) -> int:
    """Put people back with whoever held them; who was moved on meanwhile stays. Gives how many went back."""
    asked = {move.candidate: move for move in moves}
    assert by.bureau_id is not None  # noqa: S101 - bureau staff, says the database
    here = set(Membership.objects.staff_of(by.bureau_id).values_list("pk", flat=True)) | {None}
    back = 0
    for one in _locked(Candidate.objects.listed_to(by).filter(pk__in=asked)):
        move = asked[one.pk]
        as_left = (one.coach_id, one.connector_id) == (move.new_coach, move.new_connector)
        if as_left and {move.coach, move.connector} <= here:
            one.coach_id, one.connector_id = move.coach, move.connector
            one.save(update_fields=["coach", "connector", "updated_at"])
            if move.coach and move.coach != move.new_coach:
                tell_by_mail(one, "new_coach")
            back += 1
    return back


def people_of(leaving: Membership) -> CandidateQuerySet:
    """The open files that hang on a coach or connector."""
    field = FIELDS[Role(leaving.role)]
    return Candidate.objects.filter(bureau=leaving.bureau_id, **{field: leaving}).active()


def colleagues_of(leaving: Membership) -> list[Membership]:
    """Who could take over: today's colleagues in the same role, each with `load`, the least busy first."""
    assert leaving.bureau_id is not None  # noqa: S101 - bureau staff, says the database
    held = "coached" if leaving.role == Role.COACH else "connected"
    load = Count(held, filter=~Q(**{f"{held}__stage": "closed"}))
    staff = Membership.objects.staff_of(leaving.bureau_id).filter(role=leaving.role).exclude(pk=leaving.pk)
    return list(staff.annotate(load=load).order_by("load", "user__name", "pk"))


def spread(people: Iterable[int], colleagues: Mapping[int, int]) -> dict[int, int]:
    """Each person with the colleague who has the fewest by then. colleagues: who → how many they hold already."""
    loads = dict(colleagues)
    chosen: dict[int, int] = {}
    for person in people:
        least = min(loads, key=lambda who: (loads[who], who))
        chosen[person] = least
        loads[least] += 1
    return chosen


@transaction.atomic
def hand_over(*, leaving: Membership, holders: Mapping[int, int], last_day: date, by: Membership) -> int:
    """Everybody gets the new holder in `holders` and the role ends, all or nothing. Gives how many people moved.

    holders: candidate → membership. What hangs on people (proposals, check-ins, steps, promises to call) goes along,
    because it belongs to them. Raises NotAllowedNow when the list is not exactly who hangs on this colleague now, or
    a chosen colleague does not have the same role here today.
    """
    field = FIELDS[Role(leaving.role)]
    rows = _locked(people_of(leaving))
    if {one.pk for one in rows} != set(holders):
        raise NotAllowedNow(
            _("Er is intussen iemand bij gekomen of weggegaan. Kijk de lijst nog een keer na.")
        )
    able = {one.pk: one for one in colleagues_of(leaving)}
    if not set(holders.values()) <= set(able):
        raise NotAllowedNow(_("Kies een collega die nu dezelfde rol heeft."))
    for pk, colleague in able.items():
        mine = [candidate for candidate, holder in holders.items() if holder == pk]
        if mine:
            Candidate.objects.filter(pk__in=mine).update(**{field: colleague}, updated_at=timezone.now())
    if field == "coach":
        _tell(rows)
    end_membership(membership=leaving, last_day=last_day, by=by)
    return len(rows)


def _check(chosen: Membership | None, role: Role, by: Membership) -> None:
    if chosen and (chosen.role != role or chosen.bureau_id != by.bureau_id or not chosen.is_current):
        raise NotAllowedNow(_("Kies een collega die nu deze rol heeft."))


def _tell(people: Iterable[Candidate]) -> None:
    for one in people:
        tell_by_mail(one, "new_coach")


def _locked(rows: CandidateQuerySet) -> list[Candidate]:
    """The rows as they are now, always in the same order, held until the transaction ends."""
    return list(rows.select_for_update(of=("self",)).order_by("pk"))
