"""A concern about a child's safety: raised by anybody, read by the safeguarding lead of the setting."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.chronology import ChronologyEntry
from alongside.people.models.pupil import CLASSES, Pupil


class Concern(CouncilModel):
    """What somebody saw or heard, in their own words, and when it was acknowledged.

    The raiser reads this row for ever, so nothing that follows is written on it: what the
    safeguarding lead does next stands in the chronology, behind the wall.
    """

    class Where(models.TextChoices):
        SCHOOL = "SCHOOL", "At school"
        VISIT = "VISIT", "On a visit or session"
        HOME = "HOME", "At home"
        TRANSPORT = "TRANSPORT", "In transport"
        ELSEWHERE = "ELSEWHERE", "Somewhere else, or told by somebody"

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.SAFEGUARDING_FILE,
        {
            InformationClass.SAFEGUARDING: "id council created_at pupil school entry child where "
            "happened_at words child_words done acknowledged_at acknowledged_by information_class "
            "recorded_by"
        },
    )

    pupil = models.ForeignKey(
        Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="concerns")
    entry = models.OneToOneField(ChronologyEntry, on_delete=models.PROTECT, related_name="concern")
    child = models.CharField(max_length=200, blank=True)  # In words, when not found by search.
    where = models.CharField(max_length=9, choices=Where)
    happened_at = models.DateTimeField()
    words = models.TextField()  # Facts: what was seen or heard.
    child_words = models.TextField(blank=True)  # What the child said, as they said it.
    done = models.TextField(blank=True)  # What was done, whom was told in person and when.
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C5")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pupil__isnull=False) | ~Q(child=""), name="a_concern_is_about_a_child"
            ),
            models.CheckConstraint(
                condition=Q(information_class="C5"), name="a_concern_is_restricted"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "acknowledged_at", "-id"], name="concerns_waiting")
        ]
