"""What was released before: a later report must not give away, by subtraction, what an earlier one hid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from buurtbaan.bureaus.models import Bureau
from impact import snapshots
from impact.canonical import plain, sha256
from impact.disclosure import PRINTED, Protection
from impact.figures import Figures
from impact.models import ImpactReport, Release
from impact.publishing import RULE, exact
from impact.rest import DAYS, fewest_left
from impact.web import Earlier, Unit, crossing, cuts_of, units_of, within
from matching.rules import RULES_VERSION


def frozen(figures: Figures, guard: Protection, earlier: Sequence[Earlier] = ()) -> dict[str, Any]:
    """What a snapshot keeps: the exact figures, what was printed, hidden and proven, and beside which reports."""
    printed = [name for name, number in guard.web.numbers.items() if number.part in PRINTED]
    return dict(
        plain(
            {
                "figures": _with_text_keys(asdict(figures)),
                "counts": dict(figures.counts),
                "exact": exact(figures),
                "printed": sorted(set(printed) - guard.hidden),
                "hidden": sorted(guard.hidden),
                "proof": guard.tables,
                "beside": sorted(report.key for report in earlier),
            }
        )
    )


def versions(frozen: dict[str, Any]) -> dict[str, str]:
    """By which rules a snapshot was made: of matching, of disclosure, and with which dated figures."""
    return {"matching": RULES_VERSION, "disclosure": RULE, "rates": sha256(frozen["figures"]["rates"])}


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text_keys(item) for item in value]
    return value


def released(bureau: Bureau) -> list[Earlier]:
    """Every report of the bureau that a municipality could read, withdrawn ones too: they were read."""
    found = Release.objects.filter(bureau=bureau).select_related("report__snapshot").order_by("until", "pk")
    return [
        Earlier(
            key=str(item.report_id),
            since=item.since,
            until=item.until,
            printed=frozenset(item.report.snapshot.figures.get("printed", ())),
            hidden=frozenset(item.report.snapshot.figures.get("hidden", ())),
            counts=item.report.snapshot.figures.get("counts", {}),
            proof=item.report.snapshot.figures.get("proof", []),
            told=_told(item.published, item.report.snapshot.figures),
        )
        for item in found
        if item.report.snapshot
    ]


def _told(published: dict[str, Any], frozen: dict[str, Any]) -> dict[str, Decimal]:
    """What a report printed beside counts of people; and with a sum saved the days behind it, which the rates tell."""
    found = {
        name: Decimal(str(figure["value"]))
        for name, figure in published.get("figures", {}).items()
        if figure["status"] == "shown" and figure["unit"] != "people"
    }
    if any(name.startswith("saved:") for name in found):
        days = frozen.get("figures", {}).get("benefit_days", ())
        found |= {name: Decimal(str(value)) for name, value in zip(DAYS, days, strict=False)}
    return found


def measure(
    bureau: Bureau, *, since: date, until: date, reports: Sequence[Earlier]
) -> tuple[Figures, list[Unit]]:
    """The figures of a period, and its events per stretch of time that an earlier report covers."""
    nested = inside(reports, since, until)
    cuts = cuts_of(nested, since, until)
    figures = snapshots.measure(bureau, since=since, until=until, cuts=cuts)
    figures.rest = fewest_left(bureau, since, until, nested)
    return figures, units_of(cuts, until, figures.units)


def inside(reports: Sequence[Earlier], since: date, until: date) -> list[Earlier]:
    """Earlier reports whose days all lie in this period."""
    return within(reports, since, until)


def overlapping(bureau: Bureau, since: date, until: date) -> bool:
    """Whether a released report shares a part of its days with this period: a bar to release."""
    return bool(crossing(released(bureau), since, until))


def outdated(report: ImpactReport) -> bool:
    """Whether reports were released within this one's period since it was made: it did not reckon with them."""
    if report.snapshot is None:
        return False
    now = sorted(item.key for item in inside(released(report.bureau), report.since, report.until))
    return bool(now != report.snapshot.figures.get("beside", []))


def one_at_a_time(bureau: Bureau) -> None:
    """Until the end of the transaction, let nobody else release a report of this bureau."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('release'), %s)", [bureau.pk])
