"""A pupil who left the council mid-case: where to, and who there was told what."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class Departure(CouncilModel):
    """Nothing passes between councils by itself: somebody tells the receiving side, and says so."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil to_council last_day told_on recorded_by",
            C3: "told_who told_how what_was_sent",
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="departures")
    to_council = models.CharField(max_length=120)  # Or wherever they went, in words.
    last_day = models.DateField()
    told_who = models.CharField(max_length=200, blank=True)
    told_how = models.CharField(max_length=120, blank=True)
    told_on = models.DateField(null=True, blank=True)
    what_was_sent = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_on__isnull=True) | ~models.Q(told_who=""),
                name="who_was_told_of_a_departure_is_named",
            )
        ]
