"""Everything that happened with somebody, newest first.

What there is little of (placements, proposals, measurements, consents) is in memory for the page anyway; what grows
(conversations, stage changes, check-ins) comes in one query over its tables, a page at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.formats import hours
from candidates.choices import label, work_forms
from candidates.enums import ConsentPurpose, ConversationKind, Rung, Stage
from candidates.models import Candidate, Consent, FirstConversation, Measurement
from candidates.work import Work

PER_PAGE = 20
LAST_PAGE = 100


@dataclass(frozen=True)
class Entry:
    """One happening, ready to draw."""

    kind: str
    on: date
    title: str
    text: str
    who: str
    icon: str
    tone: str = "quiet"


@dataclass(frozen=True)
class TimelinePage:
    """Some entries, and whether there are older ones."""

    entries: list[Entry]
    number: int
    has_next: bool
    kind: str


@dataclass(frozen=True)
class Known:
    """What the page has read already, all of it."""

    measurements: list[Measurement]
    consents: list[Consent]
    work: list[Work]
    matches: list[Any]


@dataclass(frozen=True)
class Kind:
    """One sort of happening: its name in the filter and the happenings it holds."""

    label: str | Promise
    holds: frozenset[str]


KINDS: dict[str, Kind] = {
    "gesprekken": Kind(gettext_lazy("Gesprekken"), frozenset({"first", "talk"})),
    "fasen": Kind(gettext_lazy("Fasen"), frozenset({"stage"})),
    "metingen": Kind(gettext_lazy("Metingen"), frozenset({"rung"})),
    "voorstellen": Kind(gettext_lazy("Voorstellen"), frozenset({"match", "introduction"})),
    "werk": Kind(gettext_lazy("Werk"), frozenset({"start", "hours", "check_in", "end"})),
    "toestemming": Kind(gettext_lazy("Toestemming"), frozenset({"yes", "no"})),
}
EVERYTHING = frozenset().union(*(kind.holds for kind in KINDS.values()))


@dataclass(frozen=True)
class Happening:
    """One happening before it has words. `row` settles the order within a day; `who` is a membership's id."""

    kind: str
    on: date
    row: int
    code: str = ""
    other: str = ""
    text: str = ""
    who: int | None = None


def timeline(candidate: Candidate, known: Known, *, kind: str = "", page: int = 1) -> TimelinePage:
    """A page of what happened; the reader must have been allowed the file already. kind: a key of KINDS, or all."""
    number = min(max(page, 1), LAST_PAGE)
    holds = KINDS[kind].holds if kind in KINDS else EVERYTHING
    most = number * PER_PAGE + 1
    found = [one for one in _known(known) if one.kind in holds] + _growing(candidate, known, holds, most)
    found.sort(key=lambda one: (-one.on.toordinal(), one.kind, -one.row))
    shown = found[most - 1 - PER_PAGE : most - 1]
    names = _names({one.who for one in shown if one.who})
    entries = [_entry(one, names) for one in shown]
    more = len(found) >= most and number < LAST_PAGE
    return TimelinePage(entries, number, more, kind if kind in KINDS else "")


def _names(ids: set[int]) -> dict[int, str]:
    return {one.pk: str(one.user) for one in Membership.objects.filter(pk__in=ids).select_related("user")}


def _growing(candidate: Candidate, known: Known, holds: frozenset[str], most: int) -> list[Happening]:
    """The newest of what grows, without joins, in one query."""
    check_ins = apps.get_model("matching", "CheckIn")._default_manager
    mine = {"candidate": candidate}
    sources = {
        "first": _rows(FirstConversation.objects.filter(**mine), "first", "held_on", code="place", text="hopes"),
        "talk": _rows(candidate.conversations.all(), "talk", "held_on", code="kind", other="minutes", text="text"),
        "stage": _rows(
            candidate.stage_changes.exclude(from_stage=""), "stage", "on", code="to_stage", text="note"
        ),
        "check_in": _rows(
            check_ins.filter(**mine, done_on__isnull=False), "check_in", "done_on",
            code="week", other="employer_id", text="candidate_words",
        ),
    }  # fmt: skip
    chosen = [rows for name, rows in sources.items() if name in holds]
    if not chosen:
        return []
    every = chosen[0].union(*chosen[1:], all=True) if chosen[1:] else chosen[0]
    employers = {str(one.placement.employer_id): str(one.placement.employer) for one in known.work}
    rows = [Happening(*row) for row in every.order_by("-t_on", "t_kind", "-t_row")[:most]]
    return [
        Happening(one.kind, one.on, one.row, one.code, employers.get(one.other, ""), one.text, one.who)
        if one.kind == "check_in"
        else one
        for one in rows
    ]


def _rows(
    rows: QuerySet[Any], kind: str, on: str, *, code: str = "", other: str = "", text: str = ""
) -> QuerySet[Any, Any]:
    """The same seven columns from every table, so that they can be put together."""
    return (
        rows.order_by()
        .annotate(
            t_kind=Cast(Value(kind), CharField()),
            t_on=Cast(F(on), DateField()),
            t_row=Cast(F("pk"), BigIntegerField()),
            t_code=_text(code, CharField()),
            t_other=_text(other, CharField()),
            t_text=_text(text, TextField()),
            t_who=Cast(F("by_id"), BigIntegerField()),
        )
        .values_list("t_kind", "t_on", "t_row", "t_code", "t_other", "t_text", "t_who")
    )


