"""One change of a pupil's registers made on screen, with what it takes to undo it."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.pupil import Pupil


class RegisterChange(CouncilModel):
    """What each register of the pupil was before and after; whose access ended with it."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil entry registers involvements "
            "moved made_by undone_at undone_by"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="register_changes")
    entry = models.ForeignKey("people.ChronologyEntry", on_delete=models.PROTECT, related_name="+")
    # {"id", "before", "after"} of each register that changed; null where there was or is none.
    registers = models.JSONField()
    involvements = models.JSONField(default=list)  # Ids of those that ended with it.
    # {"id", "ends_on", "access_ends_on"} before, of those whose last day a correction moved.
    moved = models.JSONField(default=list, db_default=[])
    made_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()
