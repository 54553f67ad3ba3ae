"""A needs assessment: each domain rated once, by all who know the child. A later one is a new row."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.assessments.models.barrier import SupportLevel
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.numbered import Numbered

C3 = InformationClass.CASEWORK


class NeedsAssessment(CouncilModel):
    """How much each domain gets in the way, 0 to 3, and whose words it rests on. Never rewritten."""

    class Occasion(models.TextChoices):
        REFERRAL = "REFERRAL", "At referral"
        BASELINE = "BASELINE", "At the start"
        REVIEW = "REVIEW", "At a review"
        EXIT = "EXIT", "At the end"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil number occasion taken_on recorded_by ratings notes "
            "need_ids pupil_words family_words family_name school_words suggested agreed "
            "agreed_hours agreed_because agreed_by agreed_on withdrawn_because withdrawn_by"
        },
    )

    numbered = Numbered("Needs assessments", on="taken_on")

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="assessments")
    # Not unique: two records of one child are counted anew when they are merged, one row at a time.
    number = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=8, choices=Occasion)
    taken_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ratings = models.JSONField()  # Domain to 0, 1, 2 or 3.
    notes = models.JSONField(default=dict)  # Domain to a sentence.
    need_ids = ArrayField(models.BigIntegerField(), default=list)  # The barriers that stood then.
    pupil_words = models.CharField(max_length=1000, blank=True)
    family_words = models.CharField(max_length=1000, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    school_words = models.CharField(max_length=1000, blank=True)
    # What the total suggests, and what was decided.
    suggested = models.ForeignKey(
        SupportLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.ForeignKey(
        SupportLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    agreed_because = models.CharField(max_length=300, blank=True)
    agreed_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["pupil", "number"], name="assessments_of_a_pupil")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_because="", withdrawn_by=None)
                | (~Q(withdrawn_because="") & Q(withdrawn_by__isnull=False)),
                name="an_assessment_withdrawn_says_why_and_by_whom",
            ),
        ]

    @property
    def total(self) -> int:
        return sum(self.ratings.values())
