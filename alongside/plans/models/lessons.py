"""Lesson plans that bridge a learning gap, and updates on how a plan goes."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.plan import Plan

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class LessonPlan(CouncilModel, Versioned):
    """One short lesson against one learning gap: planned, signed off, delivered, its result kept."""

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting to be signed off"
        RETURNED = "RETURNED", "Returned"
        SIGNED = "SIGNED", "Signed off"

    class Went(models.TextChoices):
        GRASPED = "GRASPED", "Grasped"
        PARTLY = "PARTLY", "Partly"
        NOT_YET = "NOT_YET", "Not yet"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at version case pupil need title steps adaptations planned_for "
            "written_by state return_reason decided_by decided_on delivered_on went result"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="lessons")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="lessons")
    need = models.ForeignKey("assessments.Need", on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=120)
    steps = models.TextField()
    adaptations = models.CharField(max_length=500, blank=True)
    planned_for = models.DateField()
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    return_reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    went = models.CharField(max_length=7, choices=Went, blank=True)
    result = models.CharField(max_length=500, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_on=None, went="")
                | (Q(delivered_on__isnull=False) & ~Q(went="")),
                name="a_lesson_delivered_says_how_it_went",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING")
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="a_lesson_decided_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgressUpdate(CouncilModel):
    """How a plan goes since its last review, put together from the records and then edited."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at plan since body sent_at sent_by told read_at read_by answer"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="updates")
    since = models.DateField()
    body = models.TextField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=300)  # The names of those who were told.
    # Acknowledged by who leads the case or approves its plans.
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="an_update_acknowledged_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=models.F("sent_by")),
                name="nobody_acknowledges_their_own_update",
            ),
        ]
