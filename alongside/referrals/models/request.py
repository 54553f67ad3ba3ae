"""What a case asks of another service: an educational psychologist, in-reach, the council's own."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class RequestState(models.TextChoices):
    SENT = "SENT", "Sent, no answer yet"
    WAITING = "WAITING", "On their waiting list"
    ACCEPTED = "ACCEPTED", "Accepted"
    DECLINED = "DECLINED", "Declined"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class RequestKind(models.TextChoices):
    PSYCHOLOGY = "PSYCHOLOGY", "Educational psychology"
    INREACH = "INREACH", "In-reach or turnaround"
    SPEECH = "SPEECH", "Speech and language therapy"
    MENTAL_HEALTH = "MENTAL_HEALTH", "Child and adolescent mental health"
    SPECIALIST = "SPECIALIST", "Another specialist"
    EARLY_HELP = "EARLY_HELP", "Early Help"
    ATTENDANCE = "ATTENDANCE", "Attendance and education welfare"
    SEND = "SEND", "Council SEND team"
    ADMISSIONS = "ADMISSIONS", "Admissions and fair access"
    YOUTH_JUSTICE = "YOUTH_JUSTICE", "Youth justice"
    COUNCIL = "COUNCIL", "Another council service"
    SCHOOL = "SCHOOL", "More from the service working with the pupil"


class SupportRequest(CouncilModel, Versioned):
    """One request, followed from the day it was sent to its answer. A school reads what is shared."""

    wall = Wall.SHARED
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version reference submission case pupil kind addressed_to state "
            "sent_on chase_on expected_on decided_on recorded_by is_shared is_by_school",
            C3: "asked agreed_by agreed_on answer",
        },
    )

    reference = models.CharField(max_length=20)
    submission = models.UUIDField()  # One press of "send", however often.
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="requests")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=13, choices=RequestKind)
    addressed_to = models.CharField(max_length=120)  # Whom it was sent to, and how to reach them.
    asked = models.TextField()
    agreed_by = models.CharField(max_length=120, blank=True)  # Who at home agreed to the sharing.
    agreed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.SENT)
    sent_on = models.DateField()
    chase_on = models.DateField()  # When to ask again, while there is no answer.
    expected_on = models.DateField(null=True, blank=True)  # When they expect to begin.
    decided_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)  # Their reason, in their words.
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # With the school.
    is_by_school = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="a_request_reference_is_one"
            ),
            models.UniqueConstraint(
                fields=["council", "submission"], name="one_submission_makes_one_request"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["SENT", "WAITING"], decided_on__isnull=True)
                | Q(state__in=["ACCEPTED", "DECLINED", "WITHDRAWN"], decided_on__isnull=False),
                name="a_decided_request_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state", "sent_on", "id"], name="requests_by_state")
        ]

    def __str__(self) -> str:
        return self.reference


class RequestStep(CouncilModel):
    """One thing that happened to a request: when, what was said, by whom. Never changed."""

    wall = Wall.APPEND
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at request name to_state on taken_by",
            C3: "reason said_by",
        },
    )

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=16)  # A key of requests.TRANSITIONS.
    to_state = models.CharField(max_length=9, choices=RequestState)
    on = models.DateField()
    reason = models.TextField()
    said_by = models.CharField(
        max_length=120, blank=True
    )  # Who told us, when it was not one of us.
    taken_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["request", "id"]
