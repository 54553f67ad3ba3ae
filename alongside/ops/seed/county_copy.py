"""Copies rows into a table as its owner, with every column a model has, and without its indexes meanwhile."""

import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

from alongside.ops.say import step

CHUNK = 4000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"

# Every index, foreign key and exclusion of a table, and what makes it again; not its primary key. An INSERT
# writes no history and breaks no append-only rule, so the triggers can stay as they are.
FOREIGN_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'x') ORDER BY conname
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1
"""


class Copier:
    """One council's rows, by COPY. A column nobody names gets the model's own default."""

    def __init__(self, cursor: Any, council_id: int) -> None:
        self.cursor = cursor
        self.council_id = council_id
        self._next: dict[str, int] = {}

    def ids(self, model: type[models.Model]) -> Iterator[int]:
        """Numbers not used yet in this table, for rows that others will name.

        The last one used is asked for here and now: the numbers may be taken in the middle of a COPY.
        """
        table = model._meta.db_table
        if table not in self._next:
            self.cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
            self._next[table] = self.cursor.fetchone()[0]
        return self._count(table)

    def _count(self, table: str) -> Iterator[int]:
        while True:
            self._next[table] += 1
            yield self._next[table] - 1

    def copy(
        self, model: type[models.Model], columns: str, rows: Iterable[tuple[object, ...]]
    ) -> None:
        """`columns` are the model's own field names, in the order of each row's values."""
        named = columns.split()
        fields = {field.name: field for field in model._meta.concrete_fields}
        rest = {
            field.column: self._default(field)
            for name, field in fields.items()
            if name not in named and (field.db_default is models.NOT_PROVIDED or name == "council")
            if not field.primary_key
        }
        names = ", ".join([f'"{fields[name].column}"' for name in named] + [f'"{c}"' for c in rest])
        tail = "".join(f"\t{text(value)}" for value in rest.values()) + "\n"
        table = model._meta.db_table
        with self.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for chunk in itertools.batched(rows, CHUNK):
                copy.write("".join("\t".join(map(text, row)) + tail for row in chunk))
        if "id" in named:
            self._move_sequence(table)

    def _default(self, field: "models.Field[Any, Any]") -> object:
        return self.council_id if field.name == "council" else field.get_default()

    def _move_sequence(self, table: str) -> None:
        self.cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


@contextmanager
def without_indexes(cursor: Any, tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Take indexes and foreign keys away, and make them again: checked whole, far quicker."""
    again: list[str] = []
    for name in dict.fromkeys(model._meta.db_table for model in tables):
        cursor.execute(INDEXES, [name])
        indexes = cursor.fetchall()
        cursor.execute(FOREIGN_KEYS, [name])
        for constraint, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {name} DROP CONSTRAINT "{constraint}"')
            again.append(f'ALTER TABLE {name} ADD CONSTRAINT "{constraint}" {definition}')
        for index, definition in indexes:
            cursor.execute(f"DROP INDEX {index}")
            again.insert(0, definition)
    yield
    with step("Indexes and foreign keys"):
        for statement in again:  # Indexes first: the foreign keys are checked with them.
            cursor.execute(statement)


def text(value: object) -> str:
    """A value as COPY reads it."""
    if isinstance(value, str):
        return (
            value.translate(ESCAPES) if "\\" in value or "\n" in value or "\t" in value else value
        )
    if value is None:
        return NULL
    if isinstance(value, list):
        return "{%s}" % ",".join(map(str, value))
    if isinstance(value, dict):
        return text(json.dumps(value))
    return str(value)
