"""What deserves attention today: one list, each matter with its act.

Every group of matters is one query however many there are: PostgreSQL numbers the matters per kind and gives the
first ones with the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from candidates.enums import Stage
from candidates.models import Candidate, Conversation
from candidates.phones import show_phone
from matching.enums import DeclinedBy, MatchState
from matching.links import file_of, work_for
from matching.models import CheckIn, Match, MatchEvent, Message, Placement
from matching.permissions import can_propose

SHOWN = 8
"""Matters of one kind on the list; the rest is behind a link."""
SILENT_DAYS = 30
END_IN_SIGHT = timedelta(weeks=6)
SOON = timedelta(days=3)
RECENT = timedelta(days=7)
LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Matter:
    """One thing to do: who, what is going on, and the act; `page` is where more is told about it."""

    name: str
    text: str
    url: str
    act: Text
    note: str = ""
    page: str = ""


@dataclass
class Group:
    """Matters of one kind, `total` in all; `more_url` leads to the others."""

    title: Text
    icon: str
    matters: list[Matter] = field(default_factory=list)
    total: int = 0
    more_url: str = ""
    calm: bool = False

    @property
    def hidden(self) -> int:
        return self.total - len(self.matters)


TITLES: dict[str, tuple[Text, str]] = {
    "meeting": (gettext_lazy("Kennismakingen vandaag"), "calendar"),
    "call_back": (gettext_lazy("Terugbellen"), "phone"),
    "agreed": (gettext_lazy("Zei ja"), "heart"),
    "employer_yes": (gettext_lazy("Werkgever wil kennismaken"), "handshake"),
    "not_right": (gettext_lazy("Een reden klopt niet"), "edit"),
    "was_met": (gettext_lazy("Hoe was de kennismaking?"), "chat"),
    "met": (gettext_lazy("Kennisgemaakt: en nu?"), "arrow-right"),
    "stopped": (gettext_lazy("Gaat niet door: zoek samen verder"), "refresh"),
    "check_in": (gettext_lazy("Nazorggesprekken"), "heart"),
    "waiting": (gettext_lazy("Voorstellen die wachten"), "hourglass"),
    "silent_employer": (gettext_lazy("Werkgever heeft nog niet geantwoord"), "building"),
    "ending": (gettext_lazy("Einde in zicht"), "flag"),
    "not_sent": (gettext_lazy("Bericht kwam niet aan"), "mail"),
    "may_not_mail": (gettext_lazy("Mag niet mailen: bel"), "phone"),
    "not_proposed": (gettext_lazy("Al 30 dagen niet voorgesteld"), "search"),
    "silent": (gettext_lazy("Al 30 dagen geen contact"), "clock"),
}
"""Kind → heading and icon, in the order of the day."""
CALM = frozenset({"not_proposed", "silent"})
"""Kinds that can wait until tomorrow: shown below the others."""


def day_list(membership: Membership, *, own: bool) -> list[Group]:
    """Everything that waits for this role; `own` narrows to the own people. Four queries, whatever the number."""
    today = timezone.localdate()
    found = [
        *_match_matters(membership, own, today),
        *_candidate_matters(membership, own, today),
        *_check_in_matters(membership, own, today),
        *_ending_matters(membership, own, today),
    ]
    groups: dict[str, Group] = {}
    for kind, total, matter in found:
        title, icon = TITLES[kind]
        group = groups.setdefault(
            kind, Group(title, icon, total=total, more_url=_more(kind, own), calm=kind in CALM)
        )
        group.matters.append(matter)
    return [groups[kind] for kind in TITLES if kind in groups]


Found = Iterator[tuple[str, int, Matter]]


def held(
    rows: QuerySet[Any], membership: Membership, own: bool, prefix: str = "candidate__"
) -> QuerySet[Any]:
    """Only the own people's rows, if asked."""
    if not own:
        return rows
    return rows.filter(Q(**{f"{prefix}coach": membership}) | Q(**{f"{prefix}connector": membership}))


