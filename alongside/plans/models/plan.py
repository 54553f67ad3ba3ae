"""A plan, and every version of it that was saved."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class PlanState(models.TextChoices):
    DRAFT = "DRAFT", "Being written"
    WAITING_APPROVAL = "WAITING_APPROVAL", "Waiting for approval"
    RETURNED = "RETURNED", "Returned by the manager"
    APPROVED = "APPROVED", "Approved, being agreed"
    AGREED = "AGREED", "Agreed and in use"
    REVIEWED = "REVIEWED", "Reviewed, in use until the next is agreed"
    ENDED = "ENDED", "Ended"


class Party(models.TextChoices):
    """Who has a part in a plan."""

    SCHOOL = "SCHOOL", "The school"
    FAMILY = "FAMILY", "The family"
    PUPIL = "PUPIL", "The pupil"
    SERVICE = "SERVICE", "The service"
    AGENCY = "AGENCY", "Another agency"


# Whose agreement brings a plan into use, unless its type says otherwise.
AGREEING = (Party.SCHOOL, Party.FAMILY, Party.PUPIL)


class Plan(CouncilModel, Versioned):
    """One numbered plan of a case. A new number follows a review; earlier ones stay as they were."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version case pupil kind number state aim starts_on "
            "review_due_on held_by is_joint written_by changed_by changed_at submitted_by submitted_at approved_by approved_at "
            "ended_on previous reminded_on",
            C3: "return_reason",
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="plans")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=20, default="INTERVENTION")  # The key of a plan type.
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.DRAFT)
    aim = models.CharField(max_length=300)
    starts_on = models.DateField()
    review_due_on = models.DateField()
    # Whose plan it is: only its holder writes its targets and actions. A school may hold its own.
    held_by = models.CharField(max_length=7, choices=Party, default=Party.SERVICE)
    is_joint = models.BooleanField(default=False)  # The school writes the service's plan with it.
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)  # Of its review, a week before.
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="plans_of_a_case_are_numbered"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="AGREED"), name="one_plan_in_use_a_case"
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__gt=models.F("starts_on")),
                name="a_plan_is_reviewed_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(held_by__in=("SERVICE", "SCHOOL")),
                name="a_plan_is_held_by_the_service_or_the_school",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "review_due_on"], name="plans_to_review"),
            models.Index(
                fields=["review_due_on", "id"],
                include=["case", "council"],
                condition=Q(state="AGREED"),
                name="plans_in_use_by_review",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.number}"

    @property
    def author_ids(self) -> set[int]:
        """Who stands behind it, and so does not approve it: who wrote it, and who sent it in."""
        sent_by = self.submitted_by_id or self.changed_by_id
        return {self.written_by_id, sent_by}

    @property
    def is_set_aside(self) -> bool:
        """Never approved, and ended because its case was closed."""
        return self.state == PlanState.ENDED and self.approved_at is None

    @property
    def state_word(self) -> str:
        return "Set aside, never approved" if self.is_set_aside else self.get_state_display()


class PlanVersion(CouncilModel):
    """A plan as it was saved each time: who changed what is read by laying two side by side."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at plan version saved_by saved_at", C3: "content needs"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    content = models.JSONField()  # Label of a part to its words: see `plans.comparing`.
    # Which need each target answers, in order; 0 for none. Its words are read by who reads the need.
    needs = ArrayField(models.BigIntegerField(), default=list, db_default=Value("{}"))

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version"], name="a_version_of_a_plan_is_kept_once"
            )
        ]
