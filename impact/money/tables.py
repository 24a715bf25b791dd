"""The tables of the chapter on money besides assignments, flows and savings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from impact.enums import Stakeholder
from impact.figures import Figures
from impact.layout import Table

Rows = tuple[tuple[str, str], ...]


def money_tables(figures: Figures) -> list[Table]:
    """Those of which anything was measured."""
    known = {one.name: one for one in figures.amounts}
    found = [
        _funds(figures),
        _budgets(figures),
        _cashbook(set(known)),
        _social_return() if "sroi:noted" in known else None,
    ]
    return [table for table in found if table]


def _funds(figures: Figures) -> Table | None:
    rows: Rows = tuple(
        (one.name.removeprefix("funds:"), one.label or _("Totaal"))
        for one in figures.amounts
        if one.name.startswith("funds:")
    )
    if not rows:
        return None
    cells = tuple((f"funds:{key}",) for key, _label in rows)
    columns = (("hours", _("Uren")),)
    return Table("funds", "fund_hours", _("Uren per fonds"), _("Fonds"), rows, columns, cells, total=True)


def _budgets(figures: Figures) -> Table | None:
    if not figures.people("budget:people"):
        return None
    rows = (
        ("people", _("Mensen met een budget")),
        ("earned", _("Erbij verdiend, in euro")),
        ("spent", _("Besteed aan scholing, in euro")),
        ("left", _("Over aan het eind, in euro")),
    )
    cells = tuple((f"budget:{key}",) for key, _label in rows)
    columns = (("value", _("Aantal of bedrag")),)
    return Table("budget", "budgets", _("Opleidingsbudgetten"), _("Wat"), rows, columns, cells)


def _cashbook(known: set[str]) -> Table | None:
    words = dict(Stakeholder.choices)
    codes = [code for code in Stakeholder.values if f"cashbook:{code}:count" in known]
    if not codes:
        return None
    rows = (*((code, str(words[code])) for code in codes), ("total", _("Totaal")))
    columns = (("count", _("Activiteiten")), ("cost", _("Kosten")), ("value", _("Waarde")))
    cells = tuple(tuple(f"cashbook:{code}:{what}" for what, _word in columns) for code, _label in rows)
    return Table(
        "cashbook", "cashbook", _("Sociaal kasboek"), _("Voor wie"), rows, columns, cells, total=True
    )


def _social_return() -> Table:
    rows = (
        ("noted", _("Waarde van alles wat is opgeschreven")),
        ("agreed", _("Waarvan goedgekeurd door de opdrachtgever")),
        ("unknown", _("Inspanningen waarvan de waarde onbekend is")),
    )
    columns = (("value", _("Waarde of aantal")),)
    cells = tuple((f"sroi:{key}",) for key, _label in rows)
    title = _("Social return: gedachte waarde, geen besparing")
    return Table("sroi", "sroi", title, _("Wat"), rows, columns, cells)
