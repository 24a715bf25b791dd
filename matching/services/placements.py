"""Work that starts and ends: no more people than places, and every ending with a reason and a destination."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS
from employers.models import Position
from matching.enums import Destination, EndReason, MatchState
from matching.models import CheckIn, HoursStep, Introduction, Match, Placement, check_in_dates
from matching.services import moves, sharing
from matching.services.conversions import count_conversion
from matching.services.messages import tell_candidate
from matching.services.places import fill_when_full, has_free_place, open_again

LONGEST_TRIAL = timedelta(days=184)
SETTLED = frozenset(
    {Destination.REGULAR_JOB, Destination.STUDY, Destination.OWN_BUSINESS, Destination.VOLUNTEERING}
)


@transaction.atomic
def place(
    *,
    match: Match,
    form: str,
    starts_on: date,
    hours: Decimal,
    ends_on: date | None = None,
    employer_of_record: str = "",
    contract_on: date | None = None,
    supervisor: str = "",
    by: Membership,
) -> Placement:
    """Start the work: first hours, five check-ins, and the match is done.

    hours: a week, 0.5 to 40. The position's row is locked while its places are counted, so that of two who come
    for the last place one gets it and the other a clear message.
    """
    match = moves.lock(match)
    moves.require_move(match, MatchState.PLACED)
    _check_form(form, starts_on, ends_on, employer_of_record, contract_on)
    position = Position.objects.select_for_update(of=("self",)).get(pk=match.position_id)
    if not has_free_place(position):
        raise NotAllowedNow(
            _(
                "Alle plekken van “%(work)s” zijn bezet. Vraag de werkgever om een plek erbij, of kies ander werk."
            )
            % {"work": position.title}
        )
    placement = Placement.objects.create(
        bureau_id=match.bureau_id,
        candidate=match.candidate,
        employer=match.employer,
        position=position,
        match=match,
        shared_name=sharing.shared_name(match.candidate, match.share),
        form=form,
        starts_on=starts_on,
        ends_on=ends_on,
        employer_of_record=employer_of_record.strip(),
        contract_on=contract_on,
        supervisor=supervisor.strip() or position.guide_name,
        in_neighbourhood=_in_neighbourhood(match.candidate, position),
    )
    _first_step(placement, hours, by)
    plan_check_ins(placement=placement)
    moves.move(match, MatchState.PLACED, by=by)
    moves.stage_follows(match.candidate, by=by)
    fill_when_full(position, by=by)
    tell_candidate(match, "placed", by=by)
    return placement


def _check_form(
    form: str, starts_on: date, ends_on: date | None, employer_of_record: str, contract_on: date | None
) -> None:
    """What the work form asks for; the form's own fields say the same, field by field."""
    if form in PAID_FORMS and not (employer_of_record.strip() and contract_on):
        raise NotAllowedNow(_("Bij betaald werk horen de werkgever op papier en de datum van het contract."))
    if form in END_REQUIRED_FORMS and ends_on is None:
        raise NotAllowedNow(_("Een proefplaatsing heeft een einddatum."))
    if form in END_REQUIRED_FORMS and ends_on and ends_on - starts_on > LONGEST_TRIAL:
        raise NotAllowedNow(_("Een proefplaatsing duurt hoogstens zes maanden."))
    if ends_on and ends_on < starts_on:
        raise NotAllowedNow(_("De einddatum ligt voor het begin. Kies een latere datum."))


def _first_step(placement: Placement, hours: Decimal, by: Membership) -> None:
    HoursStep.objects.create(
        bureau_id=placement.bureau_id,
        placement=placement,
        candidate_id=placement.candidate_id,
        employer_id=placement.employer_id,
        hours=hours,
        during=DateRange(placement.starts_on, None),
        by=by,
    )


def _in_neighbourhood(candidate: Candidate, position: Position) -> bool | None:
    """Whether home and work lie in the same district; None where one of the two is not known."""
    location = position.location
    if candidate.area is None or location is None or location.area is None:
        return None
    return _district(candidate.area.code) == _district(location.area.code)


def _district(code: str) -> str:
    """The six characters that a neighbourhood's CBS code has in common with its district's."""
    return code[2:8]


@transaction.atomic
def plan_check_ins(*, placement: Placement) -> None:
    """The five conversations after the start; planning twice changes nothing."""
    CheckIn.objects.bulk_create(
        (
            CheckIn(
                bureau_id=placement.bureau_id,
                placement=placement,
                candidate_id=placement.candidate_id,
                employer_id=placement.employer_id,
                week=week,
                due_on=day,
            )
            for week, day in check_in_dates(placement.starts_on).items()
            if placement.ended_on is None or day <= placement.ended_on
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def end_placement(
    *,
    placement: Placement,
    reason: EndReason | str,
    destination: Destination | str,
    last_day: date,
    note: str = "",
    by: Membership,
) -> Placement:
    """The work stops after `last_day`: why, and where the person goes; none of it is a failure."""
    placement = lock_placement(placement)
    if placement.ended_on is not None:
        raise NotAllowedNow(
            _("Deze plaatsing is al geëindigd op %(day)s.") % {"day": f"{placement.ended_on:%d-%m-%Y}"}
        )
    if last_day < placement.starts_on:
        raise NotAllowedNow(
            _("De laatste dag kan niet voor de eerste dag liggen: %(day)s.")
            % {"day": f"{placement.starts_on:%d-%m-%Y}"}
        )
    placement.ended_on, placement.end_reason = last_day, reason
    placement.destination, placement.end_note = destination, note.strip()[:500]
    placement.save()
    count_conversion(placement)
    _cut_steps(placement, last_day)
    CheckIn.objects.filter(placement=placement, done_on=None, due_on__gt=last_day).delete()
    if last_day < timezone.localdate():
        after_last_day(placement, by=by)
    return placement


def _cut_steps(placement: Placement, last_day: date) -> None:
    """The staircase stops where the work stops."""
    after = last_day + timedelta(days=1)
    HoursStep.objects.filter(placement=placement, during__startswith__gte=after).delete()
    for step in HoursStep.objects.filter(placement=placement, during__contains=last_day):
        step.during = DateRange(step.during.lower, after)
        step.save(update_fields=["during"])


def after_last_day(placement: Placement, *, by: Membership | None) -> None:
    """What was shared for this work goes out of the employer's sight, and the candidate's stage follows.

    Who went on to a job, a study, an own business or volunteering for good keeps the stage: the coach decides.
    """
    if placement.match is not None:
        Introduction.objects.filter(match=placement.match).update(open=False)
        sharing.end_consent(placement.match)
    if placement.destination not in SETTLED:
        moves.stage_follows(placement.candidate, by=by)
    if placement.position_id is not None:
        open_again(placement.position_id, by=by)


def lock_placement(placement: Placement) -> Placement:
    """The placement as it is now, kept from others until the transaction ends."""
    return Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
