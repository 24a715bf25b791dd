"""What somebody does with a matter on the list of the day in one tap: put it aside, or say that it is done.

Putting aside is for oneself and until a day. Doing is for everybody, and is a real act: a contact noted, a question
settled, an answer read. Both are a mark, with what taking it back restores.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.holidays import next_working_day
from candidates.enums import ConversationKind
from candidates.models import Candidate, Conversation
from candidates.permissions import can_edit
from candidates.services import add_conversation
from matching.day import Found, find_matter
from matching.day.signals import asked_by_employer, triggers
from matching.enums import MarkKind
from matching.models import CheckIn, DayMark, EmployerQuestion
from matching.permissions import can_propose
from matching.services.check_ins import READ, read_check_in, take_back_check_in

WEEK = timedelta(days=7)
FURTHEST = timedelta(days=60)
CALLED = frozenset({"call_back", "silent", "signal"})
"""Kinds that a call answers."""
SETTLED = frozenset({"hours_wrong", "employer_quiet"})
"""Kinds that are a question to an employer which a colleague takes up."""


def until_first(kind: str) -> date:
    """When a matter comes back if nobody says otherwise: the next working day, and a signal after a week."""
    today = timezone.localdate()
    return today + WEEK if kind == "signal" else next_working_day(today)


@transaction.atomic
def put_aside(*, key: str, until: date | None = None, by: Membership) -> tuple[DayMark, Found]:
    """Off this person's list until a day; for others it stays where it is. Twice is once, with the newest day."""
    found = _still_there(key, by)
    values: dict[str, Any] = {
        "bureau_id": by.bureau_id, "candidate_id": found.person, "until": until or until_first(found.kind),
        "at": timezone.now(),
    }  # fmt: skip
    mark, _new = DayMark.objects.update_or_create(
        membership=by, kind=found.kind, about=found.row, what=MarkKind.LATER, defaults=values
    )
    return mark, found


@transaction.atomic
def choose_day(*, mark: DayMark, until: date) -> DayMark:
    """Another day to come back. Raises NotAllowedNow for a day that is not ahead or too far."""
    today = timezone.localdate()
    if not today < until <= today + FURTHEST:
        raise NotAllowedNow(_("Kies een dag vanaf morgen, hoogstens twee maanden vooruit."))
    mark = DayMark.objects.select_for_update(of=("self",)).get(pk=mark.pk)
    mark.until = until
    mark.save(update_fields=["until"])
    return mark


@transaction.atomic
def do_matter(*, key: str, by: Membership) -> tuple[DayMark, Found]:
    """Done: note the contact, settle the question, or read the answer; of two taps the second finds nothing left."""
    first = _still_there(key, by)
    if first.person is not None:
        Candidate.objects.select_for_update(of=("self",)).get(pk=first.person)
    found = _still_there(key, by)
    if not found.matter.did:
        raise PermissionDenied(
            _("Dit kun je niet vanaf de daglijst afronden. Open het, of vraag het de coach.")
        )
    mark = DayMark(
        bureau=by.bureau, membership=by, candidate_id=found.person, what=MarkKind.DONE, kind=found.kind,
        about=found.row,
    )  # fmt: skip
    _do(found, mark, by)
    mark.save()
    return mark, found


def _still_there(key: str, by: Membership) -> Found:
    found = find_matter(by, key)
    if found is None:
        raise NotAllowedNow(_("Dit stond al niet meer op de lijst. Misschien deed een collega het net."))
    return found


def _do(found: Found, mark: DayMark, by: Membership) -> None:
    if found.kind == "signal":
        mark.triggers = triggers(found.facts)
        questions = asked_by_employer(found.facts)
        mark.was["questions"] = _settle(questions, by)
        if len(questions) == len(mark.triggers):
            return
    if found.kind in CALLED and found.person is not None:
        mark.was |= _called(found.person, by)
    elif found.kind in SETTLED:
        mark.was["questions"] = _settle([int(found.row)], by)
    elif found.kind == "check_in_told":
        read_check_in(check_in=CheckIn(pk=int(found.row)), by=by)


def _called(person: int, by: Membership) -> dict[str, Any]:
    """Note a call; gives what taking it back restores."""
    candidate = Candidate.objects.get(pk=person)
    if not can_edit(by, candidate):
        raise PermissionDenied(_("Alleen wie deze persoon begeleidt, schrijft een gesprek op."))
    was = {"contact": candidate.last_contact_on, "call_back": candidate.call_back_on}
    note = add_conversation(candidate=candidate, by=by, text=_("Gebeld."), kind=ConversationKind.PHONE)
    return {
        "conversation": note.pk, "text": note.text,
        **{name: day.isoformat() if day else None for name, day in was.items()},
    }  # fmt: skip


def _settle(questions: list[int], by: Membership) -> list[int]:
    """Take up what employers asked; gives those that were still open."""
    if questions and not can_propose(by):
        raise PermissionDenied(_("Een coach of de bureauleider belt de werkgever. Vraag het aan de coach."))
    rows = EmployerQuestion.objects.select_for_update(of=("self",)).filter(pk__in=questions, settled_at=None)
    settled = sorted(rows.values_list("pk", flat=True))
    EmployerQuestion.objects.filter(pk__in=settled).update(settled_at=timezone.now(), settled_by=by)
    return settled


@transaction.atomic
def take_back(*, mark: DayMark, by: Membership) -> DayMark:
    """As if it had not been tapped. Raises NotAllowedNow after a day, or when something followed."""
    found = DayMark.objects.select_for_update(of=("self",)).filter(pk=mark.pk).first()
    if found is None:
        raise NotAllowedNow(_("Dit is al teruggedraaid."))
    if not found.may_undo:
        raise NotAllowedNow(_("Dit kan een dag lang. Schrijf nu op wat er anders is."))
    if found.what == MarkKind.DONE:
        _take_back_call(found, by)
        EmployerQuestion.objects.filter(pk__in=found.was.get("questions", []), settled_by=by).update(
            settled_at=None, settled_by=None
        )
        if found.kind == "check_in_told":
            take_back_check_in(check_in=CheckIn(pk=int(found.about)), act=READ, by=by)
    found.delete()
    return mark


def _take_back_call(mark: DayMark, by: Membership) -> None:
    """Take the noted call away, unless somebody wrote more in it or spoke with the person since."""
    was = mark.was
    if "conversation" not in was or mark.candidate_id is None:
        return
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=mark.candidate_id)
    note = Conversation.objects.select_for_update(of=("self",)).filter(pk=was["conversation"]).first()
    newer = Conversation.objects.filter(candidate=candidate, pk__gt=was["conversation"]).exists()
    if note is None or note.text != was["text"] or newer:
        raise NotAllowedNow(_("Er staat al meer over dit gesprek in het dossier. Verander het daar."))
    note.delete()
    candidate.last_contact_on = date.fromisoformat(was["contact"]) if was["contact"] else None
    candidate.call_back_on = date.fromisoformat(was["call_back"]) if was["call_back"] else None
    candidate.save(update_fields=["last_contact_on", "call_back_on", "updated_at"])


def forget_marks(today: date | None = None) -> int:
    """What came back a week ago, and acts whose signals are long past; gives how many."""
    day = today or timezone.localdate()
    old = DayMark.objects.filter(until__lt=day - WEEK) | DayMark.objects.filter(
        what=MarkKind.DONE, at__lt=timezone.now() - timedelta(days=240)
    )
    return old.delete()[0]
