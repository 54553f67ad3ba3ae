"""Councils, the hard wall; and places: a council's services, neighbourhoods and schools."""

from django.db import models
from django.db.models.functions import Now

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep


class CouncilKind(models.TextChoices):
    COUNTY = "COUNTY", "County"
    BOROUGH = "BOROUGH", "Borough"


class Council(models.Model):
    """A local authority. Nothing passes between councils but a logged file transfer."""

    handling = Handling(
        Keep.SETTINGS,
        {InformationClass.SCHOOL: "id code name kind access_grace_days created_at"},
    )

    code = models.CharField(max_length=8, unique=True)  # The DfE's code of the authority.
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=CouncilKind, default=CouncilKind.BOROUGH)
    # Days that access to a pupil lasts after an allocation or deployment ends, to finish notes.
    access_grace_days = models.PositiveSmallIntegerField(default=10)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.name


class PlaceKind(models.TextChoices):
    COUNCIL = "COUNCIL", "Council"
    SERVICE = "SERVICE", "Service"
    NEIGHBOURHOOD = "NEIGHBOURHOOD", "Neighbourhood"
    SCHOOL = "SCHOOL", "School"


class Place(CouncilModel):
    """Somewhere a role can be held: the council, a service, a neighbourhood (or area), a school."""

    handling = Handling(
        Keep.SETTINGS,
        {
            InformationClass.SCHOOL: "id council created_at kind name parent starts_on ends_on "
            "merged_into"
        },
    )

    kind = models.CharField(max_length=13, choices=PlaceKind)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # Where everything of a place that was merged away has gone.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=models.Q(kind="COUNCIL"),
                name="a_council_is_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(ends_on__isnull=False),
                name="a_place_merged_away_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name
