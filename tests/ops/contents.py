"""What a database holds, apart from the numbers of its rows and the clock on the wall.

A row is told by what it says: a reference to another row by what that one says, in turn.
"""

import hashlib
import json
import re
from collections import Counter
from datetime import datetime
from typing import Any

import psycopg
from django.apps import apps
from django.db import models

# Columns that differ each time by design, with why.
LEFT_OUT = {
    "core_storedfile.path": "a file's name on the disk is drawn by lot",
    "core_auditseal.hash": "it covers the number of the line",
    "core_auditseal.entry_id": "seals follow the numbers of lines",
    "core_rowhistory.row_id": "the number of a row",
    "django_migrations.applied": "when the template was made",
}
# Numbers of rows inside texts: addresses of pages, references, what an audit line is about.
ADDRESS = re.compile(r"(?<=/)\d+(?=/)")
REFERENCE = re.compile(r"\b([CR])-\d{5}\b")
SUBJECT = re.compile(r"(?<=[a-z] )\d+$")
# Numbers of rows inside an audit line's detail, and inside what a row of history held before.
NUMBERED = {"case", "previous", "action", "target", "targets", "registers", "id"}


class Contents:
    """Every row of every table, by name of the table: how often each content stands there."""

    def __init__(self, url: str, began: datetime) -> None:
        self._began = began
        self._labels: dict[tuple[str, Any], str] = {}
        self._models = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
        with psycopg.connect(url) as connection:
            self._rows = {table: _read(connection, m) for table, m in self._models.items()}

    def tables(self) -> dict[str, Counter[str]]:
        return {
            table: Counter(self._content(table, row) for row in rows.values())
            for table, rows in self._rows.items()
        }

    def _content(self, table: str, row: dict[str, Any]) -> str:
        said = {}
        for field in self._models[table]._meta.concrete_fields:
            name = field.column
            if field.primary_key and isinstance(field, models.AutoField):
                continue
            if f"{table}.{name}" not in LEFT_OUT:
                said[name] = self._value(field, row[name])
        return json.dumps(said, sort_keys=True, default=str)

    def _value(self, field: "models.Field[Any, Any]", value: Any) -> Any:
        if value is None:
            return None
        if field.remote_field:
            return self._label(field.remote_field.model._meta.db_table, value)
        if isinstance(field, models.DateTimeField):
            return self._moment(value)
        if field.name in ("pupil_id", "pupil_ids"):
            return value  # Pupils are made in order, before anything side by side.
        return self._without_numbers(value, field.name)

    def _moment(self, value: str) -> str:
        is_now = datetime.fromisoformat(value) >= self._began
        return "by the clock on the wall" if is_now else value

    def _without_numbers(self, value: Any, name: str = "") -> Any:
        if name in NUMBERED or name.endswith(("_id", "_ids")):
            return f"# × {len(value)}" if isinstance(value, list) else "#"
        if isinstance(value, dict):
            return {k: self._without_numbers(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [self._without_numbers(one) for one in value]
        if value and name.endswith("_at"):
            return self._moment(value)
        return _plain(value) if isinstance(value, str) else value

    def _label(self, table: str, key: Any) -> str:
        """What the row that is referred to says, in short."""
        if (table, key) not in self._labels:
            content = self._content(table, self._rows[table][key])
            self._labels[table, key] = hashlib.sha256(content.encode()).hexdigest()[:12]
        return self._labels[table, key]


def _read(connection: psycopg.Connection[Any], model: type[models.Model]) -> dict[Any, Any]:
    key = model._meta.pk.column
    found = connection.execute(f"SELECT to_jsonb(t) FROM {model._meta.db_table} t").fetchall()
    return {row[key]: row for (row,) in found}


def _plain(text: str) -> str:
    return SUBJECT.sub("#", REFERENCE.sub(r"\1-#", ADDRESS.sub("#", text)))
