"""Work that starts, goes on and ends: no more people than places, and every ending with a reason and a destination."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, PositionStatus, WorkForm
from employers.models import Contact, Employer, Position
from matching.enums import ChangeKind, Destination, EndReason, MatchState, Said
from matching.models import CheckIn, HoursStep, Introduction, Match, Placement
from matching.paths import weeks_to_talk
from matching.services import changes, moves, sharing
from matching.services.changes import lock_placement as lock_placement
from matching.services.conversions import count_conversion
from matching.services.messages import tell_candidate
from matching.services.places import fill_when_full, has_free_place, in_talks_about, open_again

LONGEST_TRIAL = timedelta(days=184)
SETTLED = frozenset(
    {Destination.REGULAR_JOB, Destination.STUDY, Destination.OWN_BUSINESS, Destination.VOLUNTEERING}
)


class Agreed(TypedDict, total=False):
    """What may be agreed at the start beside form, first day and hours."""

    ends_on: date | None
    employer_of_record: str
    contract_on: date | None
    supervisor: str
    supervisor_contact: Contact | None
    job_coach: Membership | None
    job_coach_name: str
    dayparts: int | None
    agreed: str


@transaction.atomic
def place(
    *,
    match: Match,
    form: str,
    starts_on: date,
    hours: Decimal,
    previous: Placement | None = None,
    by: Membership,
    **agreed: Unpack[Agreed],
) -> Placement:
    """Start the work: first hours, five check-ins, and the match is done.

    hours: a week, 0.5 to 40. previous: work of the same person that goes on into this and ends the day before. The
    position's row is locked while its places are counted, so that of two who come for the last place one gets it
    and the other a clear message.
    """
    match = moves.lock(match)
    moves.require_move(match, MatchState.PLACED)
    check_form(form, starts_on, agreed)
    if previous:
        previous = _leave(previous, match.candidate, match.employer, form, starts_on, by)
    placement = Placement(
        match=match,
        shared_name=sharing.shared_name(match.candidate, match.share),
        form=form,
        starts_on=starts_on,
        previous=previous,
        **agreed,
    )
    _begin(placement, match.candidate, match.employer, match.position, hours, by)
    moves.move(match, MatchState.PLACED, by=by)
    moves.stage_follows(match.candidate, by=by)
    tell_candidate(match, "placed", by=by)
    return placement


@transaction.atomic
def go_on(
    *,
    previous: Placement,
    employer: Employer,
    position: Position | None,
    form: str,
    starts_on: date,
    hours: Decimal,
    by: Membership,
    **agreed: Unpack[Agreed],
) -> Placement:
    """Work goes on in another form or at another employer without a proposal: one thread, the old work ends before.

    At the same employer what the candidate agreed to share goes along; another employer is shown no name, because
    the candidate did not agree to that.
    """
    check_form(form, starts_on, agreed)
    candidate = previous.candidate
    match, name = previous.match, previous.shared_name
    same = previous.employer_id == employer.pk
    if position and in_talks_about(candidate.pk, position.pk):
        raise NotAllowedNow(
            _("Over deze werkplek loopt al een voorstel met %(name)s. Begin het werk vanuit dat voorstel.")
            % {"name": candidate.first_name}
        )
    previous = _leave(previous, candidate, employer, form, starts_on, by, with_match=same)
    placement = Placement(
        match=match if same else None, shared_name=name if same else "", form=form, starts_on=starts_on,
        previous=previous, **agreed,
    )  # fmt: skip
    _begin(
        placement, candidate, employer, position, hours, by, along=placement.match is not None, new=not same
    )
    moves.stage_follows(candidate, by=by)
    return placement


def _leave(
    previous: Placement,
    candidate: Candidate,
    employer: Employer,
    form: str,
    starts_on: date,
    by: Membership,
    *,
    with_match: bool = False,
) -> Placement:
    """End the work that goes on into other work the day before that begins; what has ended already stays as it is.

    with_match: the proposal, and so what the candidate agreed to share, moves along to the new work.
    """
    previous = lock_placement(previous)
    if previous.candidate_id != candidate.pk:
        raise NotAllowedNow(_("Dit vervolg hoort bij iemand anders."))
    if Placement.objects.filter(previous=previous).exists():
        raise NotAllowedNow(_("Dit werk heeft al een vervolg. Ga verder vanuit dat werk."))
    first = (previous.ended_on or previous.starts_on) + timedelta(days=1)
    if starts_on < first:
        raise NotAllowedNow(
            _("Het vervolg begint na het vorige werk. Kies %(day)s of later.")
            % {"day": date_format(first, "j F Y")}
        )
    if with_match and previous.match_id:
        previous.match = None
        previous.save(update_fields=["match"])
    if previous.ended_on is None:
        reason, destination = _why(form, same=previous.employer_id == employer.pk)
        previous = end_placement(
            placement=previous, reason=reason, destination=destination, goes_on=True,
            last_day=starts_on - timedelta(days=1), by=by,
        )  # fmt: skip
    return previous


def _why(form: str, *, same: bool) -> tuple[EndReason, Destination]:
    """How the old work reads when it goes on."""
    if not same:
        return EndReason.OTHER_WORK, Destination.OTHER_PLACEMENT
    reason = EndReason.CONTRACT if form in PAID_FORMS else EndReason.AGREED_END
    return reason, Destination.REGULAR_JOB if form == WorkForm.REGULAR_JOB else Destination.SAME_EMPLOYER


def _begin(
    placement: Placement,
    candidate: Candidate,
    employer: Employer,
    position: Position | None,
    hours: Decimal,
    by: Membership,
    *,
    along: bool = False,
    new: bool = False,
) -> None:
    """Keep new work with its first hours and its conversations; the position fills up.

    along: its proposal is older. new: nobody agreed about this work place before, so it has to stand open.
    """
    if position:
        position = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
        if not has_free_place(position, placement.previous):
            raise NotAllowedNow(
                _(
                    "Alle plekken van “%(work)s” zijn bezet. Vraag de werkgever om een plek erbij, of kies ander werk."
                )
                % {"work": position.title}
            )
        if new and position.status != PositionStatus.PUBLISHED:
            raise NotAllowedNow(
                _("“%(work)s” staat niet meer open. Kies ander werk.") % {"work": position.title}
            )
    placement.bureau_id, placement.candidate, placement.employer = candidate.bureau_id, candidate, employer
    placement.position = position
    placement.employer_of_record = placement.employer_of_record.strip()
    placement.supervisor = _supervisor(placement, position)
    placement.in_neighbourhood = _in_neighbourhood(candidate, position) if position else None
    placement.save()
    _first_step(placement, hours, by)
    plan_check_ins(placement=placement)
    became = {"along": True} if along else {}
    changes.write_down(placement, ChangeKind.STARTED, by=by, was={}, became=became)
    if position:
        fill_when_full(position, by=by)
    left = placement.previous
    if left and left.position_id and left.position_id != placement.position_id and not left.is_running:
        open_again(left.position_id, by=by)


def _supervisor(placement: Placement, position: Position | None) -> str:
    """The name that was written, or the contact's, or else the guide of the position."""
    contact = placement.supervisor_contact
    guide = position.guide_name if position else ""
    return placement.supervisor.strip() or (contact.name if contact else guide)


