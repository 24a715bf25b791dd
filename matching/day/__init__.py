"""What deserves attention today: one list, each matter with its act.

However many matters there are, they are one query: each source says in SQL what it finds, PostgreSQL numbers the
matters per kind and gives the first ones with the total. A new kind: a `Source` in a file of its own, a line in
SOURCES, and a heading in TITLES.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from matching.day.employers import EMPLOYERS
from matching.day.filled import FILLED
from matching.day.frame import SHOWN, Asked, Found, Line, Matter, Source, ask, find
from matching.day.funds import FUNDS
from matching.day.held import HELD
from matching.day.job_coaching import COACHING
from matching.day.joined import SIGNED_UP
from matching.day.matches import MATCHES
from matching.day.neighbourhood import NEIGHBOURHOOD
from matching.day.people import PEOPLE
from matching.day.plan import LATE_STEPS, MEASURES
from matching.day.relations import REMIND, RUNNING_OUT, SILENT
from matching.day.retention import RETENTION
from matching.day.signals import SIGNALS
from matching.day.social_return import SOCIAL_RETURN
from matching.day.subscriptions import SUBSCRIPTIONS
from matching.day.unfinished import UNFINISHED
from matching.day.voice import CORRECTIONS
from matching.day.work import DUE, ENDING, ends_in_sight
from matching.enums import MatchState

__all__ = ["Found", "Group", "Matter", "day_list", "ends_in_sight", "find_matter", "held"]

SOURCES: tuple[Source, ...] = (
    MATCHES,
    FILLED,
    PEOPLE,
    SIGNALS,
    DUE,
    ENDING,
    CORRECTIONS,
    SIGNED_UP,
    LATE_STEPS,
    MEASURES,
    RETENTION,
    NEIGHBOURHOOD,
    SOCIAL_RETURN,
    FUNDS,
    UNFINISHED,
    EMPLOYERS,
    REMIND,
    RUNNING_OUT,
    SILENT,
    SUBSCRIPTIONS,
    COACHING,
    HELD,
)

TITLES: dict[str, tuple[Text, str]] = {
    "meeting": (gettext_lazy("Kennismakingen vandaag"), "calendar"),
    "leaving": (gettext_lazy("Wil stoppen: bel"), "phone"),
    "gathering": (gettext_lazy("Bijeenkomst deze week"), "gathering"),
    "call_back": (gettext_lazy("Terugbellen"), "phone"),
    "signal": (gettext_lazy("Even bellen?"), "phone"),
    "reminder": (gettext_lazy("Herinneringen bij werkgevers"), "flag"),
    "signed_up": (gettext_lazy("Nieuwe aanmeldingen"), "person-plus"),
    "referred": (gettext_lazy("Aangemeld door een organisatie: nog bellen"), "phone"),
    "unfinished": (gettext_lazy("Nog niet af"), "edit"),
    "agreed": (gettext_lazy("Zei ja"), "heart"),
    "employer_yes": (gettext_lazy("Werkgever wil kennismaken"), "handshake"),
    "times_fit": (gettext_lazy("Er past een moment om kennis te maken"), "calendar"),
    "plan_again": (gettext_lazy("Zoek samen een nieuw moment"), "calendar"),
    "correction": (gettext_lazy("Dit klopt niet, zegt een kandidaat"), "edit"),
    "not_right": (gettext_lazy("Een reden klopt niet"), "edit"),
    "was_met": (gettext_lazy("Hoe was de kennismaking?"), "chat"),
    "met": (gettext_lazy("Kennisgemaakt: en nu?"), "arrow-right"),
    "filled": (gettext_lazy("Plek vervuld: wat gebeurt er met de anderen?"), "people"),
    "stopped": (gettext_lazy("Gaat niet door: zoek samen verder"), "refresh"),
    "check_in_told": (gettext_lazy("Vertelde hoe het gaat"), "chat"),
    "check_in_silent": (gettext_lazy("Vertelde nog niet hoe het gaat: bel"), "phone"),
    "check_in": (gettext_lazy("Nazorggesprekken"), "heart"),
    "waiting": (gettext_lazy("Voorstellen die wachten"), "hourglass"),
    "silent_employer": (gettext_lazy("Werkgever heeft nog niet geantwoord"), "building"),
    "hours_wrong": (gettext_lazy("De uren kloppen niet, zegt de werkgever"), "clock"),
    "employer_quiet": (gettext_lazy("Werkgever vertelt niet hoe het gaat: bel"), "phone"),
    "ending": (gettext_lazy("Einde in zicht"), "flag"),
    "coach_period_waits": (gettext_lazy("Jobcoachuren wachten op een naam"), "edit"),
    "coach_goal_near": (gettext_lazy("Jobcoachuren bijna op"), "clock"),
    "coach_plan_ends": (gettext_lazy("Jobcoachplan loopt af"), "flag"),
    "wage_value_ends": (gettext_lazy("Loonwaarde loopt af"), "euro"),
    "agreement_ends": (gettext_lazy("Overeenkomst loopt af"), "document"),
    "subscription_over": (gettext_lazy("Abonnement voorbij, er werken nog mensen"), "euro"),
    "subscription_ends": (gettext_lazy("Abonnement loopt af"), "euro"),
    "fund_deadline": (gettext_lazy("Een fonds wil iets van je"), "euro"),
    "not_sent": (gettext_lazy("Bericht kwam niet aan"), "mail"),
    "may_not_mail": (gettext_lazy("Mag niet mailen: bel"), "phone"),
    "tell_yourself": (gettext_lazy("Mailen mag niet: vertel het zelf"), "phone"),
    "step_late": (gettext_lazy("Stap in een plan bleef liggen"), "flag"),
    "help_asked": (gettext_lazy("Buren die hulp vragen"), "heart"),
    "not_proposed": (gettext_lazy("Al 30 dagen niet voorgesteld"), "search"),
    "silent": (gettext_lazy("Al 30 dagen geen contact"), "clock"),
    "not_spoken": (gettext_lazy("Werkgever al 90 dagen niet gesproken"), "building"),
    "measure": (gettext_lazy("Al een half jaar geen meting"), "chart"),
    "social_return": (gettext_lazy("Social return loopt bijna af"), "euro"),
    "retention": (gettext_lazy("Bewaartermijn loopt af"), "hourglass"),
}
"""Kind → heading and icon, in the order of the day."""
CALM = frozenset(
    {"help_asked", "not_proposed", "silent", "not_spoken", "measure", "social_return", "retention"}
)
"""Kinds that can wait until tomorrow: shown below the others."""
ROWS = 40
"""Matters on the whole page; the more kinds there are, the fewer of each."""
STATES: dict[str, str] = {
    "agreed": MatchState.CANDIDATE_AGREED, "employer_yes": MatchState.INTRODUCED, "met": MatchState.MET,
    "silent_employer": MatchState.INTRODUCED, "waiting": MatchState.PROPOSED, "stopped": MatchState.DECLINED,
    "was_met": MatchState.MEETING_PLANNED, "times_fit": "open", "plan_again": MatchState.INTRODUCED,
    "meeting": MatchState.MEETING_PLANNED, "not_right": MatchState.PROPOSED,
}  # fmt: skip
"""Kinds whose others stand in the list of proposals, under this state."""
NEIGHBOURS = {"gathering": "gathering_list", "referred": "referral_list", "help_asked": "help_list"}
"""Kinds whose others stand in a list of the neighbourhood."""

SUBSCRIPTION_STATES = {"subscription_ends": "ending", "subscription_over": "people"}
"""Kinds whose others stand in the list of subscriptions, under this state."""


@dataclass
class Group:
    """Matters of one kind, `total` in all; `more_url` leads to the others."""

    title: Text
    icon: str
    matters: list[Matter] = field(default_factory=list)
    total: int = 0
    more_url: str = ""
    calm: bool = False
    kind: str = ""

    @property
    def hidden(self) -> int:
        return self.total - len(self.matters)


def day_list(membership: Membership, *, own: bool, only: str = "", aside: bool = False) -> list[Group]:
    """Everything that waits for this role; `own` narrows to the own people.

    only: one kind at length, the others as a number. aside: what this person put aside instead.
    """
    asked = Asked.by(membership, own=own, only=only if only in TITLES else "", aside=aside)
    lines: dict[str, list[Line]] = {}
    for line in ask(SOURCES, asked):
        lines.setdefault(line.kind, []).append(line)
    most = max(1, min(SHOWN, ROWS // max(1, len(lines))))
    return [_group(kind, lines[kind], asked, most) for kind in TITLES if kind in lines]


def _group(kind: str, lines: list[Line], asked: Asked, most: int) -> Group:
    title, icon = TITLES[kind]
    if asked.only:
        most = len(lines) if kind == asked.only else 0
    matters = [line.tell(asked) for line in lines[:most]]
    more = "" if asked.aside else _more(kind, asked.own)
    return Group(title, icon, matters, lines[0].total, more, kind in CALM, kind)


def find_matter(membership: Membership, key: str) -> Found | None:
    """The matter that a button names: of the own list for a connector, of the bureau for coach and manager."""
    own = membership.role == Role.CONNECTOR
    return find(SOURCES, Asked.by(membership, own=own), key)


def held(rows: QuerySet[Any], membership: Membership, own: bool) -> QuerySet[Any]:
    """Only the own people's rows, if asked."""
    if not own:
        return rows
    return rows.filter(Q(candidate__coach=membership) | Q(candidate__connector=membership))


def _more(kind: str, own: bool) -> str:
    """The page on which the others of a kind are found."""
    whose = "" if own else "&van=alle"
    if kind in STATES:
        return f"{reverse('matching:match_list')}?weergave=lijst&stand={STATES[kind]}{whose}"
    if kind == "signed_up":
        return reverse("candidates:signups")
    if kind in NEIGHBOURS:
        return reverse(f"neighbourhood:{NEIGHBOURS[kind]}")
    if kind == "social_return":
        return f"{reverse('employers:social_return_list')}?state=binnenkort"
    if kind in SUBSCRIPTION_STATES:
        return f"{reverse('employers:subscription_list')}?state={SUBSCRIPTION_STATES[kind]}"
    if kind == "ending":
        return f"{reverse('matching:ending_list')}?weken=6{whose}"
    if kind == "not_spoken":
        return f"{reverse('employers:employer_list')}?contact=quiet{'&owner=mine' if own else ''}&sort=spoken"
    if kind == "not_proposed":
        return f"{reverse('candidates:caseload')}?let=wacht"
    if kind == "measure":
        return f"{reverse('candidates:caseload')}?let=meting"
    return f"{reverse('matching:today')}?soort={kind}{whose}"
