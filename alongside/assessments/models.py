"""Needs, scored measures and the child's own words. Scores only: no wording of licensed tools."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C1, C2, C3 = InformationClass.SCHOOL, InformationClass.PUPIL, InformationClass.CASEWORK
CLASSES = [(c.value, c.label) for c in InformationClass]


class NeedQuerySet(CouncilQuerySet["Need"]):
    def readable_by(self, actor: Actor) -> "NeedQuerySet":
        """Of the classes the actor reads, those shared with them, and their own words."""
        return self.filter(
            Q(information_class__in=actor.reads)
            | Q(is_shared=True, information_class__in=actor.reads_shared)
            | Q(recorded_by_id=actor.staff_id)
        )


class Need(CouncilModel):
    """A barrier, strength, trigger, or something that helps. Trauma is recorded as C5."""

    class Kind(models.TextChoices):
        BARRIER = "BARRIER", "Barrier"
        STRENGTH = "STRENGTH", "Strength"
        TRIGGER = "TRIGGER", "Trigger"
        HELPS = "HELPS", "What helps"
        LEARNING_GAP = "LEARNING_GAP", "Learning gap"
        SUSPECTED_SEND = "SUSPECTED_SEND", "Suspected special educational need"
        TRAUMA = "TRAUMA", "Trauma (restricted)"

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil kind area text source recorded_on recorded_by ended_on "
            "information_class is_shared answer answered_on answered_by"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=14, choices=Kind)
    area = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=120, blank=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C3")
    is_shared = models.BooleanField(default=False)
    # What the school's SENDCo found of a suspected need.
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
            )
        ]
        indexes = [models.Index(fields=["pupil", "kind"], name="needs_of_a_pupil")]


class Measure(CouncilModel):
    """A scored tool: its bounds, which way is better, and its bands by informant."""

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name unit low high is_lower_better bands is_licensed source"
        },
    )

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    low = models.DecimalField(max_digits=6, decimal_places=2)
    high = models.DecimalField(max_digits=6, decimal_places=2)
    is_lower_better = models.BooleanField()
    bands = models.JSONField(default=dict)  # Informant to [{"from", "to", "label"}].
    is_licensed = models.BooleanField(default=False)  # Then the score is typed, never the items.
    source = models.CharField(max_length=300, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="a_measure_has_one_key"),
            models.CheckConstraint(
                condition=models.Q(high__gt=models.F("low")), name="a_measure_has_a_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Informant(models.TextChoices):
    TEACHER = "TEACHER", "Teacher"
    PARENT = "PARENT", "Parent or carer"
    SELF = "SELF", "The child"
    WORKER = "WORKER", "Worker"


class MeasureResult(CouncilModel):
    """One score of one child by one informant. A wrong one is struck out with a reason, not removed."""

    class Occasion(models.TextChoices):
        BASELINE = "BASELINE", "At the start"
        REVIEW = "REVIEW", "At a review"
        EXIT = "EXIT", "At the end"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil measure informant occasion score taken_on recorded_by "
            "note struck_out_because struck_out_by"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="results")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="results")
    informant = models.CharField(max_length=8, choices=Informant)
    occasion = models.CharField(max_length=8, choices=Occasion)
    score = models.DecimalField(max_digits=6, decimal_places=2)
    taken_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    struck_out_because = models.CharField(max_length=300, blank=True)
    struck_out_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_out_because="", struck_out_by=None)
                | (~Q(struck_out_because="") & Q(struck_out_by__isnull=False)),
                name="a_score_struck_out_says_why_and_by_whom",
            )
        ]
        indexes = [models.Index(fields=["pupil", "measure", "taken_on"], name="results_of_a_pupil")]


class VoiceQuerySet(CouncilQuerySet["Voice"]):
    def readable_by(self, actor: Actor) -> "VoiceQuerySet":
        """What the child did not want passed on stays with those who do the casework."""
        if C3 in actor.reads:
            return self
        return self.filter(Q(is_shared=True) | Q(recorded_by_id=actor.staff_id))


class Voice(CouncilModel):
    """What the child said or showed, in the child's own words, and how it was asked."""

    class Method(models.TextChoices):
        TALK = "TALK", "Talking"
        FACES = "FACES", "Faces"
        SCALE = "SCALE", "Scaling 0 to 10"
        DRAWING = "DRAWING", "Drawing or photo"
        WRITING = "WRITING", "Writing"
        OBSERVED = "OBSERVED", "Shown, not said"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil method question words face scale said_on recorded_by "
            "is_shared file"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="voices")
    method = models.CharField(max_length=8, choices=Method)
    question = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    face = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # 1 very unhappy to 5 very happy.
    scale = models.PositiveSmallIntegerField(null=True, blank=True)  # 0 to 10.
    said_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=True)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(face=None) | Q(face__range=(1, 5)), name="a_face_is_one_of_five"
            ),
            models.CheckConstraint(
                condition=Q(scale=None) | Q(scale__range=(0, 10)), name="a_scale_is_0_to_10"
            ),
            models.CheckConstraint(
                condition=~Q(words="")
                | Q(face__isnull=False)
                | Q(scale__isnull=False)
                | Q(file__isnull=False),
                name="a_voice_says_something",
            ),
        ]
        indexes = [models.Index(fields=["pupil", "-said_on", "-id"], name="voices_of_a_pupil")]


class Profile(CouncilModel, Versioned):
    """The one-page profile: the child's words first, then what helps and what to avoid."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version pupil words said_on helps avoids updated_by updated_on"
        },
    )

    pupil = models.OneToOneField("people.Pupil", on_delete=models.PROTECT, related_name="profile")
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField(null=True, blank=True)
    helps = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    avoids = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    updated_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    updated_on = models.DateField()

    objects = CouncilQuerySet.as_manager()
