"""The small tables about one person, read along with the candidate in a single query."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import RawSQL

from candidates.models import (
    BudgetLine,
    Candidate,
    CandidateQuerySet,
    Consent,
    Correction,
    Goal,
    Measurement,
    Step,
    Wellbeing,
)

Row = TypeVar("Row", bound=models.Model)


def with_small_tables(people: CandidateQuerySet) -> CandidateQuerySet:
    """Candidates with measurements, consents, goals, steps and wellbeing as lists of rows, in each model's order."""
    return people.annotate(
        all_measurements=_rows(Measurement),
        all_consents=_rows(Consent),
        all_corrections=_rows(Correction),
        all_goals=_rows(Goal),
        all_steps=_rows(Step),
        all_wellbeings=_rows(Wellbeing),
        budget_balance=_balance(),
    )


def _balance() -> Subquery:
    """What stands in the training budget; None where nothing was ever booked."""
    lines = BudgetLine.objects.filter(candidate=OuterRef("pk")).order_by("-number")
    return Subquery(lines.values("balance")[:1])


@cache
def _rows(model: type[models.Model]) -> RawSQL:
    """Written out, because Django takes longer to put this together than PostgreSQL to answer it."""
    names = [str(name).replace("pk", "id") for name in model._meta.ordering or ["pk"]]
    order = ", ".join(f"t.{name[1:]} DESC" if name.startswith("-") else f"t.{name}" for name in names)
    sql = (
        f"SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY {order}), '[]') "  # noqa: S608 - names of our own
        f"FROM {model._meta.db_table} t WHERE t.candidate_id = candidates_candidate.id"
    )
    return RawSQL(sql, [], models.JSONField())  # noqa: S611 - a constant of ours


def small_table(candidate: Candidate, model: type[Row], name: str) -> list[Row]:
    """One of those lists; asked from the database where the candidate was read without them."""
    rows: list[dict[str, Any]] | None = getattr(candidate, f"all_{name}", None)
    if rows is None:
        return list(getattr(candidate, name).all())
    return [_made(model, row) for row in rows]


def _made(model: type[Row], row: dict[str, Any]) -> Row:
    """An instance as if it had been read by itself."""
    values = [field.to_python(row[field.attname]) for field in model._meta.concrete_fields]
    return model.from_db(None, [field.attname for field in model._meta.concrete_fields], values)


def goals_of(candidate: Candidate) -> list[Goal]:
    """Goals in their order, each with its steps."""
    goals = small_table(candidate, Goal, "goals")
    steps: dict[int, list[Step]] = {}
    for step in small_table(candidate, Step, "steps"):
        steps.setdefault(step.goal_id, []).append(step)
    for goal in goals:
        mine = steps.get(goal.pk, [])
        goal._prefetched_objects_cache = {"steps": _held(goal, mine)}  # type: ignore[attr-defined]
    return goals


def _held(goal: Goal, steps: list[Step]) -> Any:
    """What `prefetch_related` leaves behind, so that `goal.steps.all()` asks nothing."""
    rows: Any = goal.steps.all()
    rows._result_cache = steps
    rows._prefetch_done = True
    for step in steps:
        step.goal = goal
    return rows
