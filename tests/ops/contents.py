"""What a database holds, apart from the numbers of its rows and the clock on the wall.

A row is told by what it says: a reference to another row by what that one says, in turn. So are the
numbers of rows inside JSON. A number that nobody said the table of stays as it is, and differs.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from datetime import datetime
from functools import cached_property
from typing import Any

import psycopg
from django.apps import apps
from django.db import models

# Columns that differ each time by design, with why.
LEFT_OUT = {
    "core_storedfile.path": "a file's name on the disk is drawn by lot",
    "cases_reportapproval.fingerprint": "it covers references, numbered as they come",
    "core_auditseal.hash": "it covers the number of the line",
    "core_auditseal.entry_id": "seals follow the numbers of lines",
    "django_migrations.applied": "when the template was made",
}
# Numbers of rows inside texts: addresses of pages, references, what an audit line is about.
ADDRESS = re.compile(r"(?<=/)\d+(?=/)")
REFERENCE = re.compile(r"\b([CRQ])-\d{5}\b")
SUBJECT = re.compile(r"(?<=[a-z] )\d+$")
COVER = re.compile(r"Cover (\d+)")  # Why somebody who covers a colleague sees a pupil.
# Keys inside JSON that hold the number of a row, or a list of them, with the row's table.
NUMBERED = {
    "action": "plans_planaction",
    "approval": "cases_reportapproval",
    "case": "cases_case",
    "contributor": "plans_contributor",
    "form": "referrals_triageform",
    "handover": "cases_plannedhandover",
    "id": "people_enrolment",
    "line_ids": "people_chronologyentry",
    "need_ids": "assessments_need",
    "needs": "assessments_need",
    "note": "plans_plannote",
    "paper_ids": "referrals_evidence",
    "previous": "plans_plan",
    "readers": "core_staff",
    "registers": "people_enrolment",
    "school_id": "schools_school",
    "staff": "core_staff",
    "strategy": "plans_strategy",
    "target": "plans_target",
    "targets": "plans_target",
}
DRAWN_BY_LOT = {"sitting"}  # What was asked in one sitting: told by all that was.


class Contents:
    """Every row of every table, by name of the table: how often each content stands there."""

    contradictions: dict[str, list[str]]  # What was asked of it while it stood.
    past_a_limit: int  # How many pupils are longer at a stage than its limit.

    def __init__(self, url: str, began: datetime) -> None:
        self._began = began
        self._labels: dict[tuple[str, Any], str | None] = {}
        self._models = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
        with psycopg.connect(url) as connection:
            self._rows = {table: _read(connection, m) for table, m in self._models.items()}

    def tables(self) -> dict[str, Counter[str]]:
        return {
            table: Counter(self._content(table, row) for row in rows.values())
            for table, rows in self._rows.items()
        }

    def _content(self, table: str, row: dict[str, Any], is_short: bool = False) -> str:
        """All that a row says; in short, only how many rows its JSON speaks of."""
        said = {}
        for field in self._models[table]._meta.concrete_fields:
            name = field.column
            if field.primary_key and isinstance(field, models.AutoField):
                continue
            if f"{table}.{name}" not in LEFT_OUT:
                said[name] = self._value(field, row[name], is_short)
        if table == "core_rowhistory":
            said |= self._history(row)
        return json.dumps(said, sort_keys=True, default=str)

    def _history(self, row: dict[str, Any]) -> dict[str, Any]:
        """Which row it was, if it still stands, and what its columns held before."""
        table, number = row["table_name"], row["row_id"]
        fields = {field.column: field for field in self._models[table]._meta.concrete_fields}
        before = {
            name: self._value(fields[name], value, is_short=False)
            for name, value in row["before"].items()
            if not fields[name].primary_key
        }
        return {"row_id": self._label(table, number), "before": before}

    def _value(self, field: "models.Field[Any, Any]", value: Any, is_short: bool) -> Any:
        if value is None:
            return None
        if field.remote_field:
            return self._label(field.remote_field.model._meta.db_table, value)
        if field.name in DRAWN_BY_LOT:
            return "drawn by lot" if is_short else self._sitting(value)
        if isinstance(field, models.DateTimeField):
            return self._moment(value)
        if field.name in ("pupil_id", "pupil_ids", "row_id", "before"):
            return value  # Pupils are made in order, before anything side by side.
        return self._named(value, field.name, is_short)

    def _moment(self, value: str) -> str:
        is_now = datetime.fromisoformat(value) >= self._began
        return "by the clock on the wall" if is_now else value

    def _named(self, value: Any, name: str, is_short: bool) -> Any:
        """With what each row says in place of its number."""
        if isinstance(value, dict):
            return {key: self._named(one, key, is_short) for key, one in value.items()}
        if isinstance(value, list):
            return [self._named(one, name, is_short) for one in value]
        if isinstance(value, int) and name in NUMBERED:
            return "one row" if is_short else self._label(NUMBERED[name], value)
        if value and name.endswith("_at"):
            return self._moment(value)
        return self._text(value, name) if isinstance(value, str) else value

    def _text(self, text: str, name: str) -> str:
        if cover := COVER.fullmatch(text):
            return f"Cover {self._label('cases_cover', int(cover[1]))}"
        text = REFERENCE.sub(r"\1-#", ADDRESS.sub("#", text))
        return SUBJECT.sub("#", text) if name == "subject" else text

    def _label(self, table: str, key: Any) -> str:
        """What the row that is referred to says, in short."""
        if (table, key) not in self._labels:
            row = self._rows[table].get(key)
            self._labels[table, key] = row and _hash(self._content(table, row, is_short=True))
        return self._labels[table, key] or "a row that is gone"

    def _sitting(self, drawn: str) -> str:
        return _hash("".join(sorted(self._label(*place) for place in self._sittings[drawn])))

    @cached_property
    def _sittings(self) -> dict[str, list[tuple[str, Any]]]:
        """Which rows hold the same number drawn by lot."""
        found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for table, rows in self._rows.items():
            names = DRAWN_BY_LOT & {f.column for f in self._models[table]._meta.concrete_fields}
            for name in names:
                for key, row in rows.items():
                    found[row[name]].append((table, key))
        return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(connection: psycopg.Connection[Any], model: type[models.Model]) -> dict[Any, Any]:
    key = model._meta.pk.column
    found = connection.execute(f"SELECT to_jsonb(t) FROM {model._meta.db_table} t").fetchall()
    return {row[key]: row for (row,) in found}
