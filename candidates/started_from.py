"""A first conversation that begins with somebody from a list: who was signed up, or who walked in at a gathering."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from buurtbaan.bureaus.models import Membership
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
    """Tie the new file to where it began."""
    if referral := _referral(request, membership):
        link_to_file(referral=referral, candidate=candidate, by=membership)
    elif gathering := _gathering(request, membership):
        came_in(gathering=gathering, candidate=candidate, by=membership)


def _referral(request: HttpRequest, membership: Membership) -> InwardReferral | None:
    pk = _number(request, "aanmelding")
    if pk is None:
        return None
    return get_object_or_404(InwardReferral.objects.visible_to(membership).filter(candidate=None), pk=pk)


def _gathering(request: HttpRequest, membership: Membership) -> Gathering | None:
    pk = _number(request, "bijeenkomst")
    return None if pk is None else get_object_or_404(Gathering.objects.visible_to(membership), pk=pk)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else None
