"""Queries built once and asked many times: what Django takes to write a statement is most of a page.

A query of a record page takes the database 0.3 ms and Django 3 ms to write, and it is the same
statement for everybody but for a few values. Written as usual, with those values left open:

    @prepared
    def _plans(pupil_id: Any, today: Any) -> QuerySet[Any]:
        return Plan.objects.filter(pupil_id=pupil_id, starts_on__lte=today).values("id", "number")

    for plan in _plans(pupil_id=pupil.pk, today=actor.today): …

What is given by name is left open. What is given by place changes the statement itself (`is_school`,
classes one reads): each of them makes a statement of its own, so they must be few. Without
`.values()` the rows are records of the model, with annotations, what `select_related` brings, and
what a `Prefetch` of their own parts does. See ADR 0010.

An actor is given by place: their roles are part of the statement, and their number, their places, the
day and what was opened to them are left open. So a query asks an `AskedActor` as it would an actor:

    @prepared
    def _needs(actor: Actor, *, pupil_id: Any) -> QuerySet[Any]:
        return Need.objects.readable_by(actor).filter(pupil_id=pupil_id)

`@planned_for_its_values` stands in place of `@prepared` where one plan cannot suit all values: core/planning.py.

`hold` locks one row in the same way, as nearly every action begins; `add` writes one, for lines that
nearly every request adds: audit, chronology.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Field, Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from psycopg.sql import Literal

from alongside.core import planning
from alongside.core.actor import Actor
from alongside.core.left_open import KINDS, Asked, AskedActor, numbers, value_of
from alongside.core.rows_read import Made, dictionaries, records

type Text = tuple[str, Sequence[Any]]

CONSTANTS = (str, int)
OWNERS = "owners of parts"  # No name of a value given by a caller.


@dataclass(frozen=True)
class _Statement:
    asked: Text  # As Django wrote it.
    sql: str
    values: tuple[Any, ...]
    make: Made
    compiler: Any
    converters: dict[int, Any]
    parts: tuple["_Part", ...] = ()

    def rows(self, given: dict[str, Any], actor: Actor | None = None) -> list[Any]:
        values = [value_of(v, given, actor) if isinstance(v, Asked) else v for v in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        made = self.make(found)
        for part in self.parts if made else ():
            part.lay_beside(made, given, actor)
        return made


@dataclass(frozen=True)
class _Part:
    """The rows of one reverse relation, asked for all records at once, as Django prefetches them."""

    name: str
    statement: _Statement

    def lay_beside(self, owners: list[Any], given: dict[str, Any], actor: Actor | None) -> None:
        ids = list({owner.pk for owner in owners})
        lay(owners, self.name, self.statement.rows(given | {OWNERS: ids}, actor))


def lay(owners: Sequence[Any], name: str, parts: Iterable[Any]) -> None:
    """Parts already read, beside the records that own them: `owner.name.all()` asks nothing then."""
    if not owners:
        return
    of = getattr(type(owners[0]), name).rel.field
    by_owner = {owner.pk: owner for owner in owners}
    found: dict[Any, list[Any]] = {pk: [] for pk in by_owner}
    for part in parts:
        owner_id = getattr(part, of.attname)
        of.set_cached_value(part, by_owner[owner_id])
        found[owner_id].append(part)
    for owner in owners:
        beside = getattr(owner, name).get_queryset()
        beside._result_cache = found[owner.pk]
        beside._prefetch_done = True
        if not hasattr(owner, "_prefetched_objects_cache"):
            owner._prefetched_objects_cache = {}
        owner._prefetched_objects_cache[of.remote_field.cache_name] = beside


# The tests set it: each statement is then held against the query of the very actor who asks.
prove: Callable[[Hashable, Text, Callable[[], Text]], None] | None = None


def prepared(
    build: Callable[..., QuerySet[Any]], *, planned: str = planning.ONCE
) -> Callable[..., list[Any]]:
    """Decorate a function that returns a query: calling it answers the rows."""
    made: dict[Hashable, _Statement] = {}

    @wraps(build)
    def ask(*shape: Any, **given: Any) -> list[Any]:
        actor = shape[0] if shape and isinstance(shape[0], Actor) else None
        # What is left open is part of it by its names: a query may take one word, or three.
        known = (actor.shape if actor else None, shape[bool(actor) :], tuple(given))
        if known not in made:
            build_with = (AskedActor.of(actor), *shape[1:]) if actor else shape
            made[known] = _statement(build(*build_with, **_left_open(given)))
        if prove and actor:
            own = partial(build, *shape, **_left_open(given))
            prove(
                (build, known, actor.staff_id), made[known].asked, lambda: _statement(own()).asked
            )
        planning.choose(planned)
        return made[known].rows(given, actor)

    return ask


planned_for_its_values = partial(prepared, planned=planning.EACH_TIME)


def _left_open(given: dict[str, Any]) -> dict[str, Asked]:
    return {name: Asked(name, KINDS[type(value)]) for name, value in given.items()}


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
    """As `save()` stores it. Numbers go as one text: the audit of a list names fifty pupils."""
    if isinstance(field, ArrayField) and isinstance(field.base_field, BigIntegerField):
        return numbers(value)
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
    asked = compiler.as_sql()
    sql, values = _with_constants(*asked)
    expressions = [selected[0] for selected in compiler.select[: compiler.col_count]]
    make = dictionaries(list(query.selected)) if query.selected else records(found.model, compiler)
    parts = tuple(_part(found.model, one) for one in found._prefetch_related_lookups)  # type: ignore[attr-defined]
    converters = compiler.get_converters(expressions)
    return _Statement(asked, sql, values, make, compiler, converters, parts)


def _with_constants(sql: str, values: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """What never changes stands in the statement itself, so that a plan made once can use an index of
    plans in use, or of open cases: to an index of some rows alone, a value left open says nothing.
    """
    left, waiting = [], iter(values)

    def written(mark: re.Match[str]) -> str:
        if mark[0] != "%s":
            return mark[0]
        value = next(waiting)
        if not isinstance(value, CONSTANTS):
            left.append(value)
            return "%s"
        # A state or a role is a word; a whole number says its width to the driver alone.
        plain = value if type(value) is bool else (str if isinstance(value, str) else int)(value)
        return Literal(plain).as_string(connection.connection).replace("%", "%%")

    return re.sub("%[%s]", written, sql), tuple(left)


def _part(model: type[Model], of: Any) -> _Part:
    relation = getattr(model, of.prefetch_through).rel
    back = relation.field
    theirs = of.queryset.filter(**{f"{back.attname}__among": Asked(OWNERS, KINDS[list])})
    return _Part(of.prefetch_through, _statement(theirs))
