"""Reviews of a plan, and where its targets stood."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.parts import Target
from alongside.plans.models.plan import Plan

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class Review(CouncilModel):
    """The meeting that looks at a plan and decides what is next."""

    class Decision(models.TextChoices):
        CONTINUE = "CONTINUE", "Continue"
        STEP_UP = "STEP_UP", "Step up"
        STEP_DOWN = "STEP_DOWN", "Step down"
        CLOSE = "CLOSE", "Close"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at plan held_on decision reason present pupil_view school_view "
            "next_review_on stage recorded_by",
            C3: "family_view",
        },
    )

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="review")
    held_on = models.DateField()
    decision = models.CharField(max_length=9, choices=Decision)
    reason = models.CharField(max_length=500)
    present = models.CharField(max_length=300, blank=True)
    pupil_view = models.TextField(blank=True)
    family_view = models.TextField(blank=True)
    school_view = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    stage = models.ForeignKey(  # Where a step up or down leads.
        "pathways.Stage", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["held_on"], name="reviews_by_day")]


class TargetScore(CouncilModel, Versioned):
    """Where a target stood on a day: at a review, or between reviews."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at version target review value scored_on note recorded_by"},
    )

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="scores")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="scores"
    )
    value = models.DecimalField(max_digits=6, decimal_places=1)
    scored_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()
