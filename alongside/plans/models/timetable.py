"""The week of a personalised pathway or a reduced timetable: what is taught when, where, by whom."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.plan import Plan
from alongside.rules.timetable import DAYS

C2 = InformationClass.PUPIL


class TimetableSlot(CouncilModel):
    """One part of one school day, the same every week while the plan runs."""

    class Provision(models.TextChoices):
        CLASS = "CLASS", "Lessons with the class"
        APART = "APART", "Taught or supported apart"
        PROVIDER = "PROVIDER", "At another provider"
        WORK = "WORK", "Work-related learning"
        HOME = "HOME", "At home or online"

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at plan day begins ends provision what place who"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="timetable")
    day = models.PositiveSmallIntegerField(choices=DAYS)
    begins = models.TimeField()
    ends = models.TimeField()
    provision = models.CharField(max_length=8, choices=Provision)
    what = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True)
    who = models.CharField(max_length=100, blank=True)  # Who teaches or supports, by name or role.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "day", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "day", "begins"], name="one_thing_begins_at_a_time_of_a_week"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="a_part_of_a_day_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(day__range=(1, 5)), name="a_week_is_monday_to_friday"
            ),
        ]