def _first_ones(rows: QuerySet[Any], by: str, order: Iterable[Any]) -> QuerySet[Any]:
    """The first of each kind in `order`, with `total` of that kind."""
    numbered = rows.annotate(
        total=Window(Count("pk"), partition_by=[F(by)]),
        number=Window(RowNumber(), partition_by=[F(by)], order_by=list(order)),
    )
    return numbered.filter(number__lte=SHOWN).order_by(by, "number")


# matches and meetings


def _match_matters(membership: Membership, own: bool, today: date) -> Found:
    rows = held(Match.objects.visible_to(membership), membership, own).filter(
        Q(state__in=[MatchState.PROPOSED, MatchState.CANDIDATE_AGREED, MatchState.INTRODUCED])
        | Q(state__in=[MatchState.MEETING_PLANNED, MatchState.MET])
        | Q(state__in=[MatchState.DECLINED, MatchState.EXPIRED], ended_at__gte=timezone.now() - RECENT)
    )
    lately = Message.objects.filter(match=OuterRef("pk"), created_at__gte=timezone.now() - LATELY)
    failed, held_back = lately.filter(state="failed"), lately.filter(state="held")
    called = Conversation.objects.filter(
        candidate=OuterRef("candidate"), created_at__gt=OuterRef("created_at"), by__isnull=False
    )
    rows = rows.annotate(
        not_sent_to=Subquery(failed.order_by("-pk").values("recipient")[:1]),
        held_back=Exists(held_back.exclude(Exists(called))),
    )
    rows = rows.annotate(matter=_match_kind(today)).exclude(matter=None)
    rows = _first_ones(rows, "matter", [F("introduction__starts_at").asc(nulls_last=True), "answer_by", "pk"])
    for match in rows.select_related("candidate", "employer", "position", "introduction"):
        yield match.matter, match.total, _match_matter(match, membership)


def _match_kind(today: date) -> Case:
    now = timezone.now()
    tomorrow = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time()))
    said = MatchEvent.objects.filter(
        match=OuterRef("pk"), by_role=Role.CANDIDATE, from_state=F("to_state"), at__gte=now - RECENT
    )
    later = Match.objects.filter(candidate=OuterRef("candidate"), proposed_at__gt=OuterRef("ended_at"))
    later = later.exclude(pk=OuterRef("pk"))
    other = Q(declined_by__in=[DeclinedBy.CANDIDATE, DeclinedBy.EMPLOYER]) | Q(state=MatchState.EXPIRED)
    planned = Q(state=MatchState.MEETING_PLANNED)
    whens: list[tuple[Any, str]] = [
        (Q(not_sent_to__isnull=False), "not_sent"),
        (Q(held_back=True), "may_not_mail"),
        (planned & Q(introduction__starts_at__lt=now), "was_met"),
        (planned & Q(introduction__starts_at__lt=tomorrow), "meeting"),
        (Q(state=MatchState.MET), "met"),
        (Q(state=MatchState.CANDIDATE_AGREED), "agreed"),
        (Q(state=MatchState.INTRODUCED, introduction__employer_answer="yes"), "employer_yes"),
        (Q(state=MatchState.INTRODUCED, introduction__introduced_at__lt=now - SOON), "silent_employer"),
        (Q(state=MatchState.PROPOSED) & Exists(said), "not_right"),
        (Q(state=MatchState.PROPOSED, answer_by__lte=today + RECENT), "waiting"),
        (Q(state__in=[MatchState.DECLINED, MatchState.EXPIRED]) & other & ~Exists(later), "stopped"),
    ]
    return Case(
        *(When(condition, then=Value(kind)) for condition, kind in whens),
        default=None,
        output_field=CharField(),
    )


