"""What stands beside a plan: an invitation to its review, and the hours of curriculum a week."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.plans.models.plan import Plan
from alongside.rules.words import day_in_words

C2 = InformationClass.PUPIL


class ReviewInvitation(CouncilModel):
    """The school asked to a review: when, where, and who was told."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at plan meets_at place words told sent_by"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="invitations")
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    told = models.CharField(max_length=300)  # The names of those who were told.
    sent_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-id"]


class CurriculumWeek(CouncilModel):
    """The hours of mainstream curriculum a pupil was taught in one week, against full time."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at case pupil week_starts_on hours full_time_hours why_short "
            "recorded_by"
        },
    )

    one_each = OneEach(
        "the hours of one week",
        lambda row: (
            f"week of {day_in_words(row.week_starts_on)}: {row.hours:f} of "
            f"{row.full_time_hours:f} hours"
        ),
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="curriculum")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="curriculum")
    week_starts_on = models.DateField()  # A Monday.
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    full_time_hours = models.DecimalField(
        max_digits=4, decimal_places=1
    )  # Of the class, that week.
    why_short = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pupil", "-week_starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "week_starts_on"], name="a_week_of_a_pupil_is_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=F("full_time_hours")),
                name="nobody_is_taught_more_than_full_time",
            ),
            models.CheckConstraint(
                condition=Q(week_starts_on__iso_week_day=1), name="a_week_begins_on_a_monday"
            ),
        ]
