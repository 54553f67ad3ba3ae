"""A pupil: one record for one child, whichever settings know them. Who may see it is here too."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf

from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.reach import Reach

# The words of a name, to be found by their beginnings. As people/sql/search.sql asks for them.
WORDS = Func(
    Func(F("search_name"), Value(" "), function="string_to_array"), function="array_to_tsvector"
)
CLASSES = [(c.value, c.label) for c in InformationClass]


class SenProvision(models.TextChoices):
    """CBDS SEN provision codes."""

    NONE = "N", "No special educational need"
    SUPPORT = "K", "SEN support"
    PLAN = "E", "Education, health and care plan"


class PupilQuerySet(CouncilQuerySet["Pupil"]):
    def visible_to(self, actor: Actor) -> "PupilQuerySet":
        """Pupils in the actor's scope today, merged records left out. Access follows the work.

        Allocated: an involvement of theirs, or one that ended no longer ago than the council's
        grace. Place: an involvement of their service or neighbourhood. Roll: enrolled now at their
        school. Council: every pupil with an involvement. And what they opened by break-glass.
        """
        return self.within(actor.reach)

    def within(self, reach: Reach, *, only: Any = None) -> "PupilQuerySet":
        """`visible_to`, for a prepared query; `only` names one pupil, found quicker so."""
        scope = in_scope(reach, only=only)
        found = self.filter(merged_into=None).filter(scope)
        return found if only is None else found.filter(pk=only)


def in_scope(reach: Reach, field: str = "pk", *, only: Any = None) -> Q:
    """The condition of `visible_to` on any column that holds a pupil, without reading the pupil.

    `only` is for a query about one pupil: the database need not gather all that are reached.
    """
    if reach.is_everything:
        return Q()
    reached = Q(**{f"{field}__among": reach.opened_ids})
    for reason in reasons(reach):
        found = reason if only is None else reason.filter(pupil_id=only)
        reached |= Q(**{f"{field}__in": found.values("pupil_id")})
    return reached


def reasons(reach: Reach) -> list[Any]:
    """The rows that bring their pupil into scope: somebody's work, and a school's own roll.

    One query for each, so that each has an index of its own, however many places there are.
    """
    involvements = apps.get_model("people", "Involvement")._default_manager
    if reach.is_council_wide:
        work = [involvements.all()]
    else:
        work = [involvements.of_person(reach), involvements.of_places(reach)]
    if not reach.has_roll:
        return work
    roll = Enrolment.objects.current(reach.today).filter(school__place_id__among=reach.roll_ids)
    return [*work, roll]


class Pupil(CouncilModel, Versioned):
    """A child or young person, aged 2 to 25. Never two records of one child: see Merge."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at version upn former_upn legal_forename "
            "legal_surname preferred_forename preferred_surname born_on sex pronouns year_group "
            "first_language sen_provision sen_need search_name merged_into",
            InformationClass.CASEWORK: "ethnicity",
        },
    )

    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    legal_forename = models.CharField(max_length=100)
    legal_surname = models.CharField(max_length=100)
    preferred_forename = models.CharField(max_length=100, blank=True)
    preferred_surname = models.CharField(max_length=100, blank=True)
    born_on = models.DateField()
    sex = models.CharField(max_length=1, blank=True)  # CBDS: M or F, as registered.
    pronouns = models.CharField(max_length=30, blank=True)  # As the child gives them.
    year_group = models.CharField(max_length=2, blank=True)  # CBDS: N1 N2 R 1 to 14.
    ethnicity = models.CharField(max_length=4, blank=True)  # CBDS main codes; optional, restricted.
    first_language = models.CharField(max_length=40, blank=True)
    sen_provision = models.CharField(max_length=1, choices=SenProvision, blank=True)
    sen_need = models.CharField(max_length=4, blank=True)  # CBDS SEN type codes.
    search_name = models.CharField(max_length=420)  # rules.names.normalise of every name they use.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects = PupilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "upn"],
                condition=~Q(upn="") & Q(merged_into__isnull=True),
                name="a_upn_names_one_pupil",
            )
        ]
        indexes = [
            GinIndex(WORDS, name="pupils_by_word"),
            models.Index(fields=["council", "born_on", "search_name"], name="pupils_by_birth"),
            models.Index(fields=["council", "legal_surname", "id"], name="pupils_by_surname"),
            models.Index(
                fields=["council", "former_upn"],
                condition=~Q(former_upn=""),
                name="pupils_by_former_upn",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name the child goes by."""
        return f"{self.forename} {self.preferred_surname or self.legal_surname}"

    @property
    def forename(self) -> str:
        return self.preferred_forename or self.legal_forename


def called(path: str = "") -> Combinable:
    """`Pupil.name` in a query. `path` leads to the pupil: `called("case__pupil")`."""
    at = f"{path}__" if path else ""

    def either(preferred: str, legal: str) -> Coalesce:
        return Coalesce(NullIf(F(at + preferred), Value("")), F(at + legal))

    return Concat(
        either("preferred_forename", "legal_forename"),
        Value(" "),
        either("preferred_surname", "legal_surname"),
    )


class EnrolmentStatus(models.TextChoices):
    """CBDS enrolment status. M and S together are dual registration: one child, two registers."""

    CURRENT = "C", "On roll"
    MAIN = "M", "On roll (main, dual registered)"
    SUBSIDIARY = "S", "On roll (subsidiary, dual registered)"
    GUEST = "G", "Guest"


MAIN = (EnrolmentStatus.CURRENT, EnrolmentStatus.MAIN)


class DaysOnRegister(Func):
    """The first day to the last, both included: what two registers may not share."""

    function = "daterange"
    output_field = DateRangeField()


DAYS = DaysOnRegister(
    F("starts_on"), F("ends_on"), RangeBoundary(inclusive_lower=True, inclusive_upper=True)
)

# Said so that only the constraints use their indexes. The planner takes them for as quick as an
# ordinary one, and to look a pupil's register up by them takes ten times as long.
THEIRS = F("pupil") + 0


class EnrolmentQuerySet(CouncilQuerySet["Enrolment"]):
    def current(self, today: object) -> "EnrolmentQuerySet":
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Enrolment(CouncilModel):
    """A pupil on the register of one school between two dates."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil school status registration_group "
            "starts_on ends_on"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, related_name="enrolments"
    )
    status = models.CharField(max_length=1, choices=EnrolmentStatus, default="C")
    registration_group = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_enrolment_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="a_pupil_has_one_main_school_on_a_day",
                expressions=[(THEIRS, RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(status__in=["C", "M"]),
            ),
            ExclusionConstraint(
                name="a_pupil_is_on_a_register_once_on_a_day",
                expressions=[
                    (THEIRS, RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            # Lists ask it of each pupil.
            models.Index(
                fields=["pupil", "id"],
                condition=Q(status__in=["C", "M"]),
                include=["council", "school", "starts_on", "ends_on"],
                name="main_schools_of_a_pupil",
            )
        ]


class Address(CouncilModel):
    """Where a pupil lives. A concealed address is C5: the database shows it only to the cleared."""

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil line_1 line_2 town postcode "
            "starts_on ends_on is_concealed information_class recorded_by"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="addresses")
    line_1 = models.CharField(max_length=200, blank=True)
    line_2 = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_concealed = models.BooleanField(default=False)
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C2")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_concealed=False) | Q(information_class="C5"),
                name="a_concealed_address_is_restricted",
            )
        ]


class Flag(CouncilModel):
    """A few words on a pupil's banner: act on it, know it, or (restricted) know whom to ask."""

    class Weight(models.TextChoices):
        ACT = "ACT", "Act on it"
        KNOW = "KNOW", "Know it"
        RESTRICTED = "RESTRICTED", "Restricted: whom to ask"

    class Kind(models.TextChoices):
        SAFETY_PLAN = "SAFETY_PLAN", "Safety plan"
        DO_NOT_CONTACT = "DO_NOT_CONTACT", "Do not contact"
        CONCEALED_ADDRESS = "CONCEALED_ADDRESS", "Address concealed"
        SOCIAL_WORKER = "SOCIAL_WORKER", "Has a social worker"
        LOOKED_AFTER = "LOOKED_AFTER", "Looked after"
        MEDICAL = "MEDICAL", "Medical"
        COMMUNICATION = "COMMUNICATION", "Communication"
        OTHER = "OTHER", "Other"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil kind weight text starts_on ends_on "
            "recorded_by"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=20, choices=Kind)
    weight = models.CharField(max_length=10, choices=Weight)
    text = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()


class Merge(CouncilModel):
    """Two records found to be one child. `moved` names each row moved, so that it can be undone."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at kept merged reason moved merged_by "
            "undone_at undone_by"
        },
    )

    kept = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="merged_by_merge")
    reason = models.CharField(max_length=300)
    moved = models.JSONField(default=dict)  # Table name to the ids of rows moved.
    merged_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    @property
    def stays(self) -> list[str]:
        """What both records had one of, and which of the two stayed in use."""
        return list(self.moved.get("_stays", []))
