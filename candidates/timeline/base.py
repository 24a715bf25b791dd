"""What all kinds of happenings share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise

from candidates.models import Candidate, Consent, Goal, Measurement, Wellbeing
from candidates.work import Work

Told = tuple[str, str, str]
"""Title, icon, tone."""


@dataclass(frozen=True)
class Known:
    """What the file has read already, all of it."""

    measurements: list[Measurement] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    matches: list[Any] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    wellbeings: list[Wellbeing] = field(default_factory=list)


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


def _nothing_grows(_candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    return {}


def _nothing_known(_known: Known) -> Iterator[Happening]:
    return iter(())


@dataclass(frozen=True)
class Kind:
    """One button of the filter: the sorts of happenings behind it, and where they come from.

    tells: sort → words for (`code`, `other`) of a happening. rows: sort → `columns(...)` of a table that grows; it is
    read a page at a time. known: happenings in what the file has in memory anyway.
    """

    label: str | Promise
    tells: Mapping[str, Callable[[str, str], Told]]
    rows: Callable[[Candidate], Mapping[str, QuerySet[Any, Any]]] = _nothing_grows
    known: Callable[[Known], Iterator[Happening]] = _nothing_known


def columns(
    rows: QuerySet[Any],
    sort: str,
    on: str,
    *,
    code: str = "",
    other: str = "",
    text: str = "",
    who: str = "by_id",
) -> QuerySet[Any, Any]:
    """The same seven columns from every table, so that they can be put together.

    on, code, other, text, who: names of fields, through foreign keys if need be; `on` a date or a moment.
    """
    return (
        rows.order_by()
        .annotate(
            t_kind=Cast(Value(sort), CharField()),
            t_on=Cast(F(on), DateField()),
            t_row=Cast(F("pk"), BigIntegerField()),
            t_code=_text(code, CharField()),
            t_other=_text(other, CharField()),
            t_text=_text(text, TextField()),
            t_who=Cast(F(who) if who else Value(None), BigIntegerField()),
        )
        .values_list("t_kind", "t_on", "t_row", "t_code", "t_other", "t_text", "t_who")
    )


def _text(source: str, as_field: Any) -> Cast:
    return Cast(F(source) if source else Value(""), as_field)


def day_of(moment: Any) -> date:
    """The local day of a moment."""
    return timezone.localdate(moment)
