"""What the frame around each page shows: the way round for the current role, and who someone is now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role

if TYPE_CHECKING:
    from buurtbaan.bureaus.models import Membership

BAR_ITEMS = 4

# label, URL name, icon; the first four stand in the phone's bottom bar.
NAVIGATION: dict[str, tuple[tuple[Promise, str, str], ...]] = {
    Role.CONNECTOR: (
        (_("Vandaag"), "matching:today", "sun"),
        (_("Nieuw gesprek"), "candidates:conversation_new", "chat"),
        (_("Mijn mensen"), "candidates:caseload", "people"),
        (_("Voorstellen"), "matching:match_list", "handshake"),
        (_("Buurt"), "neighbourhood:hub", "gathering"),
        (_("Plaatsingen"), "matching:placement_list", "steps"),
        (_("Werkplekken"), "employers:position_list", "briefcase"),
        (_("Werkgevers"), "employers:employer_list", "building"),
        (_("Sociaal kasboek"), "impact:cashbook", "list"),
        (_("Verhalen"), "impact:story_list", "heart"),
        (_("Regels en rekenen"), "rules:card_list", "book"),
    ),
    Role.COACH: (
        (_("Vandaag"), "matching:today", "sun"),
        (_("Mijn mensen"), "candidates:caseload", "people"),
        (_("Voorstellen"), "matching:match_list", "handshake"),
        (_("Werkplekken"), "employers:position_list", "briefcase"),
        (_("Buurt"), "neighbourhood:hub", "gathering"),
        (_("Kennismakingen"), "matching:introductions", "calendar"),
        (_("Plaatsingen"), "matching:placement_list", "steps"),
        (_("Werkgevers"), "employers:employer_list", "building"),
        (_("Nieuw gesprek"), "candidates:conversation_new", "chat"),
        (_("Sociaal kasboek"), "impact:cashbook", "list"),
        (_("Rapporten"), "impact:released_list", "chart"),
        (_("Verhalen"), "impact:story_list", "heart"),
        (_("Regels en rekenen"), "rules:card_list", "book"),
    ),
    Role.MANAGER: (
        (_("Deze week"), "impact:week", "calendar"),
        (_("Vandaag"), "matching:today", "sun"),
        (_("Kandidaten"), "candidates:caseload", "people"),
        (_("Rapporten"), "impact:report_list", "chart"),
        (_("Werkplekken"), "employers:position_list", "briefcase"),
        (_("Buurt"), "neighbourhood:hub", "gathering"),
        (_("Voorstellen"), "matching:match_list", "handshake"),
        (_("Kennismakingen"), "matching:introductions", "calendar"),
        (_("Plaatsingen"), "matching:placement_list", "steps"),
        (_("Werkgevers"), "employers:employer_list", "building"),
        (_("Social return"), "employers:social_return_list", "flag"),
        (_("Verhalen"), "impact:story_list", "heart"),
        (_("Geld"), "impact:money", "euro"),
        (_("Sociaal kasboek"), "impact:cashbook", "list"),
        (_("Regels en rekenen"), "rules:card_list", "book"),
        (_("Inlezen"), "matching:import_list", "upload"),
        (_("Collega's en rollen"), "people", "key"),
        (_("Wie keek er"), "access_log", "eye"),
        (_("Bewaren en wissen"), "candidates:retention", "hourglass"),
    ),
    Role.EMPLOYER: (
        (_("Begin"), "matching:my_start", "home"),
        (_("Kennismakingen"), "matching:my_introductions", "calendar"),
        (_("Wie hier werken"), "matching:my_placements", "people"),
        (_("Werkplekken"), "employers:my_positions", "briefcase"),
        (_("Mijn bedrijf"), "employers:my_company", "building"),
        (_("Regels en rekenen"), "rules:card_list", "book"),
        (_("Collega's en rollen"), "people", "key"),
    ),
    Role.CANDIDATE: (
        (_("Mijn verhaal"), "candidates:my_file", "person"),
        (_("Mijn plan"), "candidates:my_plan", "flag"),
        (_("Voorstellen"), "matching:my_proposals", "handshake"),
        (_("Mijn werk"), "matching:my_work", "steps"),
    ),
    Role.MUNICIPALITY: (
        (_("Rapporten"), "impact:released_list", "chart"),
        (_("Begrippen"), "impact:definitions", "book"),
        (_("Vergelijken"), "impact:compare", "board"),
        (_("Gepland"), "impact:schedule_list", "calendar"),
        (_("Sleutels"), "impact:key_list", "lock"),
        (_("Regels en rekenen"), "rules:card_list", "question"),
        (_("Collega's en rollen"), "people", "key"),
    ),
    Role.PLATFORM: (
        (_("Bureaus"), "bureau_list", "home"),
        (_("Rapportreeksen"), "impact:batch_list", "chart"),
        (_("Gepland"), "impact:schedule_list", "calendar"),
        (_("Collega's en rollen"), "people", "key"),
        (_("Regels en rekenen"), "rules:card_list", "book"),
        (_("Wie keek er"), "access_log", "eye"),
        (_("Beheer"), "admin:index", "settings"),
        (_("Onderdelen"), "ui_examples", "board"),
    ),
}


@dataclass(frozen=True)
class NavItem:
    """One way to go; `current` is "page" on the page itself, "true" on a page below it, else empty."""

    label: str | Promise
    url: str
    icon: str
    current: str = ""


@dataclass(frozen=True)
class Frame:
    """The header, the navigation and the footer of one page."""

    nav: list[NavItem] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    membership: Membership | None = None
    large_text: bool = False
    search_url: str = ""

    @property
    def bar(self) -> list[NavItem]:
        """What fits in the phone's bottom bar; with one item too many, the last goes under "Meer"."""
        return self.nav[:BAR_ITEMS]

    @property
    def more(self) -> list[NavItem]:
        """What the phone shows under "Meer"."""
        return self.nav[BAR_ITEMS:]

    @property
    def more_current(self) -> bool:
        """Whether the page someone is on stands under "Meer"."""
        return any(item.current for item in self.more)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context `frame`; worked out only when a page draws it."""
    return {"frame": SimpleLazyObject(lambda: frame_for(request))}


def frame_for(request: HttpRequest) -> Frame:
    """The frame for a request; without a role (signed out, or an early error) it is nearly empty."""
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    session = getattr(request, "session", {})
    large = bool(session.get("large_text", getattr(user, "large_text", False)))
    if membership is None:
        return Frame(large_text=large)
    return Frame(
        nav=_mark_current(_items(membership.role), request.path),
        memberships=list(getattr(request, "memberships", [])),
        membership=membership,
        large_text=large,
        search_url=_reverse("candidates:search") if membership.is_staff_role else "",
    )


def _items(role: str) -> list[NavItem]:
    known = ((label, _reverse(name), icon) for label, name, icon in NAVIGATION.get(role, ()))
    return [NavItem(label, url, icon) for label, url, icon in known if url]


def _mark_current(items: list[NavItem], path: str) -> list[NavItem]:
    """Mark the item whose address is the page's own, or else the longest one that the page lies under."""
    above = [item.url for item in items if item.url != "/" and path.startswith(item.url)]
    nearest = max(above, key=len, default=path)
    marks = {nearest: "true", path: "page"}
    return [replace(item, current=marks.get(item.url, "")) for item in items]


def _reverse(name: str) -> str:
    """The address, or nothing where this installation does not have the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
