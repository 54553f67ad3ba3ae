"""A case: one piece of work with a pupil and a school, who does it, its start checklist and checks."""

from django.db import models
from django.db.models import F, Q

from alongside.cases.models.priority import PrimaryNeed
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.people.models import Capacity

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class CaseState(models.TextChoices):
    WAITING = "WAITING", "Waiting to be allocated"
    OPEN = "OPEN", "Open"
    CLOSED = "CLOSED", "Closed"


class Case(CouncilModel, Versioned):
    """From acceptance to closure, for one pupil in one service. `reference` is what people say."""

    class Outcome(models.TextChoices):
        SUSTAINED = "SUSTAINED", "Place sustained in the same school"
        MOVED = "MOVED", "Moved to another school or setting"
        STEPPED_UP = "STEPPED_UP", "Stepped up to other support"
        WITHDRAWN = "WITHDRAWN", "Agreement withdrawn"
        LEFT_AREA = "LEFT_AREA", "Left the area"
        EXCLUDED = "EXCLUDED", "Permanently excluded"

    class Risk(models.TextChoices):
        LOW = "LOW", "Low"
        MEDIUM = "MEDIUM", "Medium"
        HIGH = "HIGH", "High"

    class Complexity(models.TextChoices):
        ORDINARY = "ORDINARY", "Ordinary"
        COMPLEX = "COMPLEX", "Complex"
        VERY_COMPLEX = "VERY_COMPLEX", "Very complex"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version reference pupil school service area framework moved_from state "
            "opened_on reopened_on led_from closed_on closing_summary",
            C3: "reason risk_at_start risk_now risk_at_end primary_need complexity is_contentious "
            "marked_because outcome closing_notes closed_by",
        },
    )

    one_each = OneEach(
        "an open case with one service",
        lambda row: f"case {row.reference}",
        end_first="Close one of the two cases first, then merge.",
    )

    reference = models.CharField(max_length=20)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="cases")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="cases")
    service = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    # The neighbourhood or area within the service, where it has them.
    area = models.ForeignKey(
        "core.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    framework = models.ForeignKey(
        "pathways.Framework", on_delete=models.PROTECT, related_name="cases"
    )
    # The version it followed before it was moved to a newer one.
    moved_from = models.ForeignKey(
        "pathways.Framework", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=7, choices=CaseState, default=CaseState.WAITING)
    reason = models.CharField(max_length=300)
    risk_at_start = models.CharField(max_length=6, choices=Risk, blank=True)
    # How it stands now, as who works it last said, with their reason.
    risk_now = models.CharField(max_length=6, choices=Risk, blank=True, db_default="")
    primary_need = models.CharField(max_length=12, choices=PrimaryNeed, blank=True, db_default="")
    complexity = models.CharField(
        max_length=12, choices=Complexity, blank=True, db_default=Complexity.ORDINARY
    )
    is_contentious = models.BooleanField(db_default=False)
    marked_because = models.CharField(max_length=300, blank=True, db_default="")
    risk_at_end = models.CharField(max_length=6, choices=Risk, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)  # The last time it was opened again.
    # Of a lead chosen ahead, their first day: what is asked of the case is counted from it.
    led_from = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closing_summary = models.TextField(blank=True)  # Read by the school and the family as well.
    closing_notes = models.TextField(
        blank=True
    )  # The service's own, and never in the school's copy.
    closed_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="a_case_reference_is_one"
            ),
            models.UniqueConstraint(
                fields=["pupil", "service"],
                condition=~Q(state="CLOSED"),
                name="one_open_case_a_pupil_a_service",
            ),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_on__isnull=False)
                | (~Q(state="CLOSED") & Q(closed_on__isnull=True)),
                name="a_closed_case_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="a_case_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state", "-opened_on", "-id"], name="cases_by_state"),
            models.Index(fields=["council", "-opened_on", "-id"], name="cases_by_day"),
            models.Index(fields=["service", "state"], name="cases_of_a_service"),
            models.Index(fields=["service", "closed_on"], name="cases_closed_by_a_service"),
            # All that a count asks of cases that run is in the index: the table is not read.
            models.Index(
                fields=["pupil"],
                include=["council", "state", "school", "id"],
                condition=Q(state__in=["WAITING", "OPEN"]),
                name="running_cases_of_pupils",
            ),
            models.Index(
                fields=["opened_on", "id"],
                condition=Q(state__in=["WAITING", "OPEN"]),
                name="running_cases_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Allocation(CouncilModel):
    """Who works a case, in which capacity, from when to when."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at case staff capacity starts_on ends_on reason allocated_by "
            "involvement",
            C3: "despite",
        },
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="allocations")
    capacity = models.CharField(max_length=12, choices=Capacity)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.
    allocated_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    # The access that this allocation gives; it ends with it, after the council's grace.
    involvement = models.OneToOneField("people.Involvement", on_delete=models.PROTECT)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(capacity="LEAD", ends_on__isnull=True),
                name="a_case_has_one_lead",
            )
        ]
        indexes = [models.Index(fields=["staff", "ends_on"], name="allocations_of_staff")]


class ChecklistItem(CouncilModel):
    """One thing to be settled before work begins: done, or not applicable because of something."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at case key label order done_on done_by note "
            "not_applicable_because"
        },
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checklist")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    not_applicable_because = models.CharField(max_length=200, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["case", "order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="a_checklist_item_stands_once")
        ]
        indexes = [
            models.Index(
                fields=["case"],
                condition=Q(done_on=None, not_applicable_because=""),
                name="checklists_to_settle",
            )
        ]


