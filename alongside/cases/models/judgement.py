"""A professional judgement where guidance does not decide: written once, then locked."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.pupil import CLASSES


class Judgement(CouncilModel):
    """Facts, options, decision, rationale and who was consulted. The database refuses any change.

    It hangs on its case and not on the pupil, so that two records can be joined without touching it.
    """

    wall = Wall.LOCKED
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at case facts options decision rationale "
            "consulted information_class recorded_by adds_to"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="judgements")
    facts = models.TextField()
    options = models.TextField()
    decision = models.TextField()
    rationale = models.TextField()
    consulted = models.CharField(max_length=500)
    information_class = models.CharField(max_length=2, choices=CLASSES)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    # What was learnt later is another entry, which says to which it belongs.
    adds_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="additions"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(information_class__in=["C3", "C5"]),
                name="a_judgement_is_casework_or_safeguarding",
            )
        ]
