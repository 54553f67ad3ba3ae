"""The audit trail and its seals, the history of rows, and break-glass. Written, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep


class AuditEntry(CouncilModel):
    """One line: who viewed or changed what. `pupil_ids` names every pupil whose record it touched."""

    wall = Wall.APPEND
    keeps_history = False
    handling = Handling(
        Keep.AUDIT,
        {InformationClass.STAFF: "id council created_at staff kind subject pupil_ids detail"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # The glossary's words: "pupil.viewed".
    subject = models.CharField(max_length=120, blank=True)  # "plan 41"; never a name.
    pupil_ids = ArrayField(models.BigIntegerField(), default=list)
    detail = models.JSONField(default=dict)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["pupil_ids"], name="audit_by_pupil"),
            models.Index(fields=["council", "-id"], name="audit_latest"),
        ]


class AuditSeal(models.Model):
    """Binds one audit line into the chain: `hash` covers the line and the seal before it."""

    handling = Handling(Keep.AUDIT, {InformationClass.SCHOOL: "position entry hash created_at"})

    position = models.BigIntegerField(primary_key=True)
    # No database constraint: a line removed behind our back must leave its seal to tell of it.
    entry = models.OneToOneField(
        AuditEntry,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="seal",
    )
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now(), editable=False)


class RowHistory(CouncilModel):
    """What the changed columns of one row held before an update or a removal. Written by triggers."""

    wall = Wall.CLEARANCE
    keeps_history = False
    handling = Handling(
        Keep.AUDIT,
        {
            InformationClass.STAFF: "id council created_at table_name row_id operation before "
            "information_class staff"
        },
    )

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    operation = models.CharField(max_length=6)
    before = models.JSONField()
    information_class = models.CharField(max_length=2)
    staff = models.ForeignKey(
        "core.Staff",
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id", "-id"], name="history_of_a_row")]


class BreakGlass(CouncilModel):
    """A record opened out of hours, with the reason typed by the person who opened it."""

    wall = Wall.APPEND
    keeps_history = False
    handling = Handling(
        Keep.AUDIT,
        {InformationClass.STAFF: "id council created_at staff pupil_id reason ends_at"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    pupil_id = models.BigIntegerField()  # people.Pupil stands above core, so no foreign key here.
    reason = models.TextField(max_length=1000)
    ends_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["staff", "ends_at"], name="break_glass_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="breaking_glass_gives_a_reason"
            )
        ]


class Purpose(CouncilModel):
    """Why somebody who answers for every record opened one. Kept with each look while it lasts."""

    class Kind(models.TextChoices):
        REQUEST = "REQUEST", "Somebody asks for their own records"
        ACCURACY = "ACCURACY", "A record is to be put right or erased"
        COMPLAINT = "COMPLAINT", "A complaint"
        BREACH = "BREACH", "A breach, or a suspicion of one"
        CHECK = "CHECK", "A check of who has looked, and why"
        AUTHORITY = "AUTHORITY", "A court, a regulator or another authority asks"
        OTHER = "OTHER", "Something else"

    wall = Wall.APPEND
    handling = Handling(
        Keep.AUDIT,
        {InformationClass.STAFF: "id council created_at staff pupil_id kind words ends_at"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    pupil_id = models.BigIntegerField()  # people.Pupil stands above core, so no foreign key here.
    kind = models.CharField(max_length=9, choices=Kind)
    words = models.CharField(max_length=200)
    ends_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["staff", "ends_at"], name="purposes_in_force")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="a_purpose_is_said_in_words")
        ]
