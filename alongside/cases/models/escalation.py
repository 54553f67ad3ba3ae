"""What a worker passes up to a manager: unlike a task, it asks for a decision or a direction."""

from django.db import models
from django.db.models import F, Q

from alongside.cases.models.case import Case
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C3 = InformationClass.CASEWORK


class Escalation(CouncilModel):
    """Something a worker passes up: acknowledged first, then answered with a decision or direction.

    The database shows it to no school (cases/sql/escalation.sql).
    """

    class Kind(models.TextChoices):
        BRIEF = "BRIEF", "Work outside the brief"
        SCOPE = "SCOPE", "Beyond my role"
        DIRECTION = "DIRECTION", "Direction needed"

    class Decision(models.TextChoices):
        AGREED = "AGREED", "Agreed"
        NOT_AGREED = "NOT_AGREED", "Not agreed"
        DIRECTED = "DIRECTED", "Direction given"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at kind case pupil school recorded_by asked words answer_by "
            "acknowledged_at decision answer answered_at answered_by despite"
        },
    )

    kind = models.CharField(max_length=9, choices=Kind)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, null=True, blank=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, null=True, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    answer_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="BRIEF") | Q(school__isnull=False),
                name="work_outside_the_brief_names_the_school",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, decision="")
                | (Q(answered_at__isnull=False) & ~Q(decision="") & ~Q(answer="")),
                name="an_answer_has_its_decision_and_its_words",
            ),
            models.CheckConstraint(
                condition=~Q(asked=F("recorded_by")), name="nobody_escalates_to_themselves"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked", "answer_by", "id"],
                condition=Q(answered_at=None),
                name="escalations_to_answer",
            ),
            models.Index(fields=["recorded_by", "-id"], name="escalations_raised"),
        ]