def _match_matter(match: Any, membership: Membership) -> Matter:
    page = reverse("matching:match", args=[match.pk])
    text = _("%(work)s bij %(employer)s") % {"work": match.position.title, "employer": match.employer.name}
    act, name, note = _match_act(match)
    if not can_propose(membership):
        act, name = _("Bekijk"), ""
    url = reverse(f"matching:{name}", args=[match.pk]) if name else page
    if match.matter == "stopped" and can_propose(membership):
        url = work_for(match.candidate_id) or page
    if match.matter == "may_not_mail" and can_propose(membership):
        url = reverse("candidates:conversation_add", args=[match.candidate_id])
    return Matter(match.candidate.short_name, text, url, act, note, page)


def _match_act(match: Any) -> tuple[str, str, str]:
    """The act's words, the page that does it, and what is good to know."""
    meeting: Any = getattr(match, "introduction", None)
    match match.matter:
        case "not_sent":
            return _("Bel of verstuur opnieuw"), "", _("aan %(address)s") % {"address": match.not_sent_to}
        case "may_not_mail":
            return _("Schrijf het gesprek op"), "", show_phone(match.candidate.phone)
        case "meeting":
            return (
                _("Bekijk"),
                "",
                _("om %(time)s, %(place)s") % {"time": _hour(meeting.starts_at), "place": meeting.place},
            )
        case "was_met":
            return (
                _("Schrijf op"),
                "meeting_record",
                date_format(timezone.localtime(meeting.starts_at), "l j F"),
            )
        case "met":
            return _("Begin plaatsing"), "match_place", ""
        case "agreed":
            return _("Stel voor aan werkgever"), "match_introduce", ""
        case "employer_yes":
            return _("Plan kennismaking"), "meeting_plan", meeting.employer_note
        case "silent_employer":
            return _("Noteer antwoord"), "match_employer_answer", _("Bel de werkgever.")
        case "waiting":
            return (
                _("Noteer antwoord"),
                "match_answer",
                _("antwoord voor %(day)s") % {"day": _day(match.answer_by)},
            )
        case "stopped":
            return _("Zoek werk"), "", f"{match.get_state_display()}. {match.decline_note}".strip()
    return _("Bekijk"), "", ""


# people


def _candidate_matters(membership: Membership, own: bool, today: date) -> Found:
    """Each person once: a promise to call goes before a silence."""
    long_ago = today - timedelta(days=SILENT_DAYS)
    people = Candidate.objects.visible_to(membership) if own else Candidate.objects.listed_to(membership)
    kind = Case(
        When(call_back_on__lte=today, then=Value("call_back")),
        When(_not_since(long_ago, "last_proposed_on") & Q(stage=Stage.SEARCHING), then=Value("not_proposed")),
        When(_not_since(long_ago, "last_contact_on") & ~Q(stage=Stage.PAUSED), then=Value("silent")),
        default=None, output_field=CharField(),
    )  # fmt: skip
    rows = held(people.active(), membership, own, "").annotate(matter=kind).exclude(matter=None)
    rows = _first_ones(
        rows, "matter", ["call_back_on", F("last_proposed_on").asc(nulls_first=True), "entered_on", "pk"]
    )
    for person in rows.select_related("coach__user"):
        yield person.matter, person.total, _candidate_matter(person, membership, today)


def _not_since(day: date, name: str) -> Q:
    """Not since a day, or never while the person has been here since before it."""
    return Q(**{f"{name}__lt": day}) | Q(**{name: None}, entered_on__lt=day)


def _candidate_matter(person: Any, membership: Membership, today: date) -> Matter:
    coach = (
        ""
        if person.held_by(membership) or person.coach is None
        else _("coach: %(who)s") % {"who": person.coach.user}
    )
    page = file_of(person.pk)
    if person.matter == "call_back":
        late = (today - person.call_back_on).days
        text = (
            _("Beloofd voor vandaag.")
            if not late
            else _("Beloofd voor %(day)s.") % {"day": _day(person.call_back_on)}
        )
        phone = f"tel:{person.phone.replace(' ', '')}" if person.phone else page
        return Matter(person.short_name, text, phone, _("Bel"), person.phone or coach, page)
    if person.matter == "not_proposed":
        text = _since(
            person.last_proposed_on, _("Nog nooit voorgesteld."), _("Laatst voorgesteld op %(day)s.")
        )
        if can_propose(membership):
            return Matter(person.short_name, text, work_for(person.pk) or page, _("Zoek werk"), coach, page)
        return Matter(person.short_name, text, page, _("Bekijk"), coach, page)
    text = _since(person.last_contact_on, _("Nog geen contact genoteerd."), _("Laatste contact op %(day)s."))
    return Matter(person.short_name, text, page, _("Neem contact op"), coach, page)


