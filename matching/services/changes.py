"""What was done to a placement is written down, and for a day it can be taken back if nothing followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import Stage
from candidates.models import Consent
from employers.models import Position
from matching.enums import ChangeKind
from matching.models import CheckIn, Conversion, HoursStep, Introduction, Placement, PlacementChange
from matching.services import moves
from matching.services.places import fill_when_full, in_talks_about, occupying

AGREED = (
    "form", "starts_on", "ends_on", "employer_of_record", "contract_on", "supervisor", "supervisor_contact_id",
    "job_coach_id", "job_coach_name", "dayparts", "agreed", "in_neighbourhood",
)  # fmt: skip
ENDING = ("ended_on", "end_reason", "destination", "end_note", "end_said_by")
CHECK = (
    "week", "due_on", "mood", "version", "answers", "told_on", "told_self", "skipped_on", "skip_reason",
    "moved_from", "candidate_words", "employer_words", "asked_at",
)  # fmt: skip
FINAL = frozenset({ChangeKind.STARTED, ChangeKind.WENT_ON})
"""What is not taken back with one press: other work followed, or rests on it."""
LEFT = frozenset({ChangeKind.ENDED, ChangeKind.WENT_ON})
"""After these the work is over."""
State = dict[str, Any]


def lock_placement(placement: Placement) -> Placement:
    """The placement as it is now, kept from others until the transaction ends."""
    return Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)


def state_of(placement: Placement) -> State:
    """Everything an act on a placement may change, as JSON."""
    return {
        "fields": {name: _plain(getattr(placement, name)) for name in (*AGREED, *ENDING)},
        "steps": [_step(one) for one in HoursStep.objects.filter(placement=placement).order_by("during")],
        "checks": [
            {name: _plain(value) for name, value in row.items()}
            for row in CheckIn.objects.filter(placement=placement, done_on=None)
            .order_by("week")
            .values(*CHECK)
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _step(step: HoursStep) -> list[Any]:
    return [
        step.pk, _plain(step.during.lower), _plain(step.during.upper), str(step.hours), step.reason, step.by_id,
        _plain(step.confirmed_at),
    ]  # fmt: skip


@contextmanager
def noted(placement: Placement, kind: ChangeKind, *, by: Membership, note: str = "") -> Iterator[None]:
    """Write down what an act changes on a locked placement; an act that changes nothing leaves no line."""
    was = state_of(placement) | _around(placement)
    yield
    became = state_of(placement)
    before, after = _differing(was, became)
    if before == after and kind != ChangeKind.STARTED:
        return
    if kind in LEFT:
        before |= {name: was[name] for name in ("open", "consent", "name")}
        made = Conversion.objects.filter(placement=placement).exclude(pk__in=was["counted"])
        before["conversions"] = list(made.values_list("pk", flat=True))
    write_down(placement, kind, by=by, note=note, was=before, became=after)


def write_down(
    placement: Placement, kind: ChangeKind, *, by: Membership, note: str = "", was: State, became: State
) -> None:
    """One line in the history."""
    PlacementChange.objects.create(
        bureau_id=placement.bureau_id, placement=placement, candidate_id=placement.candidate_id, kind=kind,
        note=note.strip()[:300], was=was, became=became, by=by if by.pk else None,
    )  # fmt: skip


def _around(placement: Placement) -> State:
    """What an ending closes beside the placement itself."""
    opened = Introduction.objects.filter(match=placement.match_id or 0, open=True).exists()
    consent = placement.match.consent_id if placement.match else None
    held = Consent.objects.in_force().filter(pk=consent or 0).exists()
    return {
        "open": opened,
        "consent": consent if held else None,
        "name": placement.shared_name,
        "counted": list(Conversion.objects.filter(placement=placement).values_list("pk", flat=True)),
    }


def _differing(was: State, became: State) -> tuple[State, State]:
    """Both states, only where they differ."""
    names = [name for name, value in was["fields"].items() if became["fields"][name] != value]
    before: State = {"fields": {name: was["fields"][name] for name in names}} if names else {}
    after: State = {"fields": {name: became["fields"][name] for name in names}} if names else {}
    for part in ("steps", "checks"):
        if was[part] != became[part]:
            before[part], after[part] = was[part], became[part]
    return before, after


@transaction.atomic
def take_back(*, change: PlacementChange, by: Membership) -> Placement:
    """Put a placement back as it was before an act; raises NotAllowedNow when something followed."""
    placement = lock_placement(change.placement)
    change = PlacementChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if reason := why_not(change, placement):
        raise NotAllowedNow(reason)
    put_back(change, placement, by=by)
    return placement


def put_back(change: PlacementChange, placement: Placement, *, by: Membership) -> None:
    """Make a locked placement what it was before an act, and note that the act was undone."""
    if change.kind in LEFT and (reason := why_not_open(placement)):
        raise NotAllowedNow(reason)
    for name, value in change.was.get("fields", {}).items():
        field = Placement._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        setattr(placement, name, field.to_python(value) if not field.is_relation else value)  # type: ignore[union-attr]
    placement.save()
    if "steps" in change.was:
        _restore_steps(placement, change.was["steps"])
    if "checks" in change.was:
        _restore_checks(placement, change.was["checks"])
    if change.kind in LEFT:
        _reopen(placement, change, by)
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])


def why_not(change: PlacementChange, placement: Placement) -> str:
    """Why an act cannot be taken back, in words that say what can be done; empty when it can."""
    if change.undone_at is not None:
        return _("Dit is al teruggedraaid.")
    if not change.is_fresh or change.kind in FINAL:
        return _("Terugdraaien kan een dag lang. Verander het nu zelf op de plaatsing.")
    later = PlacementChange.objects.filter(placement=placement, undone_at=None).first()
    if later is None or later.pk != change.pk:
        return _("Er is daarna nog iets veranderd. Draai dat eerst terug.")
    now = state_of(placement)
    same = all(now["fields"][name] == value for name, value in change.became.get("fields", {}).items())
    if not same or ("steps" in change.became and now["steps"] != change.became["steps"]):
        return _("Er is intussen iets veranderd of bevestigd. Kijk het na en verander het zelf.")
    return why_not_open(placement) if change.kind == ChangeKind.ENDED else ""


def why_not_open(
    placement: Placement,
    besides: Placement | None = None,
    there: Sequence[int] | None = None,
    talks: bool | None = None,
) -> str:
    """Why work that ended cannot go on. besides: the work that came after it and goes away first.

    there: who takes a place at the position, talks: whether a proposal goes on about it, if that is known already.
    """
    if besides is None and Placement.objects.filter(previous=placement).exists():
        return _("Er is al vervolgwerk genoteerd. Verander het daar.")
    if (besides or placement).candidate.stage == Stage.CLOSED:
        return _("Het dossier is gesloten. Open eerst het dossier weer.")
    if talks is None:
        talks = in_talks_about(placement.candidate_id, placement.position_id)
    if talks:
        return _("Er loopt een nieuw voorstel voor dezelfde werkplek. Stop dat eerst, of ga daarmee verder.")
    over = placement.ended_on is not None and placement.ended_on < timezone.localdate()
    if over and placement.position is not None:
        if there is None:
            rows = occupying(placement.position, besides.pk if besides else 0)
            there = list(rows.values_list("candidate_id", flat=True))
        if placement.candidate_id in there or len(there) >= placement.position.places:
            return _("De plek is intussen bezet. Vraag de werkgever om een plek erbij.")
    return ""


def _restore_steps(placement: Placement, rows: list[list[Any]]) -> None:
    """The staircase as it was: first every step within its old days, then to its old length, so that none overlap."""
    wanted = {row[0]: _period(row) for row in rows}
    for step in HoursStep.objects.filter(placement=placement).order_by("during"):
        kept = _both(step.during, wanted[step.pk]) if step.pk in wanted else None
        if kept is None:
            step.delete()
        elif kept != step.during:
            step.during = kept
            step.save(update_fields=["during"])
    for pk, first, until, hours, reason, by, confirmed in rows:
        HoursStep.objects.update_or_create(
            pk=pk,
            defaults={
                "bureau_id": placement.bureau_id, "placement": placement, "candidate_id": placement.candidate_id,
                "employer_id": placement.employer_id, "hours": Decimal(hours), "reason": reason, "by_id": by,
                "during": _period([pk, first, until]),
                "confirmed_at": datetime.fromisoformat(confirmed) if confirmed else None,
            },
        )  # fmt: skip


def _period(row: list[Any]) -> DateRange:
    return DateRange(date.fromisoformat(row[1]), date.fromisoformat(row[2]) if row[2] else None)


def _both(one: DateRange, other: DateRange) -> DateRange | None:
    """The days that two periods share."""
    first = max(one.lower, other.lower)
    ends = [day for day in (one.upper, other.upper) if day]
    until = min(ends) if ends else None
    return DateRange(first, until) if until is None or first < until else None


def _restore_checks(placement: Placement, rows: list[dict[str, Any]]) -> None:
    """Conversations that were planned; what was talked about since stays."""
    for row in rows:
        check, new = CheckIn.objects.get_or_create(
            placement=placement, week=row["week"],
            defaults={
                "bureau_id": placement.bureau_id, "candidate_id": placement.candidate_id,
                "employer_id": placement.employer_id, **row,
            },
        )  # fmt: skip
        if not new and check.done_on is None and check.due_on.isoformat() != row["due_on"]:
            check.due_on = date.fromisoformat(row["due_on"])
            check.save(update_fields=["due_on"])


def _reopen(placement: Placement, change: PlacementChange, by: Membership) -> None:
    """What the ending closed opens again, unless the candidate withdrew it themselves."""
    Conversion.objects.filter(placement=placement, pk__in=change.was.get("conversions", [])).delete()
    consent = Consent.objects.filter(pk=change.was.get("consent") or 0).first()
    by_the_end = consent is not None and consent.withdrawn_at is not None and consent.withdrawn_by_id is None
    if (
        consent
        and by_the_end
        and consent.withdrawn_at
        and consent.withdrawn_at >= change.at - timedelta(minutes=1)
    ):
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None)
    if Consent.objects.in_force().filter(pk=change.was.get("consent") or 0).exists():
        if change.was.get("open"):
            Introduction.objects.filter(match=placement.match_id).update(open=True)
        placement.shared_name = change.was.get("name", "")
        placement.save(update_fields=["shared_name"])
        _name_again(placement)
    if placement.position_id is not None:
        fill_when_full(Position.objects.select_for_update(of=("self",)).get(pk=placement.position_id), by=by)
    moves.stage_follows(placement.candidate, by=by)


def _name_again(placement: Placement) -> None:
    """The work before at the same employer, whose proposal moved along, shows the same name again."""
    name, employer, before = placement.shared_name, placement.employer_id, placement.previous
    while before is not None and before.employer_id == employer and before.match_id is None:
        before.shared_name = name
        before.save(update_fields=["shared_name"])
        before = before.previous