def _text(source: str, as_field: Any) -> Cast:
    return Cast(F(source) if source else Value(""), as_field)


def _known(known: Known) -> Iterator[Happening]:
    for one in known.measurements:
        potential = "" if one.potential is None else str(one.potential)
        yield Happening("rung", one.measured_on, one.pk, str(one.rung), potential, one.wellbeing, one.by_id)
    for consent in known.consents:
        about = (consent.purpose, consent.recipient)
        yield Happening("yes", _day(consent.given_at), consent.pk, *about, "", consent.recorded_by_id)
        if consent.withdrawn_at:
            yield Happening("no", _day(consent.withdrawn_at), consent.pk, *about)
    for match in known.matches:
        about = (str(match.position), str(match.employer))
        yield Happening("match", _day(match.proposed_at), match.pk, *about, "", match.proposed_by_id)
        if introduction := getattr(match, "introduction", None):
            yield Happening("introduction", _day(introduction.introduced_at), match.pk, *about)
    for work in known.work:
        yield from _of_work(work)


def _of_work(work: Work) -> Iterator[Happening]:
    placement, employer = work.placement, str(work.placement.employer)
    yield Happening("start", placement.starts_on, placement.pk, placement.form, employer)
    for step in work.steps:
        yield Happening("hours", step.first, placement.pk, hours(step.hours), employer, step.reason, step.by)
    if placement.ended_on:
        yield Happening("end", placement.ended_on, placement.pk, "", employer, placement.end_note)


def _day(moment: Any) -> date:
    return timezone.localdate(moment)


def _entry(one: Happening, names: dict[int, str]) -> Entry:
    title, icon, tone = TOLD[one.kind](one.code or "", one.other or "")
    who = names.get(one.who, "") if one.who else ""
    return Entry(one.kind, one.on, title, one.text or "", who, icon, tone)


Told = tuple[str, str, str]


def _told_first(place: str, _other: str) -> Told:
    return (
        (_("Eerste gesprek, %(place)s") % {"place": place} if place else _("Eerste gesprek")),
        "heart",
        "accent",
    )


def _told_talk(kind: str, minutes: str) -> Told:
    word = label(list(ConversationKind.choices), kind)
    icon = {"phone": "phone", "message": "mail", "group": "people", "workplace": "briefcase"}.get(
        kind, "chat"
    )
    return (
        (_("%(kind)s, %(minutes)s minuten") % {"kind": word, "minutes": minutes} if minutes else word),
        icon,
        "info",
    )


def _told_stage(to: str, _from: str) -> Told:
    return _("Nu: %(stage)s") % {"stage": label(list(Stage.choices), to)}, "flag", "quiet"


def _told_rung(rung: str, potential: str) -> Told:
    now = _("Meting: trede %(rung)s, %(name)s") % {"rung": rung, "name": Rung(int(rung)).label.lower()}
    if potential:
        now += _(". Kan groeien naar trede %(rung)s") % {"rung": potential}
    return now, "chart", "quiet"


def _told_match(title: str, employer: str) -> Told:
    return (
        _("Voorgesteld: %(work)s bij %(employer)s") % {"work": title, "employer": employer},
        "handshake",
        "info",
    )


def _told_introduction(title: str, employer: str) -> Told:
    return (
        _("Kennismaking: %(work)s bij %(employer)s") % {"work": title, "employer": employer},
        "calendar",
        "info",
    )


def _told_start(form: str, employer: str) -> Told:
    what = label(work_forms(), form).lower()
    return _("Begonnen bij %(employer)s: %(form)s") % {"employer": employer, "form": what}, "star", "ok"


def _told_hours(amount: str, employer: str) -> Told:
    return (
        _("%(hours)s per week bij %(employer)s") % {"hours": amount, "employer": employer},
        "steps",
        "quiet",
    )


def _told_check_in(week: str, employer: str) -> Told:
    return (
        _("Nazorggesprek week %(week)s, %(employer)s") % {"week": week, "employer": employer},
        "calendar-check",
        "info",
    )


def _told_end(_code: str, employer: str) -> Told:
    return _("Gestopt bij %(employer)s") % {"employer": employer}, "flag", "quiet"


def _purpose(purpose: str, recipient: str) -> str:
    word = label(list(ConsentPurpose.choices), purpose)
    return f"{word} ({recipient})" if recipient else word


def _told_yes(purpose: str, recipient: str) -> Told:
    return _("Toestemming: %(what)s") % {"what": _purpose(purpose, recipient)}, "lock", "quiet"


def _told_no(purpose: str, recipient: str) -> Told:
    return _("Toestemming ingetrokken: %(what)s") % {"what": _purpose(purpose, recipient)}, "lock", "wait"


TOLD: dict[str, Callable[[str, str], Told]] = {
    "first": _told_first,
    "talk": _told_talk,
    "stage": _told_stage,
    "rung": _told_rung,
    "match": _told_match,
    "introduction": _told_introduction,
    "start": _told_start,
    "hours": _told_hours,
    "check_in": _told_check_in,
    "end": _told_end,
    "yes": _told_yes,
    "no": _told_no,
}
