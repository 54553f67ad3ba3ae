"""What a plan is made of: targets with their scores, and what each party does."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.plan import Party, Plan

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


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
            "due_on owner carried_from need"
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
    # What it answers. Read by who reads the need itself.
    need = models.ForeignKey(
        "assessments.Need", on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
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
            C2: "id council created_at plan target order party text who due_on is_shared done_on "
            "done_note done_by"
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    target = models.ForeignKey(  # What it works towards.
        Target, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
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

    @property
    def target_number(self) -> int:
        """Which target of the plan it serves, as the plan numbers them; nought for none."""
        return self.target.order if self.target else 0


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
