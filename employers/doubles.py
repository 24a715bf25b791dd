"""The same employer twice: who looks alike, in what two differ, and what hangs on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Exists, ManyToOneRel, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.formats import number
from buurtbaan.vocabulary.words import named, words
from employers.models import Contact, Employer, EmployerLogo, Location

STAYS, GOES, BOTH = "stays", "goes", "both"
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "kind": ("kind",),
    "kvk": ("kvk",),
    "sector_name": ("sector_name",),
    "sector": ("sector",),
    "organisation_form": ("organisation_form",),
    "employees": ("employees",),
    "website": ("website",),
    "pso": ("pso_step", "pso_on"),
    "story": ("story",),
    "environment": ("environment",),
    "owner": ("owner_id",),
    "named_in_reports": ("named_in_reports",),
    "paused_until": ("paused_until",),
}
"""What somebody chooses → the columns that follow that choice. The logo is chosen, too, and has its own table."""
HIDDEN_FROM_COUNTS = {"candidates.SafetyRemark"}
"""Moves along like all the rest, and is nobody's to count: it says whom a candidate does not want to meet."""
ALIKE = 0.45
"""Share of equal groups of three letters from which two names may be one company."""
MOST = 8


@dataclass(frozen=True)
class Difference:
    """One field in which two employers differ, each side in words. first: what is chosen to begin with."""

    name: str
    label: str
    stays: str
    goes: str
    first: str
    may_both: bool = False

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and words of what can be chosen."""
        nothing = _("niets ingevuld")
        known = [(STAYS, self.stays or nothing), (GOES, self.goes or nothing)]
        return [*known, (BOTH, _("Allebei samen"))] if self.may_both else known


def relations_to(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Every foreign key that points at `model`, in all apps: what hangs on one of its rows."""
    links = [one for one in model._meta.get_fields(include_hidden=True) if isinstance(one, ManyToOneRel)]
    found = [one.field for one in links if not one.concrete]
    return sorted(found, key=lambda field: (field.model._meta.label, field.name))


def differences(stays: Employer, goes: Employer) -> list[Difference]:
    """Where the two say different things, in the order of the form."""
    known = words(stays.environment, goes.environment)
    sides = [_told(one, known) for one in (stays, goes)]
    labels = _labels()
    return [
        Difference(
            name, labels[name], sides[0][name], sides[1][name], _first(name, stays, goes), _may_both(name, stays, goes)
        )
        for name in labels
        if sides[0][name] != sides[1][name]
    ]  # fmt: skip


def _labels() -> dict[str, str]:
    fields = {one.attname: str(one.verbose_name) for one in Employer._meta.concrete_fields}
    labels = {name: fields[columns[0]] for name, columns in FIELDS.items()}
    return {name: text[:1].upper() + text[1:] for name, text in (labels | {"logo": _("logo")}).items()}


def _told(one: Employer, known: Mapping[int, str]) -> dict[str, str]:
    """Each field in words; empty where nothing is filled in."""
    pso = one.get_pso_step_display() if one.pso_step else ""
    paused = one.paused_until if one.is_paused else None
    return {
        "name": one.name,
        "kind": one.get_kind_display(),
        "kvk": one.kvk,
        "sector_name": one.sector_name,
        "sector": one.sector,
        "organisation_form": one.get_organisation_form_display() if one.organisation_form else "",
        "employees": "" if one.employees is None else number(one.employees),
        "website": one.website,
        "pso": f"{pso}, {date_format(one.pso_on, 'j F Y')}" if one.pso_on else pso,
        "story": one.story,
        "environment": ", ".join(str(word) for word in named(one.environment, dict(known)) or ()),
        "owner": str(one.owner.user) if one.owner else "",
        "named_in_reports": _("ja") if one.named_in_reports else _("nee"),
        "paused_until": date_format(paused, "j F Y") if paused else "",
        "logo": _("dit logo") + f" ({one.logo.width} × {one.logo.height})" if _logo(one) else "",
    }


def _logo(one: Employer) -> EmployerLogo | None:
    return getattr(one, "logo", None)


def _first(name: str, stays: Employer, goes: Employer) -> str:
    """What is safe or known: no name in reports, the longer pause, and otherwise what stays unless it is empty."""
    if name == "named_in_reports":
        return GOES if stays.named_in_reports else STAYS
    if name == "paused_until":
        mine, other = stays.paused_until, goes.paused_until
        return GOES if other and (mine is None or other > mine) else STAYS
    if name == "logo":
        return STAYS if _logo(stays) else GOES
    empty = getattr(stays, FIELDS[name][0]) in (None, "", [])
    return GOES if empty else STAYS


