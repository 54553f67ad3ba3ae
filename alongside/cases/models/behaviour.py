"""Presenting behaviours: what is seen, how often and how severe."""

from django.db import models

from alongside.cases.models.case import Case
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep


class Behaviour(CouncilModel):
    """A presenting behaviour of a case: how often and how severe, at referral and again at exit.

    Kept apart from diagnoses: it says what is seen, never what a child is.
    """

    class Occasion(models.TextChoices):
        REFERRAL = "REFERRAL", "At referral"
        EXIT = "EXIT", "At exit"

    class Frequency(models.IntegerChoices):
        NEVER = 0, "Not at all"
        MONTHLY = 1, "Less than once a week"
        WEEKLY = 2, "Once a week"
        SEVERAL = 3, "Several times a week"
        DAILY = 4, "Every day"
        HOURLY = 5, "Several times a day"

    class Severity(models.IntegerChoices):
        NONE = 0, "None"
        MILD = 1, "Mild: settles with a reminder"
        MODERATE = 2, "Moderate: an adult steps in"
        SEVERE = 3, "Severe: the lesson stops"
        EXTREME = 4, "Extreme: somebody is at risk"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at case name occasion frequency severity seen_on source "
            "recorded_by"
        },
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="behaviours")
    name = models.CharField(max_length=100)
    occasion = models.CharField(max_length=8, choices=Occasion)
    frequency = models.PositiveSmallIntegerField(choices=Frequency)
    severity = models.PositiveSmallIntegerField(choices=Severity)
    seen_on = models.DateField()
    source = models.CharField(max_length=120, blank=True)  # Who says so: the class teacher.
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name", "occasion"], name="a_behaviour_is_told_once_an_occasion"
            )
        ]