def _since(day: date | None, never: str, since: str) -> str:
    return never if day is None else since % {"day": _day(day)}


# work that runs


def _check_in_matters(membership: Membership, own: bool, today: date) -> Found:
    """Of each placement the newest conversation that is due; what was missed before it is not asked twice."""
    rows = held(CheckIn.objects.visible_to(membership), membership, own).filter(
        done_on=None, due_on__lte=today + SOON
    )
    newer = CheckIn.objects.filter(
        placement=OuterRef("placement"), done_on=None, due_on__gt=OuterRef("due_on"), due_on__lte=today + SOON
    )
    rows = rows.exclude(Exists(newer)).annotate(matter=Value("check_in"))
    for row in _first_ones(rows, "matter", ["due_on", "pk"]).select_related("candidate", "employer"):
        text = _("Week %(week)s bij %(employer)s") % {"week": row.week, "employer": row.employer.name}
        note = "" if row.due_on >= today else _("was rond %(day)s") % {"day": _day(row.due_on)}
        page = _placement(row.placement_id)
        url = reverse("matching:check_in", args=[row.pk]) if can_propose(membership) else page
        act = _("Schrijf op") if can_propose(membership) else _("Bekijk")
        yield "check_in", row.total, Matter(row.candidate.short_name, text, url, act, note, page)


def _ending_matters(membership: Membership, own: bool, today: date) -> Found:
    rows = ends_in_sight(held(Placement.objects.visible_to(membership), membership, own), today)
    rows = rows.annotate(matter=Value("ending"))
    for row in _first_ones(rows, "matter", ["ends_on", "pk"]).select_related("candidate", "employer"):
        text = _("%(form)s bij %(employer)s, tot en met %(day)s") % {
            "form": row.get_form_display(), "employer": row.employer.name, "day": _day(row.ends_on),
        }  # fmt: skip
        yield (
            "ending",
            row.total,
            Matter(row.candidate.short_name, text, _placement(row.pk), _("Bespreek wat volgt")),
        )


def ends_in_sight(placements: QuerySet[Placement], today: date) -> QuerySet[Placement]:
    """Placements that run and end within six weeks, as agreed."""
    return placements.running(today).filter(ended_on=None, ends_on__lte=today + END_IN_SIGHT)  # type: ignore[attr-defined]


def _placement(pk: int) -> str:
    return reverse("matching:placement", args=[pk])


def _more(kind: str, own: bool) -> str:
    """The page on which the others of a kind are found."""
    whose = "" if own else "&van=alle"
    states = {
        "agreed": MatchState.CANDIDATE_AGREED, "employer_yes": MatchState.INTRODUCED, "met": MatchState.MET,
        "silent_employer": MatchState.INTRODUCED, "waiting": MatchState.PROPOSED, "stopped": MatchState.DECLINED,
        "was_met": MatchState.MEETING_PLANNED, "meeting": MatchState.MEETING_PLANNED, "not_right": MatchState.PROPOSED,
    }  # fmt: skip
    if kind in states:
        return f"{reverse('matching:match_list')}?weergave=lijst&stand={states[kind]}{whose}"
    if kind == "ending":
        return f"{reverse('matching:placement_list')}?stand=einde{whose}"
    return ""


def _day(day: date | None) -> str:
    return date_format(day, "j F") if day else ""


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
