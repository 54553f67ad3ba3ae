"""Who is acting: a staff member of one council with the roles in force today. Set in the database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection, transaction

from alongside.core import planning
from alongside.core.access_matrix import Cell
from alongside.core.handling import RESTRICTED, InformationClass
from alongside.core.permissions import ROLES, Permission, Role, Scope
from alongside.core.reach import Reach, Reading

SETTINGS = (
    "set_config('app.clearance', %s, true), set_config('app.shared', %s, true),"
    " set_config('app.flagged', %s, true), set_config('app.reads_work', %s, true)"
)

NOTHING = ["{}", "{}", "{}", ""]
MOST_KNOWN = 2_000
WORKED_OUT = ("permissions", "reading", "sees_flag", "reach", "shape", "_places")


@dataclass(frozen=True)
class Held:
    """A role held in a place today. `place_ids` are that place and everything within it."""

    role: Role
    place_id: int
    place_kind: str
    place_name: str
    place_ids: tuple[int, ...] = ()
    cleared_for: frozenset[InformationClass] = frozenset()

    @property
    def cells(self) -> dict[InformationClass, Cell]:
        return ROLES[self.role].cells_in(self.place_kind)

    @property
    def is_summary(self) -> bool:
        return ROLES[self.role].is_summary_in(self.place_kind)

    @property
    def reads_work(self) -> bool:
        role = ROLES[self.role]
        is_partly = role.is_of_a_school or role.reads_passport_only or self.is_summary
        return self.cells[InformationClass.PUPIL].may_read and not is_partly


@dataclass(frozen=True)
class Actor:
    """The staff member on whose behalf this transaction runs."""

    staff_id: int
    council_id: int
    council_name: str
    name: str
    held: tuple[Held, ...]
    today: date
    is_system: bool = False
    # Opened by break-glass or for a purpose, still in force.
    opened_pupil_ids: tuple[int, ...] = ()
    purposes: tuple[tuple[int, str, str], ...] = ()  # Pupil, kind, words: earliest first.
    _shared: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        if self.is_system:
            return frozenset(Permission)
        return frozenset().union(*(ROLES[held.role].permissions for held in self.held))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def holds(self, role: Role) -> bool:
        return any(held.role is role for held in self.held)

    @cached_property
    def scopes(self) -> frozenset[Scope]:
        if self.is_system:
            return frozenset({Scope.COUNCIL})
        return frozenset(ROLES[held.role].scope for held in self.held)

    def place_ids(
        self, scope: Scope | None = None, permission: Permission | None = None
    ) -> list[int]:
        """Places held by a role of this scope that carries this permission, and all within them.

        A roll is a school's own: a role of `Scope.ROLL` reaches only schools it is held in.
        """
        if (scope, permission) not in self._places:
            self._places[scope, permission] = self._places_of(scope, permission)
        return list(self._places[scope, permission])

    @cached_property
    def _places(self) -> dict[tuple[Scope | None, Permission | None], list[int]]:
        return {}

    def _places_of(self, scope: Scope | None, permission: Permission | None) -> list[int]:
        found: set[int] = set()
        for held in self.held:
            role = ROLES[held.role]
            if scope and role.scope is not scope:
                continue
            if permission and permission not in role.permissions:
                continue
            found.update(held.place_ids)
        return sorted(found)

    @cached_property
    def is_council_wide(self) -> bool:
        return Scope.COUNCIL in self.scopes

    @cached_property
    def is_every_place(self) -> bool:
        in_council = any(held.place_kind == "COUNCIL" for held in self.held)
        return in_council and Scope.PLACE in self.scopes

    @cached_property
    def has_roll(self) -> bool:
        return Scope.ROLL in self.scopes or any(
            ROLES[held.role].leads_a_school and held.place_kind == "SCHOOL" for held in self.held
        )

    def cells(self, information_class: InformationClass) -> list[Cell]:
        return [held.cells[information_class] for held in self._reading_as]

    @cached_property
    def _reading_as(self) -> list[Held]:
        """Where one role is held in two places that read differently, the stricter holds: what is
        read of a class is not asked pupil by pupil."""
        strict = {held.role for held in self.held if held.is_summary}
        return [held for held in self.held if held.is_summary or held.role not in strict]

    @cached_property
    def reads(self) -> frozenset[InformationClass]:
        """Classes read in full within scope."""
        if self.is_system:
            return frozenset(InformationClass)
        readable = {c for c in InformationClass if any(cell.may_read for cell in self.cells(c))}
        for held in self.held:
            for information_class in held.cleared_for:
                if held.cells[information_class].may_read_if_cleared:
                    readable.add(information_class)
        return frozenset(readable)

    @cached_property
    def writes(self) -> frozenset[InformationClass]:
        if self.is_system:
            return frozenset(InformationClass)
        return frozenset(c for c in InformationClass if any(x.may_write for x in self.cells(c)))

    @cached_property
    def reads_shared(self) -> frozenset[InformationClass]:
        """Classes of which only expressly shared records are read."""
        shared = {c for c in InformationClass if any(x.is_shared_only for x in self.cells(c))}
        return frozenset(shared - self.reads)

    @cached_property
    def reads_casework(self) -> bool:
        """Reads the service's own record of a case: class C3 of the access matrix."""
        return InformationClass.CASEWORK in self.reads

    @cached_property
    def reads_work(self) -> bool:
        """Reads sessions and daily logs whole. A school, and who reads a pupil's passport, reads what
        is shared with them (ADR 0012). So does who reads a summary."""
        return self.is_system or any(held.reads_work for held in self._reading_as)

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.reads, self.reads_shared, self.reads_work)

    @cached_property
    def sees_flag(self) -> frozenset[InformationClass]:
        """Classes of which only the presence of a record is shown."""
        flagged = {c for c in InformationClass if any(x.is_flag_only for x in self.cells(c))}
        return frozenset(flagged - self.reads)

    @cached_property
    def shape(self) -> tuple[Any, ...]:
        """All that what they may read depends on but who and where they are, and the day: where two
        actors are alike in it, their queries differ in their values alone."""
        held = {(one.role, one.place_kind, one.cleared_for) for one in self.held}
        return self.is_system, frozenset(held)

    @cached_property
    def reach(self) -> Reach:
        return Reach(
            is_everything=self.is_system,
            is_council_wide=self.is_council_wide,
            is_every_place=self.is_every_place,
            has_roll=self.has_roll,
            staff_id=self.staff_id,
            today=self.today,
            place_ids=self.place_ids(Scope.PLACE),
            roll_ids=sorted({*self.place_ids(Scope.ROLL), *self._schools_led}),
            opened_ids=list(self.opened_pupil_ids),
        )

    @property
    def _schools_led(self) -> set[int]:
        led = (held for held in self.held if ROLES[held.role].leads_a_school)
        return {held.place_id for held in led if held.place_kind == "SCHOOL"}

    @property
    def clearance(self) -> list[str]:
        """The restricted classes that the database opens to this actor."""
        return sorted(self.reads & RESTRICTED)

    @property
    def shared_clearance(self) -> list[str]:
        return sorted(self.reads_shared & RESTRICTED)

    @cached_property
    def role_label(self) -> str:
        labels = dict.fromkeys(f"{ROLES[h.role].label}, {h.place_name}" for h in self.held)
        return "; ".join(labels) or ("Alongside itself" if self.is_system else "No role in force")


