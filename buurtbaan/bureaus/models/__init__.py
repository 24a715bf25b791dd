"""Municipalities, the bureaus that serve them, and who is what in which of them."""

from buurtbaan.bureaus.models.links import AccessLink, Invitation, hash_token
from buurtbaan.bureaus.models.places import Area, Municipality, Postcode
from buurtbaan.bureaus.models.rates import Rate, RateQuerySet
from buurtbaan.bureaus.models.roles import Bureau, Membership, MembershipQuerySet, User, UserManager

__all__ = [
    "AccessLink",
    "Area",
    "Bureau",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Municipality",
    "Postcode",
    "Rate",
    "RateQuerySet",
    "User",
    "UserManager",
    "hash_token",
]
