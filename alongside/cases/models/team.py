"""How a team shares its work: what somebody can hold, who covers whom, comments, countersigning."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.cases.models.priority import PrimaryNeed
from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.pupil import CLASSES

C1, C2, C3 = InformationClass.SCHOOL, InformationClass.PUPIL, InformationClass.CASEWORK


class WorkerProfile(CouncilModel):
    """How many cases somebody can hold, and which needs they know best: asked when allocating."""

    handling = Handling(
        Keep.STAFF_FILE, {C1: "id council created_at staff most_cases knows note set_by"}
    )

    staff = models.OneToOneField(
        "core.Staff", on_delete=models.PROTECT, related_name="worker_profile"
    )
    most_cases = models.PositiveSmallIntegerField(null=True, blank=True)
    knows = ArrayField(
        models.CharField(max_length=12, choices=PrimaryNeed), default=list, blank=True
    )
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class CoverQuerySet(CouncilQuerySet["Cover"]):
    def in_force(self, today: Any) -> "CoverQuerySet":
        return self.filter(starts_on__lte=today, ends_on__gte=today)


class Cover(CouncilModel):
    """Somebody looks after another's caseload between two days. The lead stays the lead."""

    handling = Handling(
        Keep.STAFF_FILE,
        {C1: "id council created_at staff covered_by starts_on ends_on reason despite set_by"},
    )

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(
        max_length=120, blank=True
    )  # "On a course". Never why somebody is ill.
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.
    set_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(staff=F("covered_by")), name="nobody_covers_for_themselves"
            ),
        ]
        indexes = [models.Index(fields=["covered_by", "ends_on"], name="covers_of_somebody")]


class CaseComment(CouncilModel):
    """What a manager or a colleague says to whoever works the case. The service's own."""

    handling = Handling(Keep.PUPIL_FILE, {C3: "id council created_at case text written_by"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="comments")
    text = models.CharField(max_length=1000)
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class Countersignature(CouncilModel):
    """Who answers for an assistant has read what they recorded, and says so. As restricted as it."""

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at entry note information_class recorded_by"},
    )

    entry = models.OneToOneField(
        "people.ChronologyEntry", on_delete=models.PROTECT, related_name="countersignature"
    )
    note = models.CharField(max_length=300, blank=True)
    information_class = models.CharField(max_length=2, choices=CLASSES)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class PlannedHandover(CouncilModel):
    """Cases of one person that go to another on a coming day, unless it is called off before."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", "Planned"
        DONE = "DONE", "Carried out"
        CALLED_OFF = "CALLED_OFF", "Called off"
        NOT_DONE = "NOT_DONE", "Not carried out"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at former to starts_on note takes_checks planned_by state "
            "ended_at called_off_by reason despite"
        },
    )

    former = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    note = models.CharField(max_length=2000)
    takes_checks = models.BooleanField(default=False)
    planned_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    ended_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)  # Why it was called off, or not done.
    despite = models.CharField(max_length=500, blank=True, db_default="")  # See cases.room.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PLANNED", ended_at=None)
                | (~Q(state="PLANNED") & Q(ended_at__isnull=False)),
                name="a_handover_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CALLED_OFF", "NOT_DONE"]) | ~Q(reason=""),
                name="a_handover_is_called_off_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(former=F("to")), name="nobody_hands_over_to_themselves"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_on"], condition=Q(state="PLANNED"), name="handovers_to_come"
            )
        ]


class HandoverCase(CouncilModel):
    """One case of a planned handover, and what became of it on the day."""

    class Outcome(models.TextChoices):
        GIVEN = "GIVEN", "Handed over"
        CLOSED = "CLOSED", "Closed by then"
        ELSEWHERE = "ELSEWHERE", "Led by somebody else by then"

    handling = Handling(Keep.PUPIL_FILE, {C3: "id council created_at handover case outcome"})

    handover = models.ForeignKey(PlannedHandover, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="handovers")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "case"], name="a_handover_names_a_case_once"
            )
        ]
