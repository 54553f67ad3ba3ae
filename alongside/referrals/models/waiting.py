"""The waiting list, and the weekly rhythm in which a service reads what it receives."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.referrals.models.referral import Referral

C1, C2, C3 = InformationClass.SCHOOL, InformationClass.PUPIL, InformationClass.CASEWORK


class Wait(CouncilModel):
    """One stay on the waiting list: what it waits for, since when, and when it should end."""

    class For(models.TextChoices):
        WORKER = "WORKER", "A worker with room"
        PLACE = "PLACE", "A place in a group or in-reach"
        FAMILY = "FAMILY", "The family asked to wait"
        SCHOOL = "SCHOOL", "Something the school puts in place first"
        AGENCY = "AGENCY", "Another service’s answer"
        TERM = "TERM", "The start of a term"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at referral waits_for starts_on expected_on ends_on put_by",
            C3: "note",
        },
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="waits")
    waits_for = models.CharField(max_length=6, choices=For)
    note = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    expected_on = models.DateField()  # By when it should end, as the school is told.
    ends_on = models.DateField(null=True, blank=True)
    put_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ends_on=None), name="a_referral_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_wait_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(expected_on__gte=F("starts_on")),
                name="a_wait_is_expected_to_end_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["council", "starts_on", "id"],
                condition=Q(ends_on=None),
                name="waits_now",
            ),
            models.Index(
                fields=["council", "-ends_on", "-id"],
                condition=Q(ends_on__isnull=False),
                name="waits_ended",
            ),
        ]


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class CutOff(CouncilModel):
    """A service's week: what is received by the cut-off is read at the triage that follows."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at service weekday at triage_weekday starts_on ends_on set_by",
        },
    )

    service = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(
        choices=Weekday, validators=[MaxValueValidator(Weekday.FRIDAY)]
    )
    at = models.TimeField()
    triage_weekday = models.PositiveSmallIntegerField(
        choices=Weekday, validators=[MaxValueValidator(Weekday.FRIDAY)]
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # A change ends a row and adds one.
    set_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(ends_on=None), name="a_service_has_one_cut_off"
            )
        ]