def _may_both(name: str, stays: Employer, goes: Employer) -> bool:
    if name == "environment":
        return bool(stays.environment and goes.environment)
    whole = len(stays.story) + len(goes.story) + 2
    return name == "story" and bool(stays.story and goes.story) and whole <= _longest("story")


def _longest(name: str) -> int:
    return int(getattr(Employer._meta.get_field(name), "max_length", 0) or 0)


def values(stays: Employer, goes: Employer, picks: Mapping[str, str]) -> dict[str, Any]:
    """What the employer that stays will say. picks: name of a field → the side that was chosen."""
    chosen = {
        column: getattr(goes if picks.get(name) == GOES else stays, column)
        for name, columns in FIELDS.items()
        for column in columns
    }
    if picks.get("story") == BOTH:
        chosen["story"] = f"{stays.story}\n\n{goes.story}"
    if picks.get("environment") == BOTH:
        chosen["environment"] = sorted({*(stays.environment or ()), *(goes.environment or ())})
    spoken = [day for day in (stays.last_contact_on, goes.last_contact_on) if day]
    return chosen | {
        "last_contact_on": max(spoken, default=None),
        "import_key": stays.import_key or goes.import_key,
    }


def stamp(stays: Employer, goes: Employer) -> str:
    """What both said when somebody chose, as a short sign: another one means that they chose over something else."""
    told = [
        [one.pk, *(str(getattr(one, column)) for columns in FIELDS.values() for column in columns)]
        for one in (stays, goes)
    ]
    logos = [getattr(_logo(one), "digest", "") for one in (stays, goes)]
    return sha256(repr([told, logos]).encode()).hexdigest()[:32]


def hanging_on(employer: Employer) -> list[tuple[str, int]]:
    """What goes along, in words for one or for more, with how many there are; in one query."""
    shown = [
        field
        for field in relations_to(Employer)
        if not _is_hidden(field) and field.model._meta.label not in HIDDEN_FROM_COUNTS
    ]
    counts = {f"n{place}": _count(field) for place, field in enumerate(shown)}
    rows: QuerySet[Any, Any] = Employer.objects.filter(pk=employer.pk).order_by()
    row = rows.values(**counts).get()
    sums: dict[type[models.Model], int] = defaultdict(int)
    for place, field in enumerate(shown):
        sums[field.model] += row[f"n{place}"]
    found = [
        (str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural), count)
        for model, count in sums.items()
        if count
    ]
    return sorted(found)


def _is_hidden(field: models.Field[Any, Any]) -> bool:
    """Rows that are part of something else that is counted."""
    return field.remote_field is None or field.remote_field.hidden


def _count(field: models.Field[Any, Any]) -> Coalesce:
    rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")}).order_by().values(field.name)
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def alike(employer: Employer, membership: Membership, text: str = "") -> QuerySet[Employer]:
    """Other employers of the bureau that may be the same one, the likeliest first; by name when `text` is given."""
    others = Employer.objects.visible_to(membership).exclude(pk=employer.pk)
    likeness = TrigramSimilarity("name", text or employer.name)
    others = others.annotate(likeness=likeness).select_related("owner__user")
    if text:
        found = others.filter(Q(name__icontains=text) | Q(kvk=text) | Q(likeness__gt=ALIKE))
        return found.order_by("-likeness", "name", "pk")[:MOST]
    places = Location.objects.filter(employer=employer).exclude(Q(postcode="") | Q(address=""))
    same_place = Location.objects.filter(
        Exists(places.filter(postcode=OuterRef("postcode"), address__iexact=OuterRef("address"))),
        employer=OuterRef("pk"),
    )
    people = Contact.objects.filter(employer=employer).exclude(email="")
    same_person = Contact.objects.filter(
        Exists(people.filter(email__iexact=OuterRef("email"))), employer=OuterRef("pk")
    )
    same = Q(likeness__gt=ALIKE) | Exists(same_place) | Exists(same_person)
    if employer.website:
        same |= Q(website__iexact=employer.website)
    return others.filter(same).order_by("-likeness", "name", "pk")[:MOST]
