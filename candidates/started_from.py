"""A first conversation that begins with somebody from a list: who was signed up, or who walked in at a gathering."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import Source
from candidates.models import Candidate, Gathering, InwardReferral
from candidates.services.gatherings import came_in
from candidates.services.referrals import link_to_file


def known_beforehand(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    """What the form may begin with: `?aanmelding=` and `?bijeenkomst=` name rows, never a person."""
    if request.method != "GET":
        return {}
    if referral := _referral(request, membership):
        first, _space, last = referral.person_name.partition(" ")
        gathering = referral.gatherings_joined.select_related("gathering").first()
        return {
            "first_name": first,
            "last_name": last.strip(),
            "phone": referral.person_phone,
            "email": referral.person_email,
            "hopes": referral.hope,
            "source": Source.GATHERING if gathering else Source.REFERRAL,
            "source_organisation": referral.organisation_id,
            "place": gathering.gathering.place[:120] if gathering else "",
        }
    if gathering_now := _gathering(request, membership):
        return {"source": Source.GATHERING, "place": gathering_now.place[:120]}
    return {}


def after_meeting(request: HttpRequest, candidate: Candidate, membership: Membership) -> None:
    """Tie the new file to where it began; what can no longer be tied is said, and the file stands."""
    try:
        if referral := _referrals(request, membership).first():
            link_to_file(referral=referral, candidate=candidate, by=membership)
        elif gathering := _gatherings(request, membership).first():
            came_in(gathering=gathering, candidate=candidate, by=membership)
    except NotAllowedNow as reason:
        messages.warning(request, str(reason))


def _referral(request: HttpRequest, membership: Membership) -> InwardReferral | None:
    """The one that is named; a number that is none of ours is not found."""
    return get_object_or_404(_referrals(request, membership)) if _number(request, "aanmelding") else None


def _gathering(request: HttpRequest, membership: Membership) -> Gathering | None:
    return get_object_or_404(_gatherings(request, membership)) if _number(request, "bijeenkomst") else None


def _referrals(request: HttpRequest, membership: Membership) -> QuerySet[InwardReferral]:
    rows = InwardReferral.objects.visible_to(membership).filter(candidate=None)
    return rows.filter(pk__in=_number(request, "aanmelding"))


def _gatherings(request: HttpRequest, membership: Membership) -> QuerySet[Gathering]:
    return Gathering.objects.visible_to(membership).filter(pk__in=_number(request, "bijeenkomst"))


def _number(request: HttpRequest, name: str) -> list[int]:
    """From the address, or from what a device kept of it while there was no network."""
    text = request.GET.get(name) or request.POST.get(name, "")
    return [int(text)] if text.isdecimal() and len(text) < 16 else []
