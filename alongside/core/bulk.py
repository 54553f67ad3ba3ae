"""Adds, changes and finds thousands of rows in one statement, behind the walls like any other. No rules.

Row-level security refuses COPY to the web role, and the ORM spends ten times as long on its objects
as the database on the rows. History and constraints are the tables' own and are kept as ever.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Func, Value

type Values = Mapping[str, Any]  # By the model's own field names; foreign keys by number.


def add_rows(model: type[models.Model], rows: Sequence[Values]) -> list[int]:
    """Add them all; answers their numbers in the same order. What is left out gets its default.

    Every row names the same fields.
    """
    if not rows:
        return []
    table = model._meta.db_table
    fields = _stored(model, rows[0])
    defaults = {f.name: f.get_default() for f in fields if f.name not in rows[0]}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id'))::regclass)"
            " FROM generate_series(1, %s)",
            [table, len(rows)],
        )
        ids = [number for (number,) in cursor.fetchall()]
        numbered = (
            {**defaults, **row, "id": number} for number, row in zip(ids, rows, strict=True)
        )
        names = ", ".join(_column(field) for field in fields)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(_told(f) for f in fields)}"
            f" FROM json_to_recordset(%s) AS r({_types(fields)})",
            [_json(numbered)],
        )
    return ids


def change_rows(model: type[models.Model], names: Iterable[str], rows: Sequence[Values]) -> None:
    """Set the fields of these names, in the rows that `id` names. Every row names every field."""
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in sorted(set(names))]
    identity = model._meta.get_field("id")
    told = ", ".join(f"{_column(field)} = {_told(field)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} t SET {told}"
            f" FROM json_to_recordset(%s) AS r({_types([identity, *fields])}) WHERE t.id = r.id",
            [_json(rows)],
        )


class AmongTexts(Func):
    """Whether a column is one of many texts, sent as one array: `IN` would send each by itself."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, texts: Iterable[str]) -> None:
        array = ArrayField(models.TextField())
        super().__init__(F(column), Value(list(texts), output_field=array))


def _stored(model: type[models.Model], row: Values) -> list[Any]:
    """The columns to write. The database fills in those that have a default of its own."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.primary_key or field.name in row or field.db_default is models.NOT_PROVIDED
    ]


def _column(field: Any) -> str:
    return f'"{field.column}"'


def _told(field: Any) -> str:
    return f'r."{field.name}"'


def _types(fields: Sequence[Any]) -> str:
    return ", ".join(f'"{field.name}" {field.db_type(connection)}' for field in fields)


def _json(rows: Iterable[Values]) -> str:
    return json.dumps(list(rows), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):  # A moment is a date too.
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form that a statement of many rows can carry.")
