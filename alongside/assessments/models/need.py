"""What is known of a child: barriers, strengths, triggers, what helps, gaps, suspected needs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.assessments.models.barrier import Barrier
from alongside.assessments.models.struck import STRUCK, PutRight, struck_out_says_why_and_by_whom
from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK
CLASSES = [(c.value, c.label) for c in InformationClass]


class NeedQuerySet(CouncilQuerySet["Need"]):
    def readable_by(self, actor: Actor) -> "NeedQuerySet":
        """Of the classes the actor reads, those shared with them, and their own words.

        What was struck out is read nowhere but among what was struck out.
        """
        return self.within(actor).filter(struck_out_because="")

    def within(self, actor: Actor) -> "NeedQuerySet":
        return self.filter(
            Q(information_class__in=actor.reads)
            | Q(is_shared=True, information_class__in=actor.reads_shared)
            | Q(recorded_by_id=actor.staff_id)
        )


class Need(CouncilModel, PutRight):
    """A barrier, strength, trigger, or something that helps. Trauma is recorded as C5."""

    class Kind(models.TextChoices):
        BARRIER = "BARRIER", "Barrier"
        STRENGTH = "STRENGTH", "Strength"
        TRIGGER = "TRIGGER", "Trigger"
        HELPS = "HELPS", "What helps"
        LEARNING_GAP = "LEARNING_GAP", "Learning gap"
        SUSPECTED_SEND = "SUSPECTED_SEND", "Suspected special educational need"
        TRAUMA = "TRAUMA", "Trauma (restricted)"

    class Outcome(models.TextChoices):
        """What the school's SENDCo found of a suspected need."""

        NONE = "NONE", "No special educational need was found"
        WATCH = "WATCH", "Watch, and look again"
        SUPPORT = "SUPPORT", "SEN support: added to the register"
        EHC = "EHC", "On the register, and an EHC needs assessment is asked for"

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil kind area text source recorded_on recorded_by ended_on "
            "information_class is_shared answer answered_on answered_by barrier assessment "
            "objective subject year_group outcome assessed registered_on closing_note "
            f"{STRUCK}"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=14, choices=Kind)
    # Of a barrier: which one of the council's list, and the assessment that first found it.
    barrier = models.ForeignKey(
        Barrier, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    assessment = models.ForeignKey(
        "assessments.NeedsAssessment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="first_found",
    )
    area = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=120, blank=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C3")
    is_shared = models.BooleanField(default=False)
    # Of a learning gap: what is not learnt yet, of the curriculum's list or in words.
    objective = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    year_group = models.CharField(max_length=2, blank=True)
    closing_note = models.CharField(max_length=200, blank=True)
    # What the school's SENDCo found of a suspected need.
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    assessed = models.CharField(max_length=500, blank=True)  # The assessments made, by whom.
    registered_on = models.DateField(null=True, blank=True)  # On the school's SEND register.
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="TRAUMA") | Q(information_class="C5", is_shared=False),
                name="trauma_is_restricted_and_never_shared",
            ),
            models.CheckConstraint(
                condition=Q(registered_on=None) | Q(outcome__in=["SUPPORT", "EHC"]),
                name="a_need_on_the_register_has_its_outcome",
            ),
            struck_out_says_why_and_by_whom("a_need_struck_out_says_why_and_by_whom"),
            models.CheckConstraint(
                condition=Q(struck_out_because="") | Q(ended_on__isnull=False),
                name="a_need_struck_out_stands_no_more",
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "kind"], name="needs_of_a_pupil"),
            models.Index(
                fields=["barrier", "pupil"],
                condition=Q(ended_on=None, barrier__isnull=False),
                name="pupils_with_a_barrier",
            ),
        ]


class SendNeeds(CouncilModel):
    """The child's primary and secondary need in the national categories, with barriers it explains."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil primary secondary note need_ids recorded_on recorded_by "
            "ended_on"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="send_needs")
    primary = models.CharField(max_length=4)  # rules.send.SEN_TYPES
    secondary = models.CharField(max_length=4, blank=True)
    note = models.CharField(max_length=300, blank=True)
    need_ids = ArrayField(models.BigIntegerField(), default=list)  # Barriers that go with it.
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)  # When another took its place.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(primary=models.F("secondary")),
                name="a_secondary_need_is_another",
            )
        ]
        indexes = [models.Index(fields=["pupil", "-id"], name="send_needs_of_a_pupil")]
