"""What every record of a council shares: its council, its wall, when it was made. No rules here."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models.functions import Now

from alongside.core.decisions import Conflict, NotFound
from alongside.core.handling import Handling
from alongside.core.numbered import Numbered
from alongside.core.one_each import OneEach
from alongside.core.prepared import add


class Wall(StrEnum):
    """The row-level security that `core.walls` raises around a model's table."""

    COUNCIL = "rows of the actor's own council"
    CLEARANCE = "own council, and the row's information_class within the actor's clearance"
    LOCKED = "as CLEARANCE; rows may be added and read, never changed"
    OWN = "own council, and the actor's own rows only (column staff_id)"
    APPEND = "own council; rows may be added and read, never changed"
    SHARED = "own council; to a school only the rows shared with it, and its own (recorded_by)"


class CurrentCouncil(models.Func):
    """The council of the actor of this transaction: the default of every `council` column."""

    function = "sec.council_id"
    arity = 0
    output_field = models.BigIntegerField()
    allowed_default = True


class CurrentStaff(models.Func):
    """The staff member acting in this transaction."""

    function = "sec.staff_id"
    arity = 0
    output_field = models.BigIntegerField()
    allowed_default = True


class CouncilQuerySet[M: models.Model](models.QuerySet[M]):
    def one(self, **lookup: Any) -> M:
        """The one row, or `NotFound`: absent and unseen are the same."""
        try:
            return self.get(**lookup)
        except ObjectDoesNotExist:
            raise NotFound from None

    if not TYPE_CHECKING:  # The checker knows the columns of each model's own `create`.

        def create(self, **given: Any) -> M:
            """One new row; its statement is written once for the columns given."""
            if self.db != connection.alias:  # Of the tables' owner.
                return super().create(**given)
            return add(self.model(**given))


class CouncilModel(models.Model):
    """A row that belongs to one council, behind that council's wall."""

    wall: ClassVar[Wall] = Wall.COUNCIL
    keeps_history: ClassVar[bool] = True
    handling: ClassVar[Handling]
    one_each: ClassVar[OneEach | None] = None  # A child has one of these: how two become one.
    numbered: ClassVar[Numbered | None] = None  # A child's are counted: by what, once two are one.

    council = models.ForeignKey(
        "core.Council",
        on_delete=models.PROTECT,
        related_name="+",
        db_default=CurrentCouncil(),
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that two people may edit at once: a save names the version it was made from."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def require_version(self, expected: int) -> Self:
        """Raise `Conflict` when somebody saved since `expected`; otherwise step the version."""
        if self.version != expected:
            raise Conflict(self)
        self.version += 1
        return self
