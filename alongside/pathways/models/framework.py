"""Inclusion frameworks as data: stages, criteria, standards. No ladder is code."""

import re
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.permissions import ROLES, Role

C1 = InformationClass.SCHOOL


class Phase(models.TextChoices):
    PRIMARY = "PRIMARY", "Primary"
    SECONDARY = "SECONDARY", "Secondary"


# Roles that decide on a stage for others. A pupil's own school is told of its pupils in any case.
DECIDERS = (
    Role.PANEL_MEMBER,
    Role.LEAD_PRACTITIONER,
    Role.OUTREACH_MANAGER,
    Role.PRU_HEADTEACHER,
    Role.PRU_SENDCO,
    Role.CASEWORK_SUPERVISOR,
    Role.INCLUSION_OFFICER,
    Role.COUNCIL_SEND,
    Role.OPERATIONAL_GROUP,
)


# The service that takes a pupil on, moves them or reviews their plan decides by doing so.
THE_SERVICE = "service"
WHO_DECIDES = [
    (THE_SERVICE, "The service’s own: whoever accepts, moves or reviews"),
    *((role.value, ROLES[role].label) for role in DECIDERS),
]


class FrameworkQuerySet(CouncilQuerySet["Framework"]):
    def published(self) -> "FrameworkQuerySet":
        return self.filter(is_draft=False)

    def in_force(self, today: date) -> "FrameworkQuerySet":
        started = self.published().filter(starts_on__lte=today)
        return started.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Framework(CouncilModel):
    """A named, owned, versioned ladder of support. Always shown by name beside its stage."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name owner version description starts_on ends_on "
            "review_weeks source is_verified takes_referrals for_phase replaces_exclusion digest "
            "is_draft based_on changed_because changed_by published_on"
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
    replaces_exclusion = models.BooleanField(default=False)  # Used in place of one: has outcomes.
    digest = models.CharField(max_length=64, blank=True)  # Of the pack it was read from.
    # A version being written: nobody stands on it and nothing is judged by it until published.
    is_draft = models.BooleanField(default=False)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_because = models.CharField(max_length=300, blank=True)
    # The day on which it was published here, not loaded: until its end it can be taken back.
    published_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key", "version"], name="a_framework_version_stands_once"
            ),
            models.UniqueConstraint(
                fields=["council", "key"],
                condition=Q(is_draft=True),
                name="one_draft_of_a_framework",
            ),
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
            "starts_on ends_on is_own"
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
    is_own = models.BooleanField(default=False)  # Set on screen: a pack loaded again leaves it.

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
        return f"{self.name}: {self.figure}"

    @property
    def figure(self) -> str:
        """10 school days; 1 week."""
        label = str(self.Unit(self.unit).label)
        return f"{self.amount} {label.removesuffix('s') if self.amount == 1 else label}"


# "The school", "The school’s SENDCo": not "The school and the service", nor a service for schools.
OF_THE_SCHOOL = re.compile(r"(the )?((pupil|child)['’]s )?(own )?school(['’]s .+)?", re.IGNORECASE)


class Stage(CouncilModel):
    """One stage, tier or rung of a framework."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at framework order key name description entry evidence "
            "decided_by decided_by_role exit provider offers weeks_limit limit_is_verified is_tried_first"
        },
    )

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    # What stays the same when a version renames or moves it. Blank: its place says which it is.
    key = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    entry = models.CharField(max_length=300, blank=True)  # What brings a pupil onto it.
    evidence = models.CharField(max_length=300, blank=True)  # What must be shown to come onto it.
    decided_by = models.CharField(max_length=120, blank=True)
    # Who holds this role for the framework's service is told of pupils moved onto it by a version.
    # Blank, somebody decides who has no role here: what they decided is asked for.
    decided_by_role = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        choices=WHO_DECIDES,
    )
    exit = models.CharField(max_length=300, blank=True)  # What shows it has done its work.
    provider = models.CharField(max_length=120, blank=True)  # Who gives the support.
    offers = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    weeks_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_is_verified = models.BooleanField(default=False)  # Else "check before relying on it".
    # The graduated response: shown as tried, with dates and evidence, before a later stage.
    is_tried_first = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "order"],
                name="one_stage_a_step",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> str:
        """The same stage in every version of its framework."""
        return identity(self.key, self.order)

    @property
    def is_of_the_school(self) -> bool:
        """The school gives it alone; who decides says so where nobody is named as giving it."""
        given = (self.provider or self.decided_by).strip()
        return bool(OF_THE_SCHOOL.fullmatch(given))

    @property
    def who_decides(self) -> str:
        """In words: by name, else the role; blank where nobody in particular does."""
        return self.decided_by or dict(WHO_DECIDES).get(self.decided_by_role, "")

    @property
    def is_decided_by_the_school(self) -> bool:
        return bool(OF_THE_SCHOOL.fullmatch(self.decided_by.strip()))


def identity(key: str, order: int) -> str:
    return key or f"stage-{order}"


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
