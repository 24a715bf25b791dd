"""One path across two employers, and a colleague who comes along to a meeting; the figures of the story stay."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count

from employers.models import Position
from impact.demo.story import Cast, propose
from matching.enums import Destination, EndReason, MatchState, Said
from matching.models import CheckIn, HoursStep, Introduction, Placement
from matching.paths import weeks_to_talk

SAID = (
    "Alles is nieuw, maar ze leggen het rustig uit.",
    "Ik weet nu waar alles staat.",
    "Ik wil hier graag blijven.",
)
MOVES_AT = 5
"""The fifth step, to 20 hours, is the first one at the other employer."""


def walk(cast: Cast) -> None:
    """Who grew 8 → 12 → 16 → 12 goes on to 20 and 27 hours elsewhere; and meetings have their place in calendars."""
    grown = Placement.objects.filter(bureau=cast.bureau, ended_on=None).annotate(steps=Count("hours_steps"))
    placement = grown.filter(steps__gt=MOVES_AT).order_by("pk").first()
    if placement and (position := _elsewhere(cast, placement)):
        _go_on(cast, placement, position)
    _planned(cast)


def _elsewhere(cast: Cast, placement: Placement) -> Position | None:
    """Work of the same form at another employer that has room."""
    same = [p for p in cast.positions if p.form == placement.form and p.employer_id != placement.employer_id]
    free = (p for p in same if Placement.objects.filter(position=p, ended_on=None).count() < p.places)
    return next(free, None)


def _go_on(cast: Cast, before: Placement, position: Position) -> None:
    """Not a day lies between; hours and conversations from then on are the new work's."""
    moved = list(before.hours_steps.order_by("during")[MOVES_AT - 1 :])
    starts = moved[0].during.lower
    match = propose(cast, before.candidate, position, starts - timedelta(days=9), MatchState.PLACED)
    before.ended_on, before.end_reason = starts - timedelta(days=1), EndReason.OTHER_WORK
    before.destination, before.end_said_by = Destination.OTHER_PLACEMENT, Said.CANDIDATE
    before.end_note = "Ik wilde graag iets nieuws leren."
    before.save()
    Introduction.objects.filter(match=before.match).update(open=False)
    after = Placement.objects.create(
        bureau=cast.bureau, candidate=before.candidate, employer=position.employer, position=position, match=match,
        previous=before, shared_name=before.candidate.first_name, form=before.form, starts_on=starts,
        in_neighbourhood=before.in_neighbourhood, employer_of_record=before.employer_of_record,
        contract_on=starts if before.contract_on else None, supervisor=position.guide_name,
    )  # fmt: skip
    for step in moved:
        until = step.during.upper
        step.delete()
        HoursStep.objects.create(
            bureau=cast.bureau, placement=after, candidate=after.candidate, employer=after.employer, hours=step.hours,
            during=DateRange(step.during.lower, until), reason=step.reason, by=step.by,
        )  # fmt: skip
    _conversations(cast, before, after)


def _conversations(cast: Cast, before: Placement, after: Placement) -> None:
    """Weeks go on across the move; at the new employer weeks 1 and 4 are counted anew."""
    later = before.check_ins.filter(due_on__gte=after.starts_on)
    held = later.exclude(done_on=None).exists()
    later.delete()
    CheckIn.objects.bulk_create(
        CheckIn(
            bureau=cast.bureau, placement=after, candidate=after.candidate, employer=after.employer, week=week,
            due_on=due,
            **(_held(after, number) | {"done_on": due} if held and due < cast.today - timedelta(days=5) else {}),
        )
        for number, (week, due) in enumerate(weeks_to_talk(after).items())
    )  # fmt: skip


def _held(after: Placement, number: int) -> dict[str, object]:
    return {"by": after.candidate.coach, "mood": "good", "candidate_words": SAID[number % len(SAID)]}


def _planned(cast: Cast) -> None:
    """Every meeting has its name in calendars; to the first one a connector comes along."""
    planned = Introduction.objects.filter(bureau=cast.bureau, match__state=MatchState.MEETING_PLANNED)
    for number, introduction in enumerate(planned.exclude(starts_at=None).order_by("pk")):
        introduction.calendar_uid = uuid.uuid5(
            uuid.NAMESPACE_URL, f"{cast.bureau.slug}/{introduction.match_id}"
        )
        if number == 0 and cast.connectors:
            member = cast.connectors[0]
            introduction.companion_member, introduction.companion = member, str(member.user)
        introduction.save(update_fields=["calendar_uid", "companion_member", "companion"])
