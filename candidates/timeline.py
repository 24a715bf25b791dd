"""Everything that happened with somebody, newest first: one query over all sources, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import hours
from candidates.choices import label, work_forms
from candidates.enums import ConsentPurpose, ConversationKind, Rung, Stage
from candidates.models import Candidate, FirstConversation

PER_PAGE = 20


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
class Kind:
    """One sort of happening: its name in the filter, where the rows come from, and how one is told."""

    label: str | Promise
    icon: str
    rows: Callable[[Candidate], list[QuerySet[Any, Any]]]


def _row(rows: QuerySet[Any], kind: str, on: Any, *, code: Any = "", other: Any = "", text: Any = "", who: Any = "") -> Any:
    """The same seven columns from every table, so that they can be put together."""
    return (
        rows.order_by()
        .annotate(
            t_kind=_text(Value(kind)), t_on=Cast(on, DateField()), t_row=F("pk"), t_code=_text(code),
            t_other=_text(other), t_text=Cast(_value(text), TextField()), t_who=_text(who),
        )
        .values_list("t_kind", "t_on", "t_row", "t_code", "t_other", "t_text", "t_who")
    )  # fmt: skip


def _value(source: Any) -> Any:
    return F(source) if isinstance(source, str) and source else source if source else Value("")


def _text(source: Any) -> Cast:
    return Cast(_value(source), CharField())


def _meetings(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    first = FirstConversation.objects.filter(candidate=candidate)
    later = candidate.conversations.all()
    return [
        _row(first, "first", F("held_on"), code="place", text="hopes", who="by__user__name"),
        _row(later, "talk", F("held_on"), code="kind", other="minutes", text="text", who="by__user__name"),
    ]


def _stages(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    moves = candidate.stage_changes.exclude(from_stage="")
    return [_row(moves, "stage", F("on"), code="to_stage", other="from_stage", text="note", who="by__user__name")]


def _measures(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    rows = candidate.measurements.all()
    return [_row(rows, "rung", F("measured_on"), code="rung", other="potential", text="wellbeing", who="by__user__name")]


def _matches(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    rows = candidate.matches.all()  # type: ignore[attr-defined]
    place = {"code": "position__title", "other": "employer__name"}
    return [
        _row(rows, "match", TruncDate("proposed_at"), **place, who="proposed_by__user__name"),
        _row(
            rows.exclude(introduction=None), "introduction", TruncDate("introduction__introduced_at"), **place
        ),
    ]


def _work(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    rows = candidate.placements.all()  # type: ignore[attr-defined]
    steps = rows.exclude(hours_steps=None)
    talks = rows.filter(check_ins__done_on__isnull=False)
    return [
        _row(rows, "start", F("starts_on"), code="form", other="employer__name"),
        _row(
            steps, "hours", F("hours_steps__during__startswith"), code="hours_steps__hours", other="employer__name",
            text="hours_steps__reason", who="hours_steps__by__user__name",
        ),
        _row(
            talks, "check_in", F("check_ins__done_on"), code="check_ins__week", other="employer__name",
            text="check_ins__candidate_words", who="check_ins__by__user__name",
        ),
        _row(rows.filter(ended_on__isnull=False), "end", F("ended_on"), other="employer__name", text="end_note"),
    ]  # fmt: skip


def _consents(candidate: Candidate) -> list[QuerySet[Any, Any]]:
    given = candidate.consents.all()
    place = {"code": "purpose", "other": "recipient", "who": "recorded_by__user__name"}
    taken = {"code": "purpose", "other": "recipient"}
    return [
        _row(given, "yes", TruncDate("given_at"), **place),
        _row(given.filter(withdrawn_at__isnull=False), "no", TruncDate("withdrawn_at"), **taken),
    ]


KINDS: dict[str, Kind] = {
    "gesprekken": Kind(gettext_lazy("Gesprekken"), "chat", _meetings),
    "fasen": Kind(gettext_lazy("Fasen"), "flag", _stages),
    "metingen": Kind(gettext_lazy("Metingen"), "chart", _measures),
    "voorstellen": Kind(gettext_lazy("Voorstellen"), "handshake", _matches),
    "werk": Kind(gettext_lazy("Werk"), "briefcase", _work),
    "toestemming": Kind(gettext_lazy("Toestemming"), "lock", _consents),
}


def timeline(candidate: Candidate, *, kind: str = "", page: int = 1) -> TimelinePage:
    """A page of what happened; the reader must have been allowed the file already. kind: a key of KINDS, or all."""
    chosen = [KINDS[kind]] if kind in KINDS else list(KINDS.values())
    first, *rest = [rows for one in chosen for rows in one.rows(candidate)]
    every = first.union(*rest, all=True) if rest else first
    start = (page - 1) * PER_PAGE
    rows = list(every.order_by("-t_on", "t_kind", "-t_row")[start : start + PER_PAGE + 1])
    entries = [_entry(*row) for row in rows[:PER_PAGE]]
    return TimelinePage(entries, page, len(rows) > PER_PAGE, kind if kind in KINDS else "")


def _entry(kind: str, on: date, row: int, code: str, other: str, text: str, who: str) -> Entry:
    title, icon, tone = TOLD[kind](code or "", other or "")
    return Entry(kind, on, title, text or "", who or "", icon, tone)


Told = tuple[str, str, str]


def _told_first(place: str, _other: str) -> Told:
    return (_("Eerste gesprek, %(place)s") % {"place": place} if place else _("Eerste gesprek")), "heart", "accent"


def _told_talk(kind: str, minutes: str) -> Told:
    word = label(list(ConversationKind.choices), kind)
    icon = {"phone": "phone", "message": "mail", "group": "people", "workplace": "briefcase"}.get(kind, "chat")
    return (_("%(kind)s, %(minutes)s minuten") % {"kind": word, "minutes": minutes} if minutes else word), icon, "info"


def _told_stage(to: str, _from: str) -> Told:
    return _("Nu: %(stage)s") % {"stage": label(list(Stage.choices), to)}, "flag", "quiet"


def _told_rung(rung: str, potential: str) -> Told:
    now = _("Meting: trede %(rung)s, %(name)s") % {"rung": rung, "name": Rung(int(rung)).label.lower()}
    if potential:
        now += _(". Kan groeien naar trede %(rung)s") % {"rung": potential}
    return now, "chart", "quiet"


def _told_match(title: str, employer: str) -> Told:
    return _("Voorgesteld: %(work)s bij %(employer)s") % {"work": title, "employer": employer}, "handshake", "info"


def _told_introduction(title: str, employer: str) -> Told:
    return _("Kennismaking: %(work)s bij %(employer)s") % {"work": title, "employer": employer}, "calendar", "info"


def _told_start(form: str, employer: str) -> Told:
    what = label(work_forms(), form).lower()
    return _("Begonnen bij %(employer)s: %(form)s") % {"employer": employer, "form": what}, "star", "ok"


def _told_hours(amount: str, employer: str) -> Told:
    words = hours(Decimal(amount)) if amount else "?"
    return _("%(hours)s per week bij %(employer)s") % {"hours": words, "employer": employer}, "steps", "quiet"


def _told_check_in(week: str, employer: str) -> Told:
    return _("Nazorggesprek week %(week)s, %(employer)s") % {"week": week, "employer": employer}, "calendar-check", "info"


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
