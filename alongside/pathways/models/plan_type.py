"""Kinds of plan as data. What is done with a plan stands in `plans`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1 = InformationClass.SCHOOL


class PlanType(CouncilModel):
    """A kind of plan as data: who agrees to it, what it holds, how often it is reviewed."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name description order agreeing is_signed is_traced "
            "has_timetable review_weeks is_on starts_on source is_verified is_own approving is_added"
        },
    )

    key = models.CharField(max_length=20)  # "PASTORAL": what a plan holds.
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Whose agreement brings such a plan into use: parties of `plans.models.Party`.
    agreeing = ArrayField(models.CharField(max_length=7), default=list)
    is_signed = models.BooleanField(default=False)  # Printed with lines to sign on.
    # Each target names the need it answers, and each action the target it serves.
    is_traced = models.BooleanField(default=False)
    has_timetable = models.BooleanField(default=False)
    review_weeks = models.PositiveSmallIntegerField(null=True, blank=True)  # Else the framework's.
    is_on = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)  # Not offered before this day.
    source = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)
    # Its name and rhythm were set on screen: a pack that is loaded again leaves them.
    is_own = models.BooleanField(default=False)
    # Roles of which one approves such a plan; none named, whoever approves plans.
    approving = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_added = models.BooleanField(default=False)  # On screen: no pack has it.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="a_plan_type_has_one_key")
        ]

    def __str__(self) -> str:
        return self.name
