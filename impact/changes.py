"""What changed since the last report, in words that tell nothing about anybody.

Only figures that both reports print are set side by side; how many people it was about is told as nobody, fewer than
the threshold, or the threshold and more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.models import Bureau
from impact.figures import Figures
from impact.models import Release
from impact.statements import rows

NOBODY, FEW, MANY = "nobody", "few", "many"
SAME, WITHIN, BEFORE = "same", "within", "before"
TOLD: dict[str, Promise] = {
    "funnel:entered": gettext_lazy("Ingestapt"),
    "funnel:intake": gettext_lazy("Intake"),
    "funnel:introduced": gettext_lazy("Kennismaking"),
    "funnel:started": gettext_lazy("Begonnen met werk"),
    "worked": gettext_lazy("Aan het werk in de periode"),
    "kept:13:still": gettext_lazy("Na 13 weken nog aan het werk"),
    "kept:26:still": gettext_lazy("Na 26 weken nog aan het werk"),
}


def since_last(bureau: Bureau, figures: Figures) -> dict[str, Any] | None:
    """Beside which earlier report this one lies, and how much of its data changed; None for a first report.

    Call it within `one_moment`, as the figures. The last report over the same days, or else the last within them, or
    else the last before them.
    """
    found = _last(bureau, figures)
    if found is None:
        return None
    kind, release = found
    published = release.published
    return {
        "kind": kind,
        "since": release.since,
        "until": release.until,
        "version": release.version,
        "measured_at": published.get("measured_at"),
        "versions": published.get("versions", {}),
        "rates": [_rate(vars(rate)) for rate in figures.rates]
        != [_rate(r) for r in published.get("rates", [])],
        "why": None if kind == BEFORE else _why(bureau, release, figures.threshold),
        "before": published.get("figures", {}) if kind == SAME else {},
    }


def _last(bureau: Bureau, figures: Figures) -> tuple[str, Release] | None:
    every = Release.objects.filter(bureau=bureau, withdrawn_at=None).select_related("report__snapshot")
    released = every.order_by("-until", "-released_at", "-pk")
    for kind, there in (
        (SAME, released.filter(since=figures.since, until=figures.until)),
        (WITHIN, released.filter(since__gte=figures.since, until__lte=figures.until)),
        (BEFORE, released.filter(until__lt=figures.since)),
    ):
        if release := there.first():
            return kind, release
    return None


def _rate(rate: dict[str, Any]) -> tuple[str, str, Decimal]:
    return str(rate["kind"]), str(rate["key"]), Decimal(str(rate["value"]))


def _why(bureau: Bureau, release: Release, threshold: int) -> dict[str, str] | None:
    snapshot = release.report.snapshot
    if snapshot is None:
        return None
    values = {
        "bureau": bureau.pk,
        "since": release.since,
        "until": release.until,
        "moment": snapshot.computed_at,
    }
    names = ("late", "corrected", "erased")
    return {
        name: NOBODY if not people else FEW if people < threshold else MANY
        for name, people in zip(names, rows("changes", values)[0], strict=True)
    }


def beside(changes: dict[str, Any] | None, now: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """The same for the published report: the earlier figures only where both reports print them."""
    if changes is None:
        return None
    before = changes["before"]
    both = {
        name: figure["value"]
        for name, figure in now.items()
        if figure["status"] == "shown" and before.get(name, {}).get("status") == "shown"
    }
    told = {n: {"before": before[n]["value"], "now": both[n]} for n in TOLD if n in both}
    other = sum(_differs(before[name]["value"], value) for name, value in both.items())
    counts = {"compared": len(both), "different": other} if changes["kind"] == SAME else None
    return {**{k: v for k, v in changes.items() if k != "before"}, "figures": told, "counts": counts}


def _differs(before: Any, now: Any) -> bool:
    return Decimal(str(before)) != Decimal(str(now))


@dataclass(frozen=True)
class Line:
    """A total as the earlier report had it and as it is now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Changed:
    """What the report says about it, in the active language."""

    since: date
    until: date
    version: int
    measured_at: datetime | None
    sentences: tuple[str, ...]
    lines: tuple[Line, ...]


def told(published: dict[str, Any]) -> Changed | None:
    """The changes as sentences and lines; None in a report that lies beside no other."""
    changes = published.get("changes")
    if not changes:
        return None
    return Changed(
        since=date.fromisoformat(changes["since"]),
        until=date.fromisoformat(changes["until"]),
        version=changes["version"],
        measured_at=parse_datetime(changes["measured_at"] or ""),
        sentences=tuple(_sentences(published, changes)),
        lines=tuple(
            Line(str(TOLD[name]), str(pair["before"]), str(pair["now"]))
            for name, pair in changes["figures"].items()
            if name in TOLD
        ),
    )


def _sentences(published: dict[str, Any], changes: dict[str, Any]) -> list[str]:
    was, now = changes["versions"], published["versions"]
    found = [_version(_("De uitleg van de cijfers"), was.get("definitions"), now["definitions"])]
    found.append(_version(_("De regel voor kleine aantallen"), was.get("disclosure"), now["disclosure"]))
    found.append(
        _("De tarieven waarmee we rekenen zijn veranderd; ze staan bij het geld.")
        if changes["rates"]
        else _("De tarieven waarmee we rekenen zijn dezelfde.")
    )
    words = {
        "late": _("Mensen over wie later nog iets is ingevuld over die dagen: %(people)s."),
        "corrected": _("Mensen van wie iets is verbeterd: %(people)s."),
        "erased": _("Mensen van wie de gegevens zijn gewist: %(people)s. Zij tellen zonder naam mee."),
    }
    for name, people in (changes["why"] or {}).items():
        found.append(words[name] % {"people": _band(people, published["threshold"])})
    if counts := changes["counts"]:
        found.append(
            _("Van de %(compared)s cijfers die in beide rapporten staan, zijn er %(different)s anders.")
            % counts
        )
    return found


def _version(what: str, was: str | None, now: str) -> str:
    if was == now:
        return _("%(what)s is dezelfde gebleven (versie %(now)s).") % {"what": what, "now": now}
    return _("%(what)s is veranderd: van versie %(was)s naar versie %(now)s.") % {
        "what": what,
        "was": was or _("onbekend"),
        "now": now,
    }


def _band(people: str, threshold: int) -> str:
    if people == NOBODY:
        return _("niemand")
    return (_("minder dan %(n)s") if people == FEW else _("%(n)s of meer")) % {"n": threshold}
