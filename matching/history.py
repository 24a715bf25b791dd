"""What was done to a placement, told line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.formats import hours_week
from buurtbaan.ui.pieces import Text
from buurtbaan.vocabulary import dayparts
from employers.enums import WorkForm
from employers.models import Contact
from matching.enums import Destination, EndReason, Said
from matching.models import Placement, PlacementChange

CHOICES = {"form": WorkForm, "end_reason": EndReason, "destination": Destination, "end_said_by": Said}


@dataclass(frozen=True)
class Told:
    """One act with the lines that say what it changed."""

    change: PlacementChange
    lines: list[str]


def tell_changes(changes: Iterable[PlacementChange]) -> list[Told]:
    """The acts as they are shown; names of people are read at once."""
    found = list(changes)
    names = _names(found)
    return [Told(one, [*_fields(one, names), *_steps(one)]) for one in found]


def _names(changes: list[PlacementChange]) -> dict[str, dict[int, str]]:
    """Names of the colleagues and contacts that the lines mention."""
    ids: dict[str, set[int]] = {"job_coach_id": set(), "supervisor_contact_id": set()}
    for one in changes:
        for state in (one.was, one.became):
            for name, known in ids.items():
                if value := state.get("fields", {}).get(name):
                    known.add(value)
    coaches, contacts = ids["job_coach_id"], ids["supervisor_contact_id"]
    people = Membership.objects.filter(pk__in=coaches).select_related("user") if coaches else []
    known_contacts = Contact.objects.filter(pk__in=contacts) if contacts else []
    return {
        "job_coach_id": {one.pk: str(one.user) for one in people},
        "supervisor_contact_id": {one.pk: one.name for one in known_contacts},
    }


def _fields(change: PlacementChange, names: dict[str, dict[int, str]]) -> list[str]:
    became = change.became.get("fields", {})
    lines = []
    for name, was in change.was.get("fields", {}).items():
        field = Placement._meta.get_field(name.removesuffix("_id"))
        label = str(getattr(field, "verbose_name", name))
        words = {
            "what": label[:1].upper() + label[1:],
            "was": _words(name, was, names),
            "now": _words(name, became.get(name), names),
        }
        pattern = _("%(what)s: %(now)s") if was in (None, "") else _("%(what)s: van %(was)s naar %(now)s")
        lines.append(pattern % words)
    return lines


def _words(name: str, value: Any, names: dict[str, dict[int, str]]) -> Text:
    if value in (None, ""):
        return _("niets")
    if name in names:
        return names[name].get(value, _("iemand die er niet meer is"))
    if name in CHOICES:
        return CHOICES[name](value).label
    if name == "dayparts":
        return dayparts.text(value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name.endswith("_on"):
        return day(value)
    return str(value)


def day(value: str) -> str:
    return date_format(date.fromisoformat(value), "j F Y")


def _steps(change: PlacementChange) -> list[str]:
    """Which steps came, went, or became others; only where an act was about hours."""
    if "steps" not in change.was or "ended_on" in change.was.get("fields", {}):
        return []
    before = {row[0]: row for row in change.was["steps"]}
    after = {row[0]: row for row in change.became["steps"]}
    lines = []
    for pk, row in after.items():
        if pk not in before:
            lines.append(_("%(hours)s vanaf %(day)s") % _level(row))
        elif (row[3], row[1]) != (before[pk][3], before[pk][1]):
            words = {"was": _("%(hours)s vanaf %(day)s") % _level(before[pk])}
            words["now"] = _("%(hours)s vanaf %(day)s") % _level(row)
            lines.append(_("Van %(was)s naar %(now)s") % words)
        elif row[4] != before[pk][4]:
            lines.append(_("Andere woorden bij %(hours)s vanaf %(day)s") % _level(row))
    lines += [
        _("Weggehaald: %(hours)s vanaf %(day)s") % _level(row)
        for pk, row in before.items()
        if pk not in after
    ]
    return lines


def _level(row: list[Any]) -> dict[str, str]:
    return {"hours": hours_week(Decimal(row[3])), "day": day(row[1])}
