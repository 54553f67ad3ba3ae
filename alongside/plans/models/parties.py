"""Who has a part in a plan: what each wrote in it, and what each party says to it."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.plan import Party, Plan

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK


class Contributor(CouncilModel, Versioned):
    """Somebody with a part in a plan, and their own section of it. Nobody else overwrites it."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version plan party name role staff section is_shared "
            "written_on written_by added_by"
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contributors")
    party = models.CharField(max_length=7, choices=Party)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)  # "Educational psychologist".
    staff = models.ForeignKey(  # Somebody who signs in, and so writes their section themselves.
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    section = models.TextField(blank=True)
    is_shared = models.BooleanField(default=True)  # A family may keep its own from the school.
    written_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "party", "name"], name="a_contributor_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(section="") | Q(written_on__isnull=False, written_by__isnull=False),
                name="a_section_says_who_wrote_it_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


class PlanNote(CouncilModel):
    """How it goes, while a plan runs: one party's note, only ever added to."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at plan party text is_shared written_on written_by"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notes")
    party = models.CharField(max_length=7, choices=Party)
    text = models.CharField(max_length=1000)
    is_shared = models.BooleanField(default=True)
    written_on = models.DateField()
    written_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-written_on", "-id"]


class Agreement(CouncilModel):
    """One party's yes or no to a plan, and how it was given. A yes may be withdrawn later."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at plan party school contributor name is_agreed how agreed_on recorded_by "
            "withdrawn_on",
            C3: "words",
        },
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    party = models.CharField(max_length=7, choices=Party)
    # Which school answered: the case may go on with the pupil to another.
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of several agencies each answers for itself; of the others, the party answers once.
    contributor = models.OneToOneField(
        Contributor, on_delete=models.PROTECT, null=True, blank=True, related_name="agreement"
    )
    name = models.CharField(max_length=120)
    is_agreed = models.BooleanField()
    how = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)  # Their own, when they gave any.
    agreed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "party"],
                condition=~Q(party="AGENCY"),
                name="a_party_answers_a_plan_once",
            ),
            models.CheckConstraint(
                condition=~Q(party="AGENCY") | Q(contributor__isnull=False),
                name="an_agency_that_answers_is_named",
            ),
        ]
        indexes = [
            models.Index(
                fields=["withdrawn_on", "id"],
                condition=Q(withdrawn_on__isnull=False),
                name="agreements_withdrawn",
            )
        ]

    @property
    def is_of_former_school(self) -> bool:
        """Given by a school that the pupil has left since: it binds the school of now to nothing."""
        return self.school_id is not None and self.school_id != self.plan.case.school_id


class PlanDecision(CouncilModel):
    """What a manager said to a plan that was sent in, each time. Never changed."""

    class Answer(models.TextChoices):
        APPROVED = "APPROVED", "Approved"
        AMENDED = "AMENDED", "Approved with changes"
        RETURNED = "RETURNED", "Returned"

    handling = Handling(
        Keep.PUPIL_FILE,
        {C3: "id council created_at plan answer comment decided_by decided_at"},
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=8, choices=Answer)
    comment = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="APPROVED") | ~Q(comment=""),
                name="a_plan_is_changed_or_returned_with_a_reason",
            )
        ]
