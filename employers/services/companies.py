"""Employers, their places and their people.

`values` are a form's cleaned fields; every function is one transaction, and rows that exist are locked and
read again first, so that two people who save at once do not undo each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus import services as bureaus
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Invitation, Membership
from buurtbaan.errors import NotAllowedNow
from employers.models import Contact, Employer, Location
from employers.places import area_of, fill

Values = Mapping[str, Any]


@transaction.atomic
def add_employer(*, values: Values, by: Membership) -> Employer:
    """A new employer of the actor's bureau. Raises NotAllowedNow when a colleague added it a moment ago."""
    employer = Employer(bureau=by.bureau, **values)
    _save(employer)
    return employer


@transaction.atomic
def change_employer(*, employer: Employer, values: Values, by: Membership) -> Employer:
    """Change what we know of an employer. Raises NotAllowedNow when the name or number is taken."""
    row = locked_employer(employer)
    for name, value in values.items():
        setattr(row, name, value)
    _save(row, update_fields=[*values, "updated_at"])
    return row


def _save(employer: Employer, **how: Any) -> None:
    try:
        with transaction.atomic():
            employer.save(**how)
    except IntegrityError as error:
        raise NotAllowedNow(
            _("Deze werkgever is net door iemand anders toegevoegd. Zoek hem op in de lijst.")
        ) from error


def locked_employer(employer: Employer) -> Employer:
    """The employer as it stands now, held until the transaction ends."""
    return Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)


@transaction.atomic
def pause_employer(*, employer: Employer, until: date, by: Membership) -> None:
    """No new proposals up to and including a day; whoever works there simply goes on."""
    if until < timezone.localdate():
        raise NotAllowedNow(_("Deze dag is al voorbij. Kies een dag vanaf vandaag."))
    row = locked_employer(employer)
    row.paused_until = until
    row.save(update_fields=["paused_until", "updated_at"])


@transaction.atomic
def resume_employer(*, employer: Employer, by: Membership) -> None:
    """Proposals are welcome again."""
    row = locked_employer(employer)
    row.paused_until = None
    row.save(update_fields=["paused_until", "updated_at"])


@transaction.atomic
def add_location(*, employer: Employer, values: Values, by: Membership) -> Location:
    """A place of an employer; its neighbourhood comes from the postcode where nobody chose one."""
    location = Location(employer=employer, bureau_id=employer.bureau_id, **values)
    if location.area_id is None:
        location.area = area_of(location.postcode)
    fill([location])
    location.save()
    return location


@transaction.atomic
def change_location(*, location: Location, values: Values, by: Membership) -> Location:
    """Change a place; another postcode brings another neighbourhood, unless somebody chose one just now."""
    row = Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    moved = "postcode" in values and values["postcode"] != row.postcode
    chosen = values.get("area")
    area_before = row.area_id
    for name, value in values.items():
        setattr(row, name, value)
    row.approximate = False if "latitude" in values else row.approximate
    fill([row])
    if chosen is None or (moved and chosen.pk == area_before):
        row.area = area_of(row.postcode) or (None if moved else chosen)
    row.save()
    return row


@transaction.atomic
def remove_location(*, location: Location, by: Membership) -> None:
    """Forget a place. Raises NotAllowedNow while something hangs on it."""
    row = Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    if row.positions.exists():
        raise NotAllowedNow(_("Op deze locatie zijn nog werkplekken. Kies daar eerst een andere locatie."))
    try:
        row.delete()
    except ProtectedError as error:
        raise NotAllowedNow(
            _("Deze locatie is nog in gebruik. Kies daar eerst een andere locatie.")
        ) from error


@transaction.atomic
def move_and_remove_location(*, location: Location, to: Location | None, by: Membership) -> int:
    """Give the positions of a place another place of the same employer, or none yet, and forget it.

    Gives how many positions moved.
    """
    row = Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    if to is not None and (to.pk == row.pk or to.employer_id != row.employer_id):
        raise NotAllowedNow(_("Kies een andere locatie van dezelfde werkgever."))
    moved = row.positions.update(location=to, updated_at=timezone.now())
    remove_location(location=row, by=by)
    return moved


@transaction.atomic
def add_contact(*, employer: Employer, values: Values, by: Membership) -> Contact:
    """Somebody we can call or write at an employer."""
    return Contact.objects.create(employer=employer, bureau_id=employer.bureau_id, **values)


@transaction.atomic
def change_contact(*, contact: Contact, values: Values, by: Membership) -> Contact:
    """Change how we reach somebody; the address that they sign in with stays their own."""
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def remove_contact(*, contact: Contact, by: Membership) -> None:
    """Forget somebody at an employer; an open invitation and an account there stop working."""
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    for invitation in _open_invitations(row):
        bureaus.withdraw_invitation(invitation=invitation, by=by)
    account = account_of(row)
    if account is not None:
        yesterday = timezone.localdate() - timedelta(days=1)
        bureaus.end_membership(membership=account, last_day=yesterday, by=by)
    row.delete()


@transaction.atomic
def invite_contact(*, contact: Contact, by: Membership) -> Invitation:
    """Ask somebody at an employer to use Buurtbaan; an earlier open invitation stops working.

    Raises NotAllowedNow without an e-mail address, or when they have an account already.
    """
    if not contact.email:
        raise NotAllowedNow(_("Vul eerst het e-mailadres van %(name)s in.") % {"name": contact.name})
    invitation, _path = bureaus.invite(
        email=contact.email,
        name=contact.name,
        role=Role.EMPLOYER,
        bureau=contact.employer.bureau,
        employer=contact.employer,
        by=by,
    )
    return invitation


def account_of(contact: Contact) -> Membership | None:
    """The current role of a contact at their employer, by tie or else by e-mail."""
    current = Membership.objects.current().filter(role=Role.EMPLOYER, employer=contact.employer_id)
    if contact.membership_id:
        return current.filter(pk=contact.membership_id).first()
    return current.filter(user__email__iexact=contact.email).first() if contact.email else None


def _open_invitations(contact: Contact) -> list[Invitation]:
    if not contact.email:
        return []
    return list(
        Invitation.objects.filter(
            employer=contact.employer_id, email__iexact=contact.email, accepted_at=None, withdrawn_at=None
        )
    )
