"""Needs, scored measures and the child's own words. Scores only: no wording of licensed tools."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C1, C2, C3 = InformationClass.SCHOOL, InformationClass.PUPIL, InformationClass.CASEWORK
CLASSES = [(c.value, c.label) for c in InformationClass]


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
            "information_class is_shared"
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

    objects = CouncilQuerySet.as_manager()


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
        indexes = [models.Index(fields=["pupil", "measure", "taken_on"], name="results_of_a_pupil")]


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

    objects = CouncilQuerySet.as_manager()


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
