"""Proposals, meetings, and work from its first day to its last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import hours
from candidates.choices import label, work_forms
from candidates.models import Candidate
from candidates.timeline.base import Happening, Kind, Known, Told, columns, day_of


def _proposed(known: Known) -> Iterator[Happening]:
    for match in known.matches:
        about = (str(match.position), str(match.employer))
        yield Happening("match", day_of(match.proposed_at), match.pk, *about, "", match.proposed_by_id)
        if introduction := getattr(match, "introduction", None):
            yield Happening("introduction", day_of(introduction.introduced_at), match.pk, *about)


def _match(title: str, employer: str) -> Told:
    words = {"work": title, "employer": employer}
    return _("Voorgesteld: %(work)s bij %(employer)s") % words, "handshake", "info"


def _introduction(title: str, employer: str) -> Told:
    words = {"work": title, "employer": employer}
    return _("Kennismaking: %(work)s bij %(employer)s") % words, "calendar", "info"


def _worked(known: Known) -> Iterator[Happening]:
    for work in known.work:
        placement, employer = work.placement, str(work.placement.employer)
        yield Happening("start", placement.starts_on, placement.pk, placement.form, employer)
        for step in work.steps:
            amount = hours(step.hours)
            yield Happening("hours", step.first, placement.pk, amount, employer, step.reason, step.by)
        if placement.ended_on:
            yield Happening("end", placement.ended_on, placement.pk, "", employer, placement.end_note)


def _check_ins(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    rows = apps.get_model("matching", "CheckIn")._default_manager.filter(
        candidate=candidate, done_on__isnull=False
    )
    told = {"code": "week", "other": "employer__name", "text": "candidate_words"}
    return {"check_in": columns(rows, "check_in", "done_on", **told)}


def _start(form: str, employer: str) -> Told:
    what = label(work_forms(), form).lower()
    return _("Begonnen bij %(employer)s: %(form)s") % {"employer": employer, "form": what}, "star", "ok"


def _hours(amount: str, employer: str) -> Told:
    words = {"hours": amount, "employer": employer}
    return _("%(hours)s per week bij %(employer)s") % words, "steps", "quiet"


def _check_in(week: str, employer: str) -> Told:
    words = {"week": week, "employer": employer}
    return _("Nazorggesprek week %(week)s, %(employer)s") % words, "calendar-check", "info"


def _end(_code: str, employer: str) -> Told:
    return _("Gestopt bij %(employer)s") % {"employer": employer}, "flag", "quiet"


PROPOSALS = Kind(
    gettext_lazy("Voorstellen"), {"match": _match, "introduction": _introduction}, known=_proposed
)
WORK = Kind(
    gettext_lazy("Werk"),
    {"start": _start, "hours": _hours, "check_in": _check_in, "end": _end},
    rows=_check_ins,
    known=_worked,
)
