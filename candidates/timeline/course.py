"""The way through the stages, and what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.choices import label
from candidates.enums import Rung, Stage
from candidates.models import Candidate
from candidates.timeline.base import Happening, Kind, Known, Told, columns


def _stage_rows(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    moves = candidate.stage_changes.exclude(from_stage="")
    return {"stage": columns(moves, "stage", "on", code="to_stage", text="note")}


def _stage(to: str, _from: str) -> Told:
    return _("Nu: %(stage)s") % {"stage": label(list(Stage.choices), to)}, "flag", "quiet"


def _measured(known: Known) -> Iterator[Happening]:
    for one in known.measurements:
        potential = "" if one.potential is None else str(one.potential)
        yield Happening("rung", one.measured_on, one.pk, str(one.rung), potential, one.wellbeing, one.by_id)
    for said in known.wellbeings:
        yield Happening("wellbeing", said.filled_on, said.pk, "", "", said.words, said.by_id)


def _rung(rung: str, potential: str) -> Told:
    now = _("Meting: trede %(rung)s, %(name)s") % {"rung": rung, "name": Rung(int(rung)).label.lower()}
    if potential:
        now += _(". Kan groeien naar trede %(rung)s") % {"rung": potential}
    return now, "chart", "quiet"


def _wellbeing(_code: str, _other: str) -> Told:
    return _("Vertelde hoe het gaat"), "sun", "accent"


STAGES = Kind(gettext_lazy("Fasen"), {"stage": _stage}, rows=_stage_rows)
MEASURES = Kind(gettext_lazy("Metingen"), {"rung": _rung, "wellbeing": _wellbeing}, known=_measured)
