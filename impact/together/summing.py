"""The sum of released reports as one set of published figures: the same shape as a report's, so the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Municipality
from impact.canonical import plain, sha256
from impact.documents import RATE_WORDS, rate_of
from impact.models import Release
from impact.publishing import SHOWN
from impact.together.adding import Published, added, told
from impact.together.tables import KEYS, of_bureau, sum_tables

SCHEMA = "buurtbaan-together/1"


@dataclass(frozen=True)
class Period:
    """Days over which at least one bureau released a report, and how many did."""

    since: date
    until: date
    bureaus: int = 0

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.since.isoformat()}_{self.until.isoformat()}"


def periods(releases: QuerySet[Release]) -> list[Period]:
    """The newest first."""
    rows = releases.filter(withdrawn_at=None).order_by().values("since", "until")
    found = rows.annotate(bureaus=Count("bureau", distinct=True)).order_by("-until", "-since")
    return [Period(**row) for row in found]


def parts_of(releases: QuerySet[Release], period: Period) -> list[Release]:
    """The newest released report of each bureau over exactly these days, by the bureau's name."""
    rows = releases.filter(withdrawn_at=None, since=period.since, until=period.until)
    newest: dict[int, Release] = {}
    for one in rows.select_related("bureau").order_by("-released_at", "-version", "-pk"):
        if "tables" in one.published:
            newest.setdefault(one.bureau_id, one)
    return sorted(newest.values(), key=lambda one: (one.bureau_name, one.pk))


def without_report(municipality: Municipality, parts: Sequence[Release]) -> list[str]:
    """Bureaus of the municipality that are not in the sum."""
    rows = Bureau.objects.filter(municipality=municipality).exclude(pk__in=[one.bureau_id for one in parts])
    return list(rows.order_by("name", "pk").values_list("name", flat=True))


def together(
    parts: Sequence[Release], *, municipality: Municipality, period: Period, without: Sequence[str] = ()
) -> Published:
    """The sum in the active language, from the published figures of the parts and from nothing else."""
    every = [_named(part) for part in parts]
    tables = sum_tables(every)
    names = dict.fromkeys(name for table in tables for row in table.cells for name in row)
    figures = {name: added(name, every) for name in names if not name.startswith("bureau:")}
    for part in every:
        for key in KEYS:
            name = of_bureau(part["bureau"]["slug"], key.name)
            figures[name] = _of_one(key.name, part, figures[key.name]["unit"])
    return plain(
        {
            "schema": SCHEMA,
            "bureau": {"name": _("Samen: %(name)s") % {"name": municipality.name}, "slug": "samen"},
            "municipality": {"name": municipality.name, "code": municipality.code},
            "period": {"since": period.since, "until": period.until},
            "language": get_language(),
            "figures": figures,
            "tables": [vars(table) for table in tables],
            "parts": [_about(part) for part in parts],
            "without": list(without),
            "notes": list(_notes(every)),
            "rates": _rates(every),
        }
    )


def _of_one(name: str, part: Published, unit: str) -> dict[str, Any]:
    one = told(name, part)
    return {"value": one.value if one.status == SHOWN else None, "status": one.status, "unit": unit}


def _named(part: Release) -> Published:
    """What was published, under the address and the name that the bureau had when it released it."""
    return {**part.published, "bureau": {"slug": part.bureau.slug, "name": part.bureau_name}}


def _about(part: Release) -> dict[str, Any]:
    """Which report it was added up from, and by which rules that was made."""
    said = part.published
    return {
        "report": part.pk,
        "bureau": {"slug": part.bureau.slug, "name": part.bureau_name},
        "version": part.version,
        "language": part.language,
        "released_at": part.released_at,
        "measured_at": said["measured_at"],
        "definitions": said["versions"]["definitions"],
        "disclosure": said["versions"]["disclosure"],
        "threshold": said["threshold"],
        "pdf_sha256": part.pdf_sha256,
        "figures_sha256": part.figures_sha256 or sha256(said),
    }


def _rates(parts: Sequence[Published]) -> list[dict[str, Any]]:
    """Every dated figure that any of the reports rests on, each once."""
    found = {(_rate(one), str(one["value"])): one for part in parts for one in part.get("rates", ())}
    return [found[key] for key in sorted(found)]


def _rate(rate: dict[str, Any]) -> str:
    return f"{rate['kind']}.{rate['key']}"


def _notes(parts: Sequence[Published]) -> Iterator[str]:
    """In what the reports differ, in words: rules, definitions, dated figures, and what one of them lacks."""
    yield from _differ(parts, _("Versie van de uitleg"), lambda part: part["versions"]["definitions"])
    yield from _differ(
        parts, _("Versie van de regel voor kleine aantallen"), lambda part: part["versions"]["disclosure"]
    )
    yield from _differ(parts, _("Kleinste aantal dat er staat"), lambda part: str(part["threshold"]))
    for name in dict.fromkeys(_rate(one) for one in _rates(parts)):
        yield from _differ(parts, str(RATE_WORDS.get(name, name)).capitalize(), partial(_value, name))
    if lacking := [part["bureau"]["name"] for part in parts if part.get("missing")]:
        said = _(
            "Niet alle tarieven waren bekend bij %(bureaus)s. Daarom is er geen besparing van alle bureaus samen."
        )
        yield said % {"bureaus": ", ".join(lacking)}


def _value(name: str, part: Published) -> str:
    """The value of a dated figure in one report; empty where it has none."""
    return next((rate_of(one).value for one in part.get("rates", ()) if _rate(one) == name), "")


def _differ(parts: Sequence[Published], what: str, of: Callable[[Published], str]) -> Iterator[str]:
    """One sentence that names what each bureau has, where they are not the same."""
    found = [(part["bureau"]["name"], of(part)) for part in parts]
    if len({value for _name, value in found}) > 1:
        said = ", ".join(f"{name} {value or '–'}" for name, value in found)
        yield _("%(what)s is niet overal dezelfde: %(said)s.") % {"what": what, "said": said}
