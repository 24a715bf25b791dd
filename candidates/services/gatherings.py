"""Planning a gathering, signing people up, ticking who came, and calling afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership, hash_token
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import GuestState
from candidates.models import (
    Candidate,
    Gathering,
    GatheringGuest,
    GatheringLink,
    InwardReferral,
    Organisation,
)

FIELDS = frozenset({"title", "starts_at", "minutes", "place", "agenda", "capacity"})
IN_CALENDAR = frozenset({"title", "starts_at", "minutes", "place"})
MOST_AN_HOUR = 30
"""Sign-ups that one link takes in an hour; an organisation that signs up more can call."""


def _held(gathering: Gathering) -> Gathering:
    return Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)


@transaction.atomic
def save_gathering(
    *, values: Mapping[str, Any], by: Membership, gathering: Gathering | None = None
) -> Gathering:
    """Plan a gathering, or change it; a change of name, time or place gives the calendar file a new version."""
    if gathering is None:
        about: dict[str, Any] = {name: values[name] for name in FIELDS & values.keys()}
        about |= {"bureau": by.bureau, "by": by}
        return Gathering.objects.create(**about)
    row = _held(gathering)
    changed = {name for name in FIELDS & values.keys() if getattr(row, name) != values[name]}
    for name in changed:
        setattr(row, name, values[name])
    if changed & IN_CALENDAR:
        row.calendar_sequence += 1
    row.save()
    return row


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, by: Membership) -> Gathering:
    """Call a gathering off; its links stop and everybody on the list has to be called. Twice is once."""
    row = _held(gathering)
    if row.cancelled_on is None:
        row.cancelled_on, row.calendar_sequence = timezone.localdate(), row.calendar_sequence + 1
        row.save(update_fields=["cancelled_on", "calendar_sequence", "updated_at"])
    return row


@transaction.atomic
def make_link(*, gathering: Gathering, organisation: Organisation, by: Membership) -> GatheringLink:
    """The link with which one organisation signs people up; there is one at a time."""
    _held(gathering)
    known = GatheringLink.objects.filter(
        gathering=gathering, organisation=organisation, stopped_at=None
    ).first()
    return known or GatheringLink.issue(
        bureau_id=gathering.bureau_id, gathering=gathering, organisation=organisation, by=by
    )


@transaction.atomic
def stop_link(*, link: GatheringLink, by: Membership) -> None:
    """The link works no longer; who was signed up stays on the list."""
    GatheringLink.objects.filter(pk=link.pk, stopped_at=None).update(stopped_at=timezone.now())


def room_left(gathering: Gathering) -> int | None:
    """Places that are left; None without a limit."""
    if gathering.capacity is None:
        return None
    return max(0, gathering.capacity - gathering.guests.exclude(state=GuestState.MISSED).count())


@transaction.atomic
def add_people(*, gathering: Gathering, people: Iterable[Candidate], by: Membership) -> int:
    """Put candidates on the list; who is on it already stays once. Gives how many are new.

    Raises NotAllowedNow when there are fewer places than people.
    """
    gathering = _held(gathering)
    if gathering.cancelled_on:
        raise NotAllowedNow(_("Deze bijeenkomst gaat niet door."))
    there = set(gathering.guests.values_list("candidate_id", flat=True))
    new = [one for one in people if one.pk not in there]
    left = room_left(gathering)
    if left is not None and len(new) > left:
        raise NotAllowedNow(
            _("Er zijn nog %(n)s plekken. Kies minder mensen, of maak meer plek.") % {"n": left}
        )
    state = GuestState.CAME if gathering.has_begun and gathering.takes_people else GuestState.EXPECTED
    for one in new:
        GatheringGuest.objects.create(
            bureau_id=gathering.bureau_id, gathering=gathering, candidate=one, by=by, state=state
        )
    return len(new)


@transaction.atomic
def mark_guest(*, guest: GatheringGuest, state: str, by: Membership) -> GatheringGuest:
    """Tick who came, or take it back."""
    guest = GatheringGuest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    guest.state = GuestState(state)
    guest.save(update_fields=["state"])
    return guest


@transaction.atomic
def mark_called(*, guest: GatheringGuest, by: Membership) -> GatheringGuest:
    """Called afterwards: off the follow-up list."""
    guest = GatheringGuest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    guest.called_on = timezone.localdate()
    guest.save(update_fields=["called_on"])
    return guest


@transaction.atomic
def came_in(*, gathering: Gathering, candidate: Candidate, by: Membership) -> GatheringGuest:
    """Somebody who walked in and has had a first conversation; places do not turn away who is there already."""
    _held(gathering)
    guest, _made = GatheringGuest.objects.update_or_create(
        gathering=gathering,
        candidate=candidate,
        defaults={"state": GuestState.CAME, "called_on": timezone.localdate()},
        create_defaults={
            "bureau_id": gathering.bureau_id, "state": GuestState.CAME, "called_on": timezone.localdate(), "by": by,
        },
    )  # fmt: skip
    return guest


# By a link from outside, where nobody is signed in


@dataclass(frozen=True)
class Invited:
    """What a link shows: the gathering and the two parties, and never a person."""

    gathering: Gathering
    organisation: str
    bureau: Bureau
    full: bool


def open_sign_up(token: str) -> Invited | None:
    """What the link opens; None for a link that does not exist, was stopped, or whose gathering is over."""
    link = _link(token)
    if link is None:
        return None
    with scoped(_inside(link)):
        gathering, organisation = link.gathering, link.organisation
        if not gathering.takes_people:
            return None
        return Invited(gathering, organisation.name, gathering.bureau, room_left(gathering) == 0)


def _link(token: str) -> GatheringLink | None:
    with scoped(Scope(token=hash_token(token))):
        return GatheringLink.objects.filter(token_hash=hash_token(token), stopped_at=None).first()


def _inside(link: GatheringLink) -> Scope:
    return Scope(role="system", bureaus=(link.bureau_id,), reason="gathering link")


@transaction.atomic
def sign_up(
    *, token: str, person_name: str, person_phone: str = "", person_email: str = "", contact_name: str
) -> None:
    """A referrer signs somebody up through a link. The same person twice is once, and is not said.

    Raises NotAllowedNow when the link works no longer, the gathering is full, or the link was used too often.
    """
    link = _link(token)
    if link is None:
        raise NotAllowedNow(_("Deze link werkt niet meer. Vraag het bureau om een nieuwe."))
    with scoped(_inside(link)):
        link = GatheringLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        gathering = _held(link.gathering)
        if not gathering.takes_people:
            raise NotAllowedNow(_("Deze bijeenkomst is geweest of gaat niet door."))
        reach = {"person_phone": person_phone, "person_email": person_email}
        if gathering.guests.filter(
            referral__person_name__iexact=person_name, **{f"referral__{k}": v for k, v in reach.items()}
        ).exists():
            return
        _not_too_often(link)
        if room_left(gathering) == 0:
            raise NotAllowedNow(_("De bijeenkomst is vol. Bel het bureau, dan zoeken we een plek."))
        referral = InwardReferral.objects.create(
            bureau_id=link.bureau_id, organisation_id=link.organisation_id, person_name=person_name,
            contact_name=contact_name, **reach,
        )  # fmt: skip
        GatheringGuest.objects.create(
            bureau_id=link.bureau_id, gathering=gathering, referral=referral, link=link
        )


def _not_too_often(link: GatheringLink) -> None:
    lately = timezone.now() - timedelta(hours=1)
    if link.guests.filter(created_at__gte=lately).count() >= MOST_AN_HOUR:
        raise NotAllowedNow(
            _("Er zijn veel aanmeldingen achter elkaar gedaan. Probeer het over een uur, of bel.")
        )