def begin(account_id: int) -> Actor | None:
    """Set the actor of this transaction from a signed-in account; None when it may not work today.

    Must be called inside a transaction: the setting ends with it.
    """
    return _begin("sec.begin_as(sec.staff_of_account(%s))", account_id)


def council_code_of(account_id: int) -> str | None:
    """The code of the council that an account belongs to, asked before anybody is signed in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.council_of_account(%s)", [account_id])
        (code,) = cursor.fetchone()
    return code


def council_codes() -> list[str]:
    """Every council of this service, for jobs that go round them all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.council_codes()")
        return [code for (code,) in cursor.fetchall()]


def begin_staff(staff_id: int) -> Actor | None:
    return _begin("sec.begin_as(%s)", staff_id)


def begin_again(actor: Actor) -> Actor:
    """For somebody whose roles are known not to have changed: one statement, and nothing read."""
    planning.start()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sec.begin_as(%s), {SETTINGS}", [actor.staff_id, *_settings(actor)])
    return replace(actor, _shared={})


@dataclass(frozen=True)
class _Known:
    """Whom this process has met: what the database said of them, and what follows from it."""

    said: str
    actor: Actor
    settings: list[str]

    @classmethod
    def by(cls, said: str) -> "_Known":
        actor = _read(json.loads(said))
        for name in WORKED_OUT:
            getattr(actor, name)  # It stays with the actor, for each transaction of theirs.
        return cls(said, actor, _settings(actor))

    def anew(self) -> Actor:
        """For one transaction: what it shares is its own."""
        actor = copy(self.actor)
        object.__setattr__(actor, "_shared", {})
        return actor


