"""Whether a report may leave the service: asked for, approved, or returned with what is to change."""

from django.db import models
from django.db.models import Q

from alongside.cases.models.case import Case
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C3 = InformationClass.CASEWORK


class ReportApproval(CouncilModel):
    """One asking, for the closure report of a case as it then read. The newest one counts."""

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting for approval"
        APPROVED = "APPROVED", "Approved"
        RETURNED = "RETURNED", "Returned"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at case state fingerprint asked_by asked_at decided_by "
            "decided_at reason"
        },
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="report_approvals")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # Of every word the school would read: what was approved is what is given out.
    fingerprint = models.CharField(max_length=64)
    asked_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="WAITING"),
                name="a_report_waits_for_one_approval",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", decided_by=None, decided_at=None)
                | (~Q(state="WAITING") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_decision_on_a_report_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | ~Q(reason=""),
                name="a_report_is_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                name="nobody_approves_their_own_report",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="WAITING"), name="reports_to_approve"
            )
        ]
