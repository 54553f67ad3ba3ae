"""Schools as the register knows them, their people, and the days on which they teach."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1 = InformationClass.SCHOOL


class SchoolStatus(models.TextChoices):
    OPEN = "OPEN", "Open"
    CLOSING = "CLOSING", "Open, but proposed to close"
    PROPOSED = "PROPOSED", "Proposed to open"
    CLOSED = "CLOSED", "Closed"


class School(CouncilModel):
    """A setting: a school, pupil referral unit or alternative provider. Its `place` holds roles.

    A school keeps its authority and establishment number but changes URN when it becomes an
    academy: the old row closes and names its `successor`, and both stand in the same place, so
    that roles held there, and whatever is found by place, go on as if nothing had happened.
    """

    handling = Handling(
        Keep.SCHOOL_RECORD,
        {
            C1: "id council created_at place urn la_code establishment_number name type_name "
            "type_group phase status opened_on closed_on age_low age_high gender street town "
            "postcode pupils_on_roll successor search_name head_name phone website trust_name"
        },
    )

    place = models.ForeignKey(
        "core.Place",
        on_delete=models.PROTECT,
        related_name="schools",
        related_query_name="school",
    )
    urn = models.PositiveIntegerField()
    la_code = models.CharField(max_length=3)
    establishment_number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=200)
    type_name = models.CharField(max_length=100, blank=True)
    type_group = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=8, choices=SchoolStatus, default=SchoolStatus.OPEN)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    street = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    pupils_on_roll = models.PositiveIntegerField(null=True, blank=True)
    head_name = models.CharField(max_length=120, blank=True)  # As the register has it.
    phone = models.CharField(max_length=30, blank=True)
    website = models.CharField(max_length=200, blank=True)
    trust_name = models.CharField(max_length=200, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    search_name = models.CharField(max_length=250)  # rules.names.normalise(name)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "urn"], name="a_school_has_one_row"),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(successor__isnull=True),
                name="one_school_today_in_a_place",
            ),
        ]
        indexes = [models.Index(fields=["council", "name", "id"], name="schools_by_name")]

    def __str__(self) -> str:
        return self.name


class SchoolContact(CouncilModel):
    """Somebody at a school whom the service needs to reach: headteacher, SENDCo, DSL."""

    handling = Handling(
        Keep.SCHOOL_RECORD, {C1: "id council created_at school role name phone email is_current"}
    )

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    is_current = models.BooleanField(default=True)

    objects = CouncilQuerySet.as_manager()


class NamedWorker(CouncilModel):
    """The person of the service whom a school rings first."""

    handling = Handling(
        Keep.SCHOOL_RECORD, {C1: "id council created_at school staff starts_on ends_on"}
    )

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="named_workers")
    staff = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="named_for")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = CouncilQuerySet.as_manager()


class Term(CouncilModel):
    """A term of one school or, without a school, the council's, which schools may copy or follow."""

    handling = Handling(
        Keep.SCHOOL_RECORD,
        {
            C1: "id council created_at school name starts_on half_term_starts_on half_term_ends_on "
            "ends_on source"
        },
    )

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="terms"
    )
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    half_term_starts_on = models.DateField(null=True, blank=True)
    half_term_ends_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(half_term_starts_on__isnull=True, half_term_ends_on__isnull=True)
                | Q(
                    half_term_starts_on__gt=F("starts_on"),
                    half_term_ends_on__gte=F("half_term_starts_on"),
                    half_term_ends_on__lt=F("ends_on"),
                ),
                name="half_term_lies_within_its_term",
            ),
        ]


class NonTeachingDay(CouncilModel):
    """An INSET day or an unplanned closure, of one school or of every school that follows the council."""

    class Kind(models.TextChoices):
        INSET = "INSET", "INSET day"
        CLOSURE = "CLOSURE", "Unplanned closure"

    handling = Handling(
        Keep.SCHOOL_RECORD,
        {C1: "id council created_at school kind starts_on ends_on reason learned_on"},
    )

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="non_teaching_days"
    )
    kind = models.CharField(max_length=7, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    learned_on = models.DateField()  # A closure learned later recomputes and is logged.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_closure_ends_after_it_starts"
            )
        ]
