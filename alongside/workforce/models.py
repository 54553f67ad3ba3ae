"""Records of the service's own people: supervision and appraisal, kept apart from every pupil."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep


class StaffNote(CouncilModel):
    """A note of supervision or appraisal: its writer's, and once shown the person's it is about.

    The database shows it to nobody else, whatever their clearance (workforce/sql/notes.sql).
    """

    class Kind(models.TextChoices):
        SUPERVISION = "SUPERVISION", "Supervision"
        APPRAISAL = "APPRAISAL", "Appraisal"
        INDUCTION = "INDUCTION", "Induction"

    handling = Handling(
        Keep.STAFF_FILE,
        {
            InformationClass.STAFF: "id council created_at about kind held_on words agreed shown_at "
            "recorded_by"
        },
    )

    about = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    held_on = models.DateField()
    words = models.TextField()
    agreed = models.TextField(blank=True)  # What was agreed, by whom and when.
    shown_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(about=F("recorded_by")), name="nobody_supervises_themselves"
            )
        ]
        indexes = [models.Index(fields=["about", "-held_on", "-id"], name="notes_of_staff")]
