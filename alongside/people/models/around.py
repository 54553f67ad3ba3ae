"""The people around a pupil: carers, professionals, and the staff and services involved."""

from typing import Any

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.reach import Reach
from alongside.people.models.pupil import CLASSES, Pupil


class Carer(CouncilModel, Versioned):
    """A parent or carer. `is_do_not_contact` wins over every letter, visit sheet and export."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at version pupil name relationship "
            "has_parental_responsibility is_do_not_contact order",
            InformationClass.CASEWORK: "phone email contact_note language needs_interpreter ends_on",
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="carers")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    has_parental_responsibility = models.BooleanField(null=True)
    is_do_not_contact = models.BooleanField(default=False)
    contact_note = models.CharField(max_length=200, blank=True)  # "Text after 3pm."
    language = models.CharField(max_length=40, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=1)
    ends_on = models.DateField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()


class Professional(CouncilModel):
    """Somebody of another agency working with a pupil. A social worker is behind the C5 wall."""

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at pupil name profession agency phone "
            "email note starts_on ends_on information_class recorded_by"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="professionals")
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=80)
    agency = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C3")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class Capacity(models.TextChoices):
    """As what a person or a place is involved with a pupil."""

    REFERRED_TO = "REFERRED_TO", "Referred to"
    SCREENING = "SCREENING", "Screening the referral"
    LEAD = "LEAD", "Lead worker"
    CO_WORKER = "CO_WORKER", "Co-worker"
    DEPLOYED = "DEPLOYED", "Deployed assistant"
    COVER = "COVER", "Covering"
    TEACHES = "TEACHES", "Teaches or supports in school"
    INVITED = "INVITED", "Invited"


# The last day of access, as the indexes know it: most involvements ended long ago, and are passed over.
# Not COALESCE, behind which row-level security lets no index be used.
LAST_DAY = Func(
    F("access_ends_on"),
    template="CASE WHEN %(expressions)s IS NULL THEN 'infinity'::date ELSE %(expressions)s END",
    output_field=models.DateField(),
)
NOW = ("pupil", "starts_on", "access_ends_on", "council")


class InvolvementQuerySet(CouncilQuerySet["Involvement"]):
    def in_force(self, today: Any) -> "InvolvementQuerySet":
        """Involvements of today, and those that ended within the council's days of grace."""
        return self.filter(starts_on__lte=today).filter(GreaterThanOrEqual(LAST_DAY, today))

    def of_person(self, reach: Reach) -> "InvolvementQuerySet":
        """Those by which somebody's own work brings a pupil into their view."""
        return self.in_force(reach.today).filter(staff_id=reach.staff_id)

    def of_places(self, reach: Reach) -> "InvolvementQuerySet":
        """Those by which their services and neighbourhoods do."""
        here = (
            Q(place__isnull=False) if reach.is_every_place else Q(place_id__among=reach.place_ids)
        )
        return self.in_force(reach.today).filter(here)


class Involvement(CouncilModel):
    """Why somebody may see a pupil: a person or a place, in a capacity, between two dates.

    `access_ends_on` is `ends_on` plus the council's grace, in which notes are finished.
    """

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil staff place capacity starts_on "
            "ends_on access_ends_on reason"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="involvements")
    staff = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    place = models.ForeignKey(
        "core.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    access_ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, place__isnull=True)
                | Q(staff__isnull=True, place__isnull=False),
                name="either_a_person_or_a_place_is_involved",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_involvement_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "pupil"], name="involvement_of_staff"),
            models.Index(fields=["place", "pupil"], name="involvement_of_place"),
            # With all that is asked of them: thousands of pupils are in scope of a service.
            models.Index(F("staff"), LAST_DAY, include=NOW, name="involvement_of_staff_now"),
            models.Index(F("place"), LAST_DAY, include=NOW, name="involvement_of_place_now"),
        ]
