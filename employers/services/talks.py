"""The log of talks with an employer, and what we remember to come back to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from employers.models import Contact, Contribution, Employer, Reminder, Talk
from employers.services.companies import locked_employer

Values = Mapping[str, Any]
UNDO_FOR = timedelta(days=1)
"""How long what somebody took away can come back."""


@transaction.atomic
def add_talk(*, employer: Employer, values: Values, by: Membership) -> Talk:
    """We spoke; `last_contact_on` follows, and an older day never overwrites a newer one.

    Raises NotAllowedNow for a day to come, or somebody who works elsewhere.
    """
    row = locked_employer(employer)
    _check(row, values)
    talk = Talk.objects.create(employer=row, bureau_id=row.bureau_id, by=by, **values)
    _raise_last_contact(row, talk.on)
    return talk


@transaction.atomic
def change_talk(*, talk: Talk, values: Values, by: Membership) -> Talk:
    """Correct a line. Raises NotAllowedNow as `add_talk` does, or when it was taken away."""
    employer = locked_employer(talk.employer)
    row = _locked_talk(talk)
    if row.removed_at:
        raise NotAllowedNow(_("Dit gesprek is net weggehaald. Noteer het opnieuw als het er toch bij hoort."))
    _check(employer, values)
    before = row.on
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _lower_last_contact(employer, before)
    _raise_last_contact(employer, row.on)
    return row


@transaction.atomic
def remove_talk(*, talk: Talk, by: Membership) -> None:
    """Take a line away; it can come back for a day, and is gone after that."""
    employer = locked_employer(talk.employer)
    row = _locked_talk(talk)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _lower_last_contact(employer, row.on)


@transaction.atomic
def restore_talk(*, talk: Talk, by: Membership) -> None:
    """Put back what was taken away by mistake."""
    employer = locked_employer(talk.employer)
    row = _locked_talk(talk)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _raise_last_contact(employer, row.on)


def _locked_talk(talk: Talk) -> Talk:
    row: Talk | None = Talk.objects.select_for_update(of=("self",)).filter(pk=talk.pk).first()
    if row is None:
        raise NotAllowedNow(_("Dit gesprek is er niet meer. Noteer het opnieuw als het er toch bij hoort."))
    return row


def _check(employer: Employer, values: Values) -> None:
    on: date | None = values.get("on")
    if on and on > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    of_employer(values.get("contact"), employer)


def of_employer(contact: Contact | None, employer: Employer) -> None:
    """Refuse a contact who belongs to another employer."""
    if contact and contact.employer_id != employer.pk:
        raise NotAllowedNow(_("Kies iemand van deze werkgever."))


def _raise_last_contact(employer: Employer, on: date) -> None:
    if employer.last_contact_on is None or employer.last_contact_on < on:
        _save_last_contact(employer, on)


def _lower_last_contact(employer: Employer, was: date) -> None:
    """When the newest talk changed or went, the one before it is the newest."""
    if employer.last_contact_on == was:
        newest = employer.talks.kept().aggregate(day=Max("on"))["day"]
        _save_last_contact(employer, newest)


def _save_last_contact(employer: Employer, on: date | None) -> None:
    employer.last_contact_on = on
    employer.save(update_fields=["last_contact_on", "updated_at"])


@transaction.atomic
def add_reminder(
    *, employer: Employer, text: str, due_on: date, for_whom: Membership, by: Membership
) -> Reminder:
    """Come back to something on a day. Raises NotAllowedNow when the person has no role here today."""
    _here_now(for_whom, employer)
    return Reminder.objects.create(
        employer=employer, bureau_id=employer.bureau_id, text=text, due_on=due_on, for_whom=for_whom, by=by
    )


@transaction.atomic
def change_reminder(
    *, reminder: Reminder, text: str, due_on: date, for_whom: Membership, by: Membership
) -> Reminder:
    """Another day, other words or another colleague."""
    _here_now(for_whom, reminder.employer)
    row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
    row.text, row.due_on, row.for_whom = text, due_on, for_whom
    row.save(update_fields=["text", "due_on", "for_whom"])
    return row


@transaction.atomic
def finish_reminder(*, reminder: Reminder, by: Membership) -> None:
    """It is done, or no longer needed; a second time changes nothing."""
    row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
    if row.done_at is None:
        row.done_at, row.done_by = timezone.now(), by
        row.save(update_fields=["done_at", "done_by"])


@transaction.atomic
def reopen_reminder(*, reminder: Reminder, by: Membership) -> None:
    """It was not done after all."""
    row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
    row.done_at, row.done_by = None, None
    row.save(update_fields=["done_at", "done_by"])


def _here_now(colleague: Membership, employer: Employer) -> None:
    here = colleague.is_staff_role and colleague.bureau_id == employer.bureau_id and colleague.is_current
    if not here:
        raise NotAllowedNow(_("Kies een collega die nu een rol heeft bij het bureau."))


def forget_removed() -> None:
    """Erase the talks and contributions that were taken away more than a day ago; twice is once."""
    before = timezone.now() - UNDO_FOR
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="tidy_up")):
            Talk.objects.filter(bureau=bureau, removed_at__lt=before).delete()
            Contribution.objects.filter(bureau=bureau, removed_at__lt=before).delete()
