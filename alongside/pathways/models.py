"""Inclusion frameworks as data: stages, criteria, and where a pupil stands. No ladder is code."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1, C2 = InformationClass.SCHOOL, InformationClass.PUPIL


class Phase(models.TextChoices):
    PRIMARY = "PRIMARY", "Primary"
    SECONDARY = "SECONDARY", "Secondary"


class FrameworkQuerySet(CouncilQuerySet["Framework"]):
    def in_force(self, today: date) -> "FrameworkQuerySet":
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Framework(CouncilModel):
    """A named, owned, versioned ladder of support. Always shown by name beside its stage."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name owner version description starts_on ends_on "
            "review_weeks source is_verified takes_referrals for_phase digest"
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
    source = models.CharField(max_length=300, blank=True)  # Where it comes from.
    is_verified = models.BooleanField(default=False)  # Else "check before relying on it".
    takes_referrals = models.BooleanField(default=True)  # A ladder may only describe.
    for_phase = models.CharField(max_length=9, choices=Phase, blank=True)  # Blank: every phase.
    digest = models.CharField(max_length=64, blank=True)  # Of the pack it was read from.

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key", "version"], name="a_framework_version_stands_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ServiceStandard(CouncilModel):
    """How soon the council says it does something. Ours, not the law's: shown so beside each date."""

    class Unit(models.TextChoices):
        SCHOOL_DAYS = "SCHOOL_DAYS", "school days"
        WEEKS = "WEEKS", "weeks"

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name amount unit counted_from source is_verified "
            "starts_on ends_on"
        },
    )

    key = models.SlugField(max_length=60)  # "referral-read": what code asks for.
    name = models.CharField(max_length=120)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=11, choices=Unit)
    counted_from = models.CharField(max_length=80)
    source = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # A change ends a row and adds one.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key"],
                condition=Q(ends_on=None),
                name="a_standard_in_force_is_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount} {self.Unit(self.unit).label}"


class Stage(CouncilModel):
    """One stage, tier or rung of a framework."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at framework order name description entry exit provider "
            "weeks_limit limit_is_verified"
        },
    )

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    entry = models.CharField(max_length=300, blank=True)  # What brings a pupil onto it.
    exit = models.CharField(max_length=300, blank=True)  # What shows it has done its work.
    provider = models.CharField(max_length=120, blank=True)  # Who gives the support.
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
        {C2: "id council created_at pupil stage starts_on ends_on reason evidence moved_by"},
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="standings")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="standings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)  # What shows that the stage before was tried.
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
        indexes = [models.Index(fields=["pupil", "starts_on", "id"], name="standings_of_a_pupil")]
