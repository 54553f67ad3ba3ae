"""How pressing a case is: the words for it, and a person's own view with their reason."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C3 = InformationClass.CASEWORK


class PrimaryNeed(models.TextChoices):
    """What a case is mostly about. The first six are a referral's own words, so that it can begin so."""

    HURTING = "HURTING", "Hurting others"
    LEAVING = "LEAVING", "Leaving lessons"
    ABSENCE = "ABSENCE", "Not coming in"
    UNSAFE = "UNSAFE", "Unsafe outside school"
    LOW_MOOD = "LOW_MOOD", "Very low mood"
    OTHER = "OTHER", "Something else"
    DYSREGULATED = "DYSREGULATED", "Dysregulated behaviour, so that learning is a struggle"
    TRANSITION = "TRANSITION", "A move between schools"


class Priority(models.TextChoices):
    """In order, the most pressing first. What puts a case in one is in duties/priority.py."""

    VERY_HIGH = "VERY_HIGH", "Very high"
    HIGH = "HIGH", "High"
    MEDIUM = "MEDIUM", "Medium"
    LOW = "LOW", "Low"


class OverrideQuerySet(CouncilQuerySet["PriorityOverride"]):
    def in_force(self, today: Any) -> "OverrideQuerySet":
        return self.filter(ended_on=None, until__gte=today)


class PriorityOverride(CouncilModel):
    """Somebody knows what the facts do not show: another priority until a day, with the reason."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at case priority reason set_on until set_by ended_on ended_by"},
    )

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="priority_overrides"
    )
    priority = models.CharField(max_length=9, choices=Priority)
    reason = models.CharField(max_length=300)
    set_on = models.DateField()
    until = models.DateField()
    set_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on=None), name="one_priority_stands_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="another_priority_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__gte=F("set_on")), name="another_priority_lasts_a_day_or_more"
            ),
        ]
