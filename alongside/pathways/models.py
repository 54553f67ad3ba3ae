"""Inclusion frameworks as data: stages, criteria, and where a pupil stands. No ladder is code."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1, C2 = InformationClass.SCHOOL, InformationClass.PUPIL


class Framework(CouncilModel):
    """A named, owned, versioned ladder of support. Always shown by name beside its stage."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name owner version description starts_on ends_on "
            "review_weeks source"
        },
    )

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    owner = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="frameworks")
    version = models.CharField(max_length=20)
    description = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_weeks = models.PositiveSmallIntegerField(default=6)
    source = models.CharField(
        max_length=300, blank=True
    )  # Where it comes from; what is unverified.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key", "version"], name="a_framework_version_stands_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Stage(CouncilModel):
    """One stage, tier or rung of a framework."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at framework order name description weeks_limit limit_is_verified"
        },
    )

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    weeks_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_is_verified = models.BooleanField(default=False)  # Else "check before relying on it".

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "order"], name="one_stage_a_step")
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(CouncilModel):
    """Something a referral to this framework must show. `shown_by` names how it can be met."""

    class ShownBy(models.TextChoices):
        ON_ROLL = "ON_ROLL", "On roll at a school of the council"
        AGREEMENT = "AGREEMENT", "The parent or carer has agreed"
        CYCLES = "CYCLES", "Reviewed cycles of assess, plan, do, review"
        EVIDENCE = "EVIDENCE", "Evidence is attached"
        JUDGEMENT = "JUDGEMENT", "Read and judged by a person"

    handling = Handling(
        Keep.SETTINGS,
        {C1: "id council created_at framework order text guidance shown_by amount is_required"},
    )

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)  # What would meet it: sent back with "not yet met".
    shown_by = models.CharField(max_length=10, choices=ShownBy)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)  # CYCLES: how many reviews.
    is_required = models.BooleanField(default=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "order"], name="criteria_are_in_order")
        ]

    def __str__(self) -> str:
        return self.text


class Standing(CouncilModel):
    """A pupil at a stage of a framework between two dates. Every movement has a reason."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at pupil stage starts_on ends_on reason moved_by"},
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="standings")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="standings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_standing_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_movement_has_a_reason"),
        ]
