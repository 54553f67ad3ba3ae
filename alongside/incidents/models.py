"""Incidents: what happened, what came before it, what was done, and who was told."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.assessments.models.struck import (
    STRUCK,
    PutRight,
    struck_out_says_why_and_by_whom,
)
from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C3 = InformationClass.CASEWORK


class IncidentQuerySet(CouncilQuerySet["Incident"]):
    def readable_by(self, actor: Actor) -> Self:
        """Who reads casework, whom it is shared with, and who wrote it. The pupil is in scope."""
        own = Q(recorded_by_id=actor.staff_id)
        if C3 in actor.reads and actor.reads_work:
            return self
        return self.filter(own | Q(is_shared=True) if C3 in actor.reads_shared else own)


class Incident(CouncilModel, Versioned, PutRight):
    """One incident with a pupil of a case. The school's own record of it stays the legal one."""

    class Kind(models.TextChoices):
        LEFT = "LEFT", "Left the lesson or the site"
        DISTRESS = "DISTRESS", "Overwhelmed or distressed"
        REFUSED = "REFUSED", "Would not take part"
        WORDS = "WORDS", "Hurtful or abusive words"
        HURT = "HURT", "Somebody was hurt or threatened"
        DAMAGE = "DAMAGE", "Things were damaged"
        OTHER = "OTHER", "Something else"

    class Severity(models.IntegerChoices):
        MILD = 1, "Mild: settled with a reminder"
        MODERATE = 2, "Moderate: an adult stepped in"
        SEVERE = 3, "Severe: the lesson stopped"
        EXTREME = 4, "Extreme: somebody was at risk"

    wall = Wall.SHARED
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at version case pupil kind severity occurred_at ended_at place "
            "before happened after told school_reference recorded_by is_shared shared_with "
            f"corrected_because corrected_by {STRUCK}"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="incidents")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=8, choices=Kind)
    severity = models.PositiveSmallIntegerField(choices=Severity)
    occurred_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120)
    before = models.TextField(blank=True)  # What came before it, as far as anybody saw.
    happened = models.TextField()
    after = models.TextField(blank=True)  # What was done, and how it ended.
    told = models.CharField(max_length=200, blank=True)
    school_reference = models.CharField(max_length=60, blank=True)  # In the school's own system.
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # Expressly shared with the school.
    # The school it was shared with: the pupil may have moved since.
    shared_with = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The newest correction: why, and by whom. What stood before is in the history of the row.
    corrected_because = models.CharField(max_length=200, blank=True)
    corrected_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("occurred_at")),
                name="an_incident_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["case", "occurred_at", "kind", "recorded_by"],
                condition=Q(struck_out_because=""),
                name="an_incident_stands_once_by_one_person",
            ),
            struck_out_says_why_and_by_whom("a_struck_out_incident_says_why_and_by_whom"),
            models.CheckConstraint(
                condition=Q(corrected_because="", corrected_by=None)
                | (~Q(corrected_because="") & Q(corrected_by__isnull=False)),
                name="a_corrected_incident_says_why_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "-occurred_at", "-id"], name="incidents_of_a_pupil"),
            models.Index(fields=["case", "-occurred_at"], name="incidents_of_a_case"),
        ]
