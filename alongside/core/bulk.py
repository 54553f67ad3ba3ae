"""Adds, changes and finds thousands of rows in one statement, behind the walls like any other. No rules.

Row-level security refuses COPY to the web role, and the ORM spends ten times as long on its objects
as the database on the rows. History and constraints are the tables' own and are kept as ever.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Func, Value

# Two marks that no text of ours holds: ASCII keeps them for this.
BETWEEN, NOTHING = "\x1f", "\x1e"
WITHOUT_MARKS = str.maketrans("", "", f"{BETWEEN}{NOTHING}\x00")

type Values = Mapping[str, Any]  # By the model's own field names; foreign keys by number.


def add_rows(model: type[models.Model], rows: Sequence[Values]) -> list[int]:
    """Add them all; answers their numbers in the same order. What is left out gets its default.

    Every row names the same fields.
    """
    if not rows:
        return []
    table = model._meta.db_table
    fields = _stored(model, rows[0])
    told = [field for field in fields if field.name in rows[0]]
    defaults = {f.name: f.get_default() for f in fields if f.name not in rows[0]}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id'))::regclass)"
            " FROM generate_series(1, %s)",
            [table, len(rows)],
        )
        ids = [number for (number,) in cursor.fetchall()]
        values = {name: [value] * len(rows) for name, value in defaults.items()}
        values |= {field.name: [row[field.name] for row in rows] for field in told}
        values["id"] = ids
        names = ", ".join(_column(field) for field in fields)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT * FROM {_sent(fields)}",
            [_joined(values[field.name]) for field in fields],
        )
    return ids


def change_rows(model: type[models.Model], names: Iterable[str], rows: Sequence[Values]) -> None:
    """Set the fields of these names, in the rows that `id` names. Every row names every field."""
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in sorted(set(names))]
    sent = [model._meta.get_field("id"), *fields]
    told = ", ".join(f"{_column(field)} = r.{_column(field)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} t SET {told} FROM {_sent(sent)} WHERE t.id = r.id",
            [_joined([row[field.name] for row in rows]) for field in sent],
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


def _sent(fields: Sequence[Any]) -> str:
    """A column is one text, its values between marks: read twenty times as fast as JSON is.

    An empty value stands first, because a text without a letter would be no values instead of one.
    """
    arrays = (
        f"(string_to_array(%s, '{BETWEEN}', '{NOTHING}'))[2:]::{field.db_type(connection)}[]"
        for field in fields
    )
    return f"unnest({', '.join(arrays)}) AS r({', '.join(map(_column, fields))})"


def _joined(values: Sequence[Any]) -> str:
    return BETWEEN + BETWEEN.join(map(_text, values))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value if value.isprintable() else value.translate(WITHOUT_MARKS)
    if value is None:
        return NOTHING
    if isinstance(value, dict | list):
        return json.dumps(value)  # Which writes a mark as an escape.
    return str(value)
