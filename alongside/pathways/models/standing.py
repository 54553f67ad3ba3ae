"""Where a pupil stands on a framework, and since when. Every movement has a reason."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.pathways.models.framework import Stage

C2 = InformationClass.PUPIL


class Standing(CouncilModel):
    """A pupil at a stage of a framework between two dates. Every movement has a reason."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil stage starts_on ends_on reason evidence moved_by "
            "passed_over_because planned_exit_on review_on left_because is_told since_on taken_from "
            "decided_by decided_on"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="standings")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="standings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)  # What shows that the stage before was tried.
    moved_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    # A crisis: why stages that are tried first were not.
    passed_over_because = models.CharField(max_length=300, blank=True)
    # Where others decide on the stage: who did, and on what day.
    decided_by = models.CharField(max_length=120, blank=True, db_default="")
    decided_on = models.DateField(null=True, blank=True)
    planned_exit_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)  # Left the framework altogether.
    # Tried before anybody here stood beside it: told afterwards, and so no movement of ours.
    is_told = models.BooleanField(default=False)
    # At this stage since before a newer version of the framework was followed: its limit counts on.
    since_on = models.DateField(null=True, blank=True)
    # Where they stood on the version before, when a newer one moved them: there they go back to.
    taken_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_standing_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_movement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by="", decided_on=None)
                | (~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="a_decision_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "starts_on", "id"], name="standings_of_a_pupil"),
            models.Index(
                fields=["stage", "pupil"],
                condition=Q(ends_on__isnull=True),
                include=["council"],
                name="standings_now_of_a_stage",
            ),
            models.Index(fields=["stage", "starts_on"], name="movements_to_a_stage"),
            models.Index(
                fields=["stage", "ends_on"],
                condition=~Q(left_because=""),
                include=["council", "pupil"],
                name="leavers_of_a_stage",
            ),
        ]
