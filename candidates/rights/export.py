"""All rows about one person with names that one can read: as JSON to take along, as groups to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import Term
from candidates.models import Candidate
from candidates.rights.reach import (
    LETS_GO,
    Model,
    account_rows,
    account_ways,
    label_of,
    named_without_owning,
    rows_of,
    rows_per_table,
    ways,
)
from candidates.rights.words import GROUPS, is_json_only, is_left_out, label_for, reads, title_of

FORMAT = "buurtbaan-mijn-gegevens-1"
COACH_ONLY = ("candidates.SafetyRemark", "drafts.Draft")
"""Rows that the person and the coach read, and no manager (access matrix)."""
PRINTED_LINES = 150
"""Lines of the trail on paper; the JSON file has all of them."""


@dataclass(frozen=True)
class Item:
    """One field: its name in the table, what it is called, what is noted, and how that reads."""

    name: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True)
class Pile:
    """All rows of one table."""

    table: str
    title: str
    rows: list[list[Item]]


@dataclass(frozen=True)
class Export:
    """Everything about one person at one moment."""

    bureau: str
    name: str
    moment: datetime
    piles: list[Pile]
    readings: list[Reading]
    changes: list[Change]
    names: dict[int, str] = field(default_factory=dict)

    def groups(self) -> list[tuple[str, list[Pile]]]:
        """The piles under the headings of `GROUPS`, empty ones left out."""
        by_table = {pile.table: pile for pile in self.piles if pile.rows}
        found = [(str(title), [by_table.pop(t) for t in tables if t in by_table]) for title, tables in GROUPS]
        found.append((_("Verder"), list(by_table.values())))
        return [(title, piles) for title, piles in found if piles]

    def as_json(self) -> dict[str, Any]:
        """The same for a machine: values as they are kept, with the words beside them."""
        return {
            "format": FORMAT,
            "bureau": self.bureau,
            "name": self.name,
            "made_at": self.moment,
            "rows": {pile.table: [_row(row) for row in pile.rows] for pile in self.piles},
            "titles": {pile.table: pile.title for pile in self.piles},
            "who_looked": [_line(line, ("actor_name", "role", "what", "reason")) for line in self.readings],
            "who_changed": [self._change(line) for line in self.changes],
        }

    def _change(self, line: Change) -> dict[str, Any]:
        told = _line(line, ("role", "reason", "table", "row_id", "action", "before", "after"))
        return {**told, "who": self.names.get(line.actor_id or 0, "")}


def _row(items: list[Item]) -> dict[str, Any]:
    return {item.name: {"label": item.label, "value": item.value, "text": item.text} for item in items}


def _line(line: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"at": line.at, **{name: getattr(line, name) for name in names}}


def everything_about(candidate: Candidate, *, reader: Membership) -> Export:
    """All rows about a person, read within the whole bureau so that no wall hides one; who asks was checked before.

    A manager gets everything but what only coach and candidate may read.
    """
    skip = COACH_ONLY if reader.role == Role.MANAGER else ()
    with scoped(Scope.for_bureau(candidate.bureau, reason="export")):
        piles = [pile for pile in _piles(candidate) if pile.table not in skip]
        readings = list(Reading.objects.filter(candidate_id=candidate.pk).order_by("-at", "-pk"))
        changes = Change.objects.filter(candidate_id=candidate.pk).order_by("-at", "-pk")
        if skip:
            changes = changes.exclude(table__in=[label.lower().replace(".", "_") for label in skip])
        lines = list(changes)
        actors = {line.actor_id for line in lines if line.actor_id}
        members = Membership.objects.filter(pk__in=actors).select_related("user")
        return Export(
            bureau=candidate.bureau.name, name=candidate.full_name, moment=timezone.now(), piles=piles,
            readings=readings, changes=lines, names={m.pk: str(m.user) for m in members},
        )  # fmt: skip


def contents_of(candidate: Candidate) -> list[tuple[str, int]]:
    """What the reader may see of a person, in a word and a number each; one query."""
    numbers = rows_per_table([candidate.pk])
    names = {label_of(model): title_of(model) for model in ways()}
    return [(names[label], number) for label, number in numbers.items()]


def _piles(candidate: Candidate) -> Iterator[Pile]:
    """Every model that hangs on the person, in the order of GROUPS, then the others, then the account."""
    terms = {term.pk: term.label for term in Term.objects.all()}
    order = [label for _title, labels in GROUPS for label in labels]
    models = {label_of(model): model for model in ways()}
    user = Membership.objects.filter(candidate=candidate).values_list("user", flat=True).first()
    for name in [*(name for name in order if name in models), *(n for n in models if n not in order)]:
        rows = rows_of(models[name], candidate)
        if user and models[name] in account_ways():
            rows |= account_rows(models[name], user)
        yield _pile(models[name], rows, terms)
    for name, (model, key) in named_without_owning().items():
        if name in LETS_GO and label_of(model) not in models:
            rows = model._base_manager.filter(**{key.name: candidate.pk}).order_by("pk")
            yield _pile(model, rows, terms)
    for model in account_ways() if user else ():
        if label_of(model) not in models:
            yield _pile(model, account_rows(model, user), terms)  # type: ignore[arg-type]


def _pile(model: Model, rows: Any, terms: dict[int, str]) -> Pile:
    fields = [f for f in model._meta.concrete_fields if not is_left_out(model, f.name)]
    apart = [_joined(f) for f in fields if f.is_relation and not _is_own(f)]
    found = rows.select_related(*apart) if apart else rows
    return Pile(label_of(model), title_of(model), [[_item(f, row, terms) for f in fields] for row in found])


def _is_own(field: Any) -> bool:
    """Whether a key leads to another row about the person; a role is told by its name, whoever's it is."""
    return field.related_model in ways() and field.related_model is not Membership


def _joined(field: Any) -> str:
    return f"{field.name}__user" if field.related_model is Membership else field.name


def _item(field: Any, row: Any, terms: dict[int, str]) -> Item:
    """A key to another row about the person is told by its number; keys to others by their name."""
    value = getattr(row, field.attname)
    if field.is_relation and _is_own(field):
        return Item(
            field.name, label_for(field), value, "" if value is None else _("nr. %(n)s") % {"n": value}
        )
    words = terms if isinstance(field, ArrayField) and isinstance(field.base_field, IntegerField) else {}
    kept = [value.lower, value.upper] if hasattr(value, "upper_inc") else value
    text = "" if is_json_only(type(row), field.name) else reads(field, row, words)
    return Item(field.name, label_for(field), kept, text)
