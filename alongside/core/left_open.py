"""What is left open in a prepared query: values by name, and who asks. See core/prepared.py."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    ForeignObject,
    Lookup,
    TextField,
)

from alongside.core.actor import Actor
from alongside.core.permissions import ROLES, Permission, Scope
from alongside.core.reach import Reach

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
            return f"{left} = ANY(%s::bigint[])", (*left_values, numbers(self.rhs))
        right, right_values = compiler.compile(self.rhs)
        return f"{left} = ANY({right}::bigint[])", (*left_values, *right_values)


class AskedOf(Asked):
    """A value left open which the actor themselves tells: their number, their places."""

    def __init__(self, tell: Callable[[Actor], Any], output_field: "Field[Any, Any]") -> None:
        super().__init__("", output_field=output_field)
        self.tell = tell


class AskedActor(Actor):
    """An actor of some roles, whose number, places and day are left open."""

    @classmethod
    def of(cls, actor: Actor) -> "AskedActor":
        nowhere: dict[str, Any] = {"place_id": 0, "place_name": "", "place_ids": ()}
        left_open: dict[str, Any] = {
            "staff_id": AskedOf(lambda a: a.staff_id, KINDS[int]),
            "council_id": AskedOf(lambda a: a.council_id, KINDS[int]),
            "today": AskedOf(lambda a: a.today, KINDS[date]),
            "opened_pupil_ids": AskedOf(lambda a: list(a.opened_pupil_ids), KINDS[list]),
        }
        return cls(
            council_name="",
            name="",
            held=tuple(replace(held, **nowhere) for held in actor.held),
            is_system=actor.is_system,
            **left_open,
        )

    def place_ids(self, scope: Scope | None = None, permission: Permission | None = None) -> Any:
        """None where no role of theirs reaches any: queries may take another form for that."""
        roles = [ROLES[held.role] for held in self.held]
        if scope:
            roles = [role for role in roles if role.scope is scope]
        if not any(permission is None or permission in role.permissions for role in roles):
            return []
        return AskedOf(lambda actor: actor.place_ids(scope, permission), KINDS[list])

    @cached_property
    def reach(self) -> Reach:
        return Reach(
            is_everything=self.is_system,
            is_council_wide=self.is_council_wide,
            is_every_place=self.is_every_place,
            has_roll=self.has_roll,
            staff_id=self.staff_id,
            today=self.today,
            place_ids=AskedOf(lambda a: a.reach.place_ids, KINDS[list]),
            roll_ids=AskedOf(lambda a: a.reach.roll_ids, KINDS[list]),
            opened_ids=self.opened_pupil_ids,
        )


def value_of(asked: Asked, given: dict[str, Any], actor: Actor | None) -> Any:
    value = asked.tell(actor) if isinstance(asked, AskedOf) else given[asked.name]  # type: ignore[arg-type]
    return numbers(value) if asked.output_field is KINDS[list] else value


def numbers(of: Sequence[int]) -> str:
    """As the database reads a list of numbers: written whole it costs a twentieth of one by one."""
    return "{%s}" % ",".join(map(str, of))
