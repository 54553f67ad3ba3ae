"""Plans: targets, actions by each party, approval and agreement, and reviews that decide."""

from django.db import models
from django.db.models import Q

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


class PlanKind(models.TextChoices):
    INTERVENTION = "INTERVENTION", "Intervention plan"
    INDIVIDUAL = "INDIVIDUAL", "Individual support plan"
    PASTORAL = "PASTORAL", "Pastoral Support Plan"
    PATHWAY = "PATHWAY", "Personalised pathway"


class Party(models.TextChoices):
    """Who has a part in a plan."""

    SCHOOL = "SCHOOL", "The school"
    FAMILY = "FAMILY", "The family"
    PUPIL = "PUPIL", "The pupil"
    SERVICE = "SERVICE", "The service"


AGREEING = (Party.SCHOOL, Party.FAMILY, Party.PUPIL)  # Whose agreement brings a plan into use.


class Plan(CouncilModel, Versioned):
    """One numbered plan of a case. A new number follows a review; earlier ones stay as they were."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version case pupil kind number state aim starts_on "
            "review_due_on written_by changed_by changed_at submitted_by submitted_at approved_by approved_at "
            "ended_on previous",
            C3: "return_reason",
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="plans")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12, choices=PlanKind, default=PlanKind.INTERVENTION)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.DRAFT)
    aim = models.CharField(max_length=300)
    starts_on = models.DateField()
    review_due_on = models.DateField()
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
        ]
        indexes = [models.Index(fields=["state", "review_due_on"], name="plans_to_review")]

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


class Target(CouncilModel):
    """What will be different, counted: from a baseline to a goal by a day."""

    class Kind(models.TextChoices):
        PROVISION = "PROVISION", "Provision"
        BEHAVIOUR = "BEHAVIOUR", "Behaviour"
        OUTCOME = "OUTCOME", "Outcome"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at plan order text kind unit lowest highest baseline goal "
            "due_on owner carried_from"
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.BEHAVIOUR)
    unit = models.CharField(max_length=40)  # "of 10 times", "a week".
    lowest = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    highest = models.DecimalField(max_digits=6, decimal_places=1, default=10)
    baseline = models.DecimalField(max_digits=6, decimal_places=1)
    goal = models.DecimalField(max_digits=6, decimal_places=1)
    due_on = models.DateField()
    owner = models.CharField(max_length=120)  # Who leads on it, by name or as they are called.
    # The same target in the plan before, so that a line can be drawn from the first baseline.
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="targets_are_in_order"),
            models.CheckConstraint(
                condition=~Q(goal=models.F("baseline")), name="a_target_changes_something"
            ),
        ]


class PlanAction(CouncilModel):
    """What one party does, by when."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at plan order party text who due_on is_shared done_on "
            "done_note done_by"
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    order = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=7, choices=Party)
    text = models.CharField(max_length=200)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    is_shared = models.BooleanField(default=True)  # A family may keep its own part from the school.
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]


class PlanBarrier(CouncilModel):
    """A barrier of the needs assessment that this plan works on."""

    handling = Handling(Keep.PUPIL_FILE, {C3: "id council created_at plan need chosen_by"})

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="barriers")
    need = models.ForeignKey("assessments.Need", on_delete=models.PROTECT, related_name="plans")
    chosen_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "need"], name="a_plan_takes_a_barrier_once")
        ]


class Agreement(CouncilModel):
    """One party's yes or no to a plan, and how it was given. A yes may be withdrawn later."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at plan party name is_agreed how agreed_on recorded_by "
            "withdrawn_on",
            C3: "words",
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    party = models.CharField(max_length=7, choices=Party)
    name = models.CharField(max_length=120)
    is_agreed = models.BooleanField()
    how = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)  # Their own, when they gave any.
    agreed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "party"], name="a_party_answers_a_plan_once")
        ]


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


class TargetScore(CouncilModel):
    """Where a target stood on a day: at a review, or between reviews."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at target review value scored_on note recorded_by"},
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
