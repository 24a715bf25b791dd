"""Many rows in one statement each: a column travels as one array, and a value that all rows share as itself.

Django's own bulk statements name every value of every row, which for wide tables costs more than the writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import Field, Model

_PLAIN = frozenset((type(None), str, int, bool, date, datetime, Decimal))


def insert(new: Iterable[Model]) -> None:
    """Insert new records of one model and give them their keys, in the order given."""
    records = list(new)
    if not records:
        return
    meta = records[0]._meta
    columns: list[str] = []
    sources: list[str] = []
    params: list[Any] = []
    arrays: list[tuple[str, list[Any]]] = []
    for field in meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(_quoted(field.column))
        values = [field.pre_save(record, True) for record in records]
        if _all_same(values):
            sources.append(f"%s::{_type(field)}")
            params.append(_prepared(field, values[0]))
        else:
            sources.append(f"v.c{len(arrays)}")
            arrays.append((_type(field), [_prepared(field, value) for value in values]))
    arrays.append(("bigint", list(range(len(records)))))
    sql = (
        f"INSERT INTO {_quoted(meta.db_table)} ({', '.join(columns)}) SELECT {', '.join(sources)} "  # noqa: S608
        f"FROM {_unnest(arrays)} ORDER BY v.c{len(arrays) - 1} RETURNING {_quoted(_key(meta).column)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *(values for _type_name, values in arrays)])
        keys = cursor.fetchall()
    alias = connection.alias
    for record, (pk,) in zip(records, keys, strict=True):
        record.pk = pk
        record._state.adding, record._state.db = False, alias


def update(records: Sequence[Model], names: Iterable[str]) -> None:
    """Write these fields of records that exist."""
    fields = sorted(set(names))
    if not records or not fields:
        return
    meta = records[0]._meta
    arrays = [("bigint", [record.pk for record in records])]
    sets = []
    by_name = {name: field for field in meta.concrete_fields for name in (field.name, field.attname)}
    for name in fields:
        field = by_name[name]
        sets.append(f"{_quoted(field.column)} = v.c{len(arrays)}")
        values = [_prepared(field, getattr(record, field.attname)) for record in records]
        arrays.append((_type(field), values))
    sql = (
        f"UPDATE {_quoted(meta.db_table)} AS t SET {', '.join(sets)} "  # noqa: S608
        f"FROM {_unnest(arrays)} WHERE t.{_quoted(_key(meta).column)} = v.c0"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [values for _type_name, values in arrays])


def _unnest(arrays: Sequence[tuple[str, list[Any]]]) -> str:
    lists = ", ".join(f"%s::{name}[]" for name, _values in arrays)
    return f"unnest({lists}) AS v({', '.join(f'c{number}' for number in range(len(arrays)))})"


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _key(meta: Any) -> Field:
    return meta.pk


def _type(field: Any) -> str:
    """The column's type without a length: a value that is too long is an error, not cut off."""
    column: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(column, models.AutoField):
        return "bigint"
    return re.sub(r"\([^)]*\)", "", column.db_type(connection) or "text")


def _prepared(field: Any, value: Any) -> Any:
    """As the database takes it; what the driver knows by itself is left as it is."""
    if type(value) in _PLAIN and not isinstance(field, models.JSONField):
        return value
    return field.get_db_prep_save(value, connection)


def _all_same(values: list[Any]) -> bool:
    first = values[0]
    return all(value is first or (type(value) is type(first) and value == first) for value in values)
