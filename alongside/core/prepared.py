"""Queries built once and asked many times: what Django takes to write a statement is most of a page.

A query of a record page takes the database 0.3 ms and Django 3 ms to write, and it is the same
statement for everybody but for a few values. Written as usual, with those values left open:

    @prepared
    def _plans(pupil_id: Any, today: Any) -> QuerySet[Any]:
        return Plan.objects.filter(pupil_id=pupil_id, starts_on__lte=today).values("id", "number")

    for plan in _plans(pupil_id=pupil.pk, today=actor.today): …

What is given by name is left open. What is given by place changes the statement itself (`is_school`,
classes one reads): each of them makes a statement of its own, so they must be few. Without
`.values()` the rows are records of the model, with annotations and what `select_related` brings.
See ADR 0010.

`hold` locks one row in the same way, as nearly every action begins; `add` writes one, for lines that
nearly every request adds: audit, chronology.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, wraps
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    FETCH_ONE,
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    ForeignObject,
    Lookup,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import get_related_populators

KINDS: dict[type, "Field[Any, Any]"] = {
    bool: BooleanField(),
    int: BigIntegerField(),
    str: TextField(),
    date: DateField(),
    datetime: DateTimeField(),
    list: ArrayField(BigIntegerField()),  # Numbers of records; use it with `__among`.
}


class Asked(Expression):
    """A value left open in a prepared query, known by its name."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def get_group_by_cols(self) -> list[Any]:
        return []


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`place_id__among=numbers`: as `__in`, but one value however many numbers there are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        if not hasattr(self.rhs, "as_sql"):
            return f"{left} = ANY(%s::bigint[])", (*left_values, list(self.rhs))
        right, right_values = compiler.compile(self.rhs)
        return f"{left} = ANY({right}::bigint[])", (*left_values, *right_values)


@dataclass(frozen=True)
class _Statement:
    sql: str
    values: tuple[Any, ...]
    make: Callable[[Sequence[Any]], Any]  # One answer from one row.
    compiler: Any
    converters: dict[int, Any]

    def rows(self, given: dict[str, Any]) -> list[Any]:
        values = [given[v.name] if isinstance(v, Asked) else v for v in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.make(row) for row in found]


def prepared(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Decorate a function that returns a query: calling it answers the rows."""
    made: dict[Hashable, _Statement] = {}

    @wraps(build)
    def ask(*shape: Hashable, **given: Any) -> list[Any]:
        if shape not in made:
            asked = {name: Asked(name, KINDS[type(value)]) for name, value in given.items()}
            made[shape] = _statement(build(*shape, **asked))
        return made[shape].rows(given)

    return ask


def hold[M: Model](model: type[M], pk: int, *related: str, of: tuple[str, ...] = ("self",)) -> M:
    """One row as it is now, held until this transaction ends, with what is related to it.

    `of` names what else is held. Raises `DoesNotExist` of the model, for a row behind the wall as
    well.
    """
    found = _held(model, related, of, pk=pk)
    if not found:
        said = f"There is no {model.__name__} {pk} that may be changed here."
        raise model.DoesNotExist(said)  # type: ignore[attr-defined]
    held: M = found[0]
    return held


@prepared
def _held(
    model: type[Model], related: tuple[str, ...], of: tuple[str, ...], *, pk: Any
) -> QuerySet[Any]:
    found = model._default_manager.select_for_update(of=of).filter(pk=pk)
    return found.select_related(*related) if related else found


def add[M: Model](record: M) -> M:
    """Add a new record, as `save()` would; the statement is written once for its given columns.

    What the database fills in itself (its number, its council) is then known on the record too.
    """
    fields = type(record)._meta.concrete_fields
    given = tuple(f.attname for f in fields if _is_given(record, f))
    sql, written, answered = _insertion(type(record), given)
    values = [_stored(f, getattr(record, f.attname)) for f in written]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for name, value in zip(answered, cursor.fetchone(), strict=True):
            setattr(record, name, value)
    record._state.adding = False
    record._state.db = connection.alias
    return record


def _stored(field: "Field[Any, Any]", value: Any) -> Any:
    """As `save()` stores it. Numbers stay as they are: the audit of a list names fifty pupils."""
    if isinstance(field, ArrayField) and isinstance(field.base_field, BigIntegerField):
        return value
    return field.get_db_prep_save(value, connection)


def _is_given(record: Model, field: "Field[Any, Any]") -> bool:
    value = getattr(record, field.attname)
    return not isinstance(value, DatabaseDefault) and not (field.primary_key and value is None)


@cache
def _insertion(
    model: type[Model], given: tuple[str, ...]
) -> tuple[str, list["Field[Any, Any]"], list[str]]:
    quote = connection.ops.quote_name
    written = [f for f in model._meta.concrete_fields if f.attname in given]
    answered = [f for f in model._meta.concrete_fields if f.attname not in given]
    columns = ", ".join(quote(str(f.column)) for f in written)
    marks = ", ".join(_mark(f) for f in written)
    returning = ", ".join(quote(str(f.column)) for f in answered)
    table = quote(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {returning}"
    return sql, written, [str(f.attname) for f in answered]


def _mark(field: "Field[Any, Any]") -> str:
    """A cast where a list must tell its kind; nowhere else, because a cast cuts what is too long."""
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"


def _statement(found: QuerySet[Any]) -> _Statement:
    query = found.query
    compiler = query.get_compiler(using=found.db)
    sql, values = compiler.as_sql()
    expressions = [selected[0] for selected in compiler.select[: compiler.col_count]]
    make = _dictionary(list(query.selected)) if query.selected else _record(found.model, compiler)
    return _Statement(sql, tuple(values), make, compiler, compiler.get_converters(expressions))


def _dictionary(names: list[str]) -> Callable[[Sequence[Any]], dict[str, Any]]:
    return lambda row: dict(zip(names, row, strict=True))


def _record(model: type[Model], compiler: Any) -> Callable[[Sequence[Any]], Model]:
    info, select = compiler.klass_info, compiler.select
    places = info["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [select[place][0].target.attname for place in range(first, last)]
    related = get_related_populators(info, select, "default", FETCH_ONE)
    added = dict(compiler.annotation_col_map)

    def make(row: Sequence[Any]) -> Model:
        made = model.from_db("default", names, row[first:last])
        for one in related:
            one.populate(row, made)
        for name, place in added.items():
            setattr(made, name, row[place])
        return made

    return make