_known: dict[tuple[str, int | str], _Known] = {}


def _begin(who: str, number: int | str) -> Actor | None:
    """The database is asked each time, and told at once what its walls want of the one who was known.

    Roles that changed since are another answer: then they are worked out, and the walls told again.
    """
    planning.start()
    known = _known.get((who, number))
    told = known.settings if known else NOTHING
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {who}::text, {SETTINGS}", [number, *told])
        said = cursor.fetchone()[0]
        if said is None:
            cursor.execute(f"SELECT {SETTINGS}", NOTHING)
            return None
        if known is None or said != known.said:
            if len(_known) >= MOST_KNOWN:
                _known.clear()
            known = _known[who, number] = _Known.by(said)
            cursor.execute(f"SELECT {SETTINGS}", known.settings)
    return known.anew()


def _settings(actor: Actor) -> list[str]:
    """What the walls ask of an actor besides who it is, in the order of `SETTINGS`."""
    return [
        "{%s}" % ",".join(actor.clearance),
        "{%s}" % ",".join(actor.shared_clearance),
        "{%s}" % ",".join(sorted(actor.sees_flag)),
        "yes" if actor.reads_work else "",
    ]


def _read(answer: dict[str, object]) -> Actor:
    roles = [
        Held(
            role=Role(held["role"]),
            place_id=held["place_id"],
            place_kind=held["place_kind"],
            place_name=held["place_name"],
            place_ids=tuple(held["place_ids"]),
            cleared_for=frozenset(InformationClass(c) for c in held["cleared_for"] or ()),
        )
        for held in answer["held"]  # type: ignore[attr-defined]
    ]
    opened: list[int] = answer["opened_pupil_ids"]  # type: ignore[assignment]
    purposes: list[list[Any]] = answer["purposes"]  # type: ignore[assignment]
    if not any(Permission.PURPOSE_GIVE in ROLES[held.role].permissions for held in roles):
        purposes = []  # They no longer answer for records.
    return Actor(
        staff_id=answer["staff_id"],  # type: ignore[arg-type]
        council_id=answer["council_id"],  # type: ignore[arg-type]
        council_name=str(answer["council_name"]),
        name=str(answer["name"]),
        held=tuple(roles),
        today=date.fromisoformat(str(answer["today"])),
        is_system=bool(answer["is_system"]),
        opened_pupil_ids=tuple({*opened, *(pupil_id for pupil_id, _, _ in purposes)}),
        purposes=tuple((pupil_id, kind, words) for pupil_id, kind, words in purposes),
    )


class NoActor(Exception):
    """This staff member has no place in force, so nothing may be done in their name."""


@contextmanager
def acting_as(staff_id: int) -> Iterator[Actor]:
    """A transaction in the name of a staff member, for commands, the worker and tests."""
    with transaction.atomic():
        actor = begin_staff(staff_id)
        if actor is None:
            raise NoActor(f"Staff {staff_id} is not working here today.")
        yield actor


@contextmanager
def acting_as_system(council_code: str) -> Iterator[Actor]:
    """A transaction in the name of the council's system itself: imports, reminders, sealing."""
    with transaction.atomic():
        actor = _begin("sec.begin_as(sec.system_staff(%s))", council_code)
        if actor is None:
            raise NoActor(f"There is no council with the code {council_code}.")
        yield actor