def check_form(form: str, starts_on: date, agreed: Agreed) -> None:
    """What the work form asks for; the form's own fields say the same, field by field."""
    ends_on = agreed.get("ends_on")
    if form in PAID_FORMS and not (
        agreed.get("employer_of_record", "").strip() and agreed.get("contract_on")
    ):
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
    """The conversations after the start; planning twice changes nothing."""
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
            for week, day in weeks_to_talk(placement).items()
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
    said_by: Said | str = "",
    goes_on: bool = False,
    by: Membership,
) -> Placement:
    """The work stops after `last_day`: why, and where the person goes; none of it is a failure.

    goes_on: other work begins the next day, so that the person's stage stays.
    """
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
    kind = ChangeKind.WENT_ON if goes_on else ChangeKind.ENDED
    with changes.noted(placement, kind, by=by, note=note):
        placement.ended_on, placement.end_reason = last_day, reason
        placement.destination, placement.end_note = destination, note.strip()[:500]
        placement.end_said_by = said_by
        placement.save()
        count_conversion(placement)
        _cut_steps(placement, last_day)
        CheckIn.objects.filter(placement=placement, done_on=None, due_on__gt=last_day).delete()
        if last_day < timezone.localdate():
            after_last_day(placement, by=by, goes_on=goes_on)
    return placement


def _cut_steps(placement: Placement, last_day: date) -> None:
    """The staircase stops where the work stops."""
    after = last_day + timedelta(days=1)
    HoursStep.objects.filter(placement=placement, during__startswith__gte=after).delete()
    for step in HoursStep.objects.filter(placement=placement, during__contains=last_day):
        step.during = DateRange(step.during.lower, after)
        step.save(update_fields=["during"])


def after_last_day(placement: Placement, *, by: Membership | None, goes_on: bool = False) -> None:
    """What was shared for this work goes out of the employer's sight, and the candidate's stage follows.

    Who went on to a job, a study, an own business or volunteering for good keeps the stage: the coach decides.
    """
    if placement.match is not None:
        Introduction.objects.filter(match=placement.match).update(open=False)
        sharing.end_consent(placement.match)
    if placement.destination not in SETTLED and not goes_on:
        moves.stage_follows(placement.candidate, by=by)
    if placement.position_id is not None and not goes_on:
        open_again(placement.position_id, by=by)
