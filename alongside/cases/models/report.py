"""Whether a report may leave the service: asked for, approved, or returned with what is to change."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.cases.models.case import Case
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.days import day_of
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.rules.words import day_in_words

C3 = InformationClass.CASEWORK


class ReportApproval(CouncilModel):
    """One asking, for a report as it then read. Of a closure report the newest counts.

    A chronology for a hearing may be of a pupil without a case: it names the pupil, what was chosen,
    and the lines that were sent in. Those lines, and no others, are given out.
    """

    class Kind(models.TextChoices):
        CLOSURE = "CLOSURE", "Closure report"
        CHRONOLOGY = "CHRONOLOGY", "Chronology for a hearing"

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting for approval"
        APPROVED = "APPROVED", "Approved"
        RETURNED = "RETURNED", "Returned"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at kind case pupil state fingerprint asked_by asked_at "
            "decided_by decided_at reason chosen line_ids copy"
        },
    )

    one_each = OneEach(
        "a chronology that waits for approval",
        lambda row: f"a chronology for a hearing, sent in {day_in_words(day_of(row.asked_at))}",
        end_first="Approve or return one of the two first, then merge.",
    )

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CLOSURE)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="report_approvals"
    )
    pupil = models.ForeignKey(
        "people.Pupil", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # Of every word the school would read: what was approved is what is given out.
    fingerprint = models.CharField(max_length=64)
    # A closed case's closure report as it was sent in: what the school reads until a newer is approved.
    copy = models.JSONField(default=dict, blank=True, db_default={})
    asked_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    chosen = models.JSONField(default=dict, blank=True)  # For which hearing, and what goes in.
    line_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="WAITING"),
                name="a_report_waits_for_one_approval",
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(state="WAITING"),
                name="a_chronology_waits_for_one_approval",
            ),
            models.CheckConstraint(
                condition=Q(kind="CLOSURE", case__isnull=False, pupil=None)
                | Q(kind="CHRONOLOGY", case=None, pupil__isnull=False),
                name="a_report_is_of_a_case_or_a_chronology_of_a_pupil",
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
