"""Whether the place has lasted, asked some weeks after a case was closed."""

from django.db import models
from django.db.models import Q

from alongside.cases.models.case import Case
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class SustainedCheck(CouncilModel):
    """Has the place lasted? Asked 6, 12 and 24 weeks after closure."""

    class Answer(models.TextChoices):
        HELD = "HELD", "Yes, it has lasted"
        SHAKY = "SHAKY", "Yes, with worries"
        FAILED = "FAILED", "No"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at case weeks due_on done_on answer done_by owner",
            C3: "note despite",
        },
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sustained_checks")
    weeks = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    owner = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    note = models.CharField(max_length=500, blank=True)
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.
    done_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "weeks"], name="a_check_is_asked_once")
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], condition=Q(done_on=None), name="checks_to_do"
            ),
            models.Index(
                fields=["council", "due_on", "id"], condition=Q(done_on=None), name="checks_by_day"
            ),
        ]
