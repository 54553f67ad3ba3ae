"""The day on which support of a case began, once everything it needs was in place."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class SupportStart(CouncilModel):
    """Written once for a case, with what was in place on that day. Never changed."""

    wall = Wall.APPEND
    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at case starts_on started_by", C3: "in_place"},
    )

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="start")
    starts_on = models.DateField()
    in_place = models.JSONField()  # What was asked for and how each was met, in words.
    started_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()
