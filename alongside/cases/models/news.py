"""What a team tells itself: announcements, and where each person is."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1 = InformationClass.SCHOOL


class AnnouncementQuerySet(CouncilQuerySet["Announcement"]):
    def in_force(self, today: Any) -> "AnnouncementQuerySet":
        return self.filter(starts_on__lte=today, ends_on__gte=today)


class Announcement(CouncilModel):
    """A few sentences to a whole service or neighbourhood, between two days. Names no child."""

    handling = Handling(
        Keep.SHORT, {C1: "id council created_at place title text starts_on ends_on written_by"}
    )

    place = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=1000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="an_announcement_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["place", "ends_on"], name="announcements_of_a_place")]


class Whereabouts(CouncilModel):
    """Where somebody works on a day, as they say it themselves. Never why they are away."""

    class Kind(models.TextChoices):
        SCHOOL = "SCHOOL", "In a school"
        OFFICE = "OFFICE", "At the base"
        HOME = "HOME", "Working from home"
        TRAINING = "TRAINING", "On training"
        AWAY = "AWAY", "Away"

    handling = Handling(Keep.SHORT, {C1: "id council created_at staff on kind note set_by"})

    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="whereabouts")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.CharField(max_length=120, blank=True)  # "Chalkhill until noon, then Marlpit."
    set_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "on"], name="somebody_is_in_one_place_a_day")
        ]