class Task(CouncilModel):
    """Something one person is to do by a day, with or without a case."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at case pupil owner text why due_on source url done_on done_by "
            "ended_because made_by step counted_from team is_priority agreed_with agreed_from despite"
        },
    )

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    pupil = models.ForeignKey(
        "people.Pupil", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    owner = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=200)
    why = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    source = models.CharField(max_length=60, blank=True)  # "our standard", a law, a person.
    url = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # It lost its sense and nobody did it: why. `done_on` and `done_by` say when, and by whose act.
    ended_because = models.CharField(max_length=200, blank=True, db_default="")
    made_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    # A step that the law dates (rules.statutory), and the event that its day is counted from.
    step = models.CharField(max_length=20, blank=True)
    counted_from = models.DateField(null=True, blank=True)
    # A team's own task is tracked by the whole team; others are between two people.
    team = models.ForeignKey(
        "core.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_priority = models.BooleanField(db_default=False)
    # The other party of a step that two people agreed: it stands on both their lists.
    agreed_with = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_from = models.CharField(
        max_length=100, blank=True, db_default=""
    )  # Where it was agreed.
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step="") | Q(counted_from__isnull=False, pupil__isnull=False),
                name="a_statutory_step_has_its_pupil_and_its_event",
            ),
            models.CheckConstraint(
                condition=Q(agreed_with=None) | ~Q(agreed_with=F("owner")),
                name="nobody_agrees_a_step_with_themselves",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], condition=Q(done_on=None), name="tasks_to_do"
            ),
            models.Index(
                fields=["council", "due_on", "id"], condition=Q(done_on=None), name="tasks_by_day"
            ),
            models.Index(
                fields=["agreed_with", "due_on", "id"],
                condition=Q(done_on=None, agreed_with__isnull=False),
                name="tasks_agreed_with",
            ),
        ]


class StepOwner(CouncilModel):
    """A deadline of a case that somebody other than its lead has been given, this once.

    It holds for the deadline of `due_on` alone: the next review is the lead's again.
    """

    class Step(models.TextChoices):
        CHECKLIST = "checklist", "Start checklist"
        PLAN = "plan", "Plan"
        REVIEW = "review", "Review"

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at case step due_on owner given_by", C3: "despite"},
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="step_owners")
    step = models.CharField(max_length=9, choices=Step)
    due_on = models.DateField()
    owner = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], name="a_deadline_of_a_case_has_one_owner"
            )
        ]
