"""Operations that go together say to the database what they say one by one, there and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from buurtbaan import together

Key = models.BigAutoField
BEFORE = ModelState("proof", "Street", [("id", Key(primary_key=True))], {"constraints": [], "indexes": []})


def street(name: str) -> Any:
    return models.ForeignKey("proof.street", models.CASCADE, related_name=name)


OPERATIONS: list[Operation] = [
    migrations.CreateModel("House", [("id", Key(primary_key=True)), ("street", street("houses"))]),
    migrations.AddField("street", "first", models.ForeignKey("proof.house", models.SET_NULL, null=True)),
    migrations.AddField("street", "length", models.IntegerField(default=3)),
    migrations.AddConstraint(
        "street", models.CheckConstraint(condition=models.Q(length__gt=0), name="street_has_length")
    ),
    migrations.AddConstraint(
        "street",
        models.UniqueConstraint(fields=["first"], condition=models.Q(length__gt=5), name="street_first_once"),
    ),
    migrations.AddIndex("street", models.Index(fields=["length"], name="street_length")),
    migrations.RunSQL("SELECT 1", "SELECT 2"),
    migrations.AddField("house", "number", models.IntegerField(null=True)),
    migrations.CreateModel("Door", [("id", Key(primary_key=True)), ("street", street("doors"))]),
    migrations.AddField("door", "colour", models.CharField(max_length=9, default="")),
    migrations.AlterField("street", "length", models.BigIntegerField(default=3)),
]


def names(rows: Any) -> list[list[str]]:
    return [[type(operation).__name__ for operation in row] for row in rows]


def test_a_row_ends_where_one_works_on_what_another_made() -> None:
    assert names(together.rows(OPERATIONS)) == [
        ["CreateModel", "AddField", "AddField", "AddConstraint", "AddConstraint", "AddIndex"],
        ["RunSQL"],
        ["AddField", "CreateModel"],
        ["AddField"],
        ["AlterField"],
    ]


def test_an_operation_of_another_kind_stays_by_itself() -> None:
    class Own(migrations.AddField):
        """Looks at more than Django's own does."""

    own = Own("street", "length", models.IntegerField(default=3))
    assert names(together.rows([OPERATIONS[0], own])) == [["CreateModel"], ["Own"]]


@pytest.mark.parametrize("way", ["apply", "unapply"])
@pytest.mark.parametrize("drawn", [True, False])
def test_the_database_is_told_the_same_in_the_same_order(way: str, drawn: bool, db: None) -> None:
    said = {}
    for kind in (migrations.Migration, together.Migration):
        one = type("Migration", (kind,), {"operations": OPERATIONS})("0002_houses", "proof")
        state = ProjectState({("proof", "street"): BEFORE.clone()})
        if drawn:
            assert state.apps
        with connection.schema_editor(collect_sql=True) as editor:
            getattr(one, way)(state, editor, collect_sql=True)
        said[kind] = [line for line in editor.collected_sql if not line.startswith("--")]
        if way == "apply":
            models_now = state.apps.get_models()
            assert {f"{m._meta.model_name}: {len(m._meta.get_fields())}" for m in models_now} == {
                "street: 5", "house: 4", "door: 3",
            }  # fmt: skip
    assert said[together.Migration] == said[migrations.Migration] != []
