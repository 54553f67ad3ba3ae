"""Scored tools and the scores given on them. Scores only: no wording of licensed tools."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.assessments.models.struck import STRUCK, PutRight, struck_out_says_why_and_by_whom
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C1, C3 = InformationClass.SCHOOL, InformationClass.CASEWORK


class Measure(CouncilModel):
    """A scored tool: its bounds, which way is better, and its bands by informant."""

    class Scoring(models.TextChoices):
        TYPED = "TYPED", "The score is typed"
        LEVELS = "LEVELS", "One of a few levels is chosen"
        SDQ = "SDQ", "Five scales are typed and their total is reckoned"
        GOALS = "GOALS", "Goals are rated and the score is reckoned"
        VOICE = "VOICE", "The child chooses a face or a number"

    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at key name unit low high is_lower_better bands is_licensed source "
            "scoring part levels unchecked is_whole about is_own follows ended_on"
        },
    )

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    low = models.DecimalField(max_digits=6, decimal_places=2)
    high = models.DecimalField(max_digits=6, decimal_places=2)
    is_lower_better = models.BooleanField()
    is_whole = models.BooleanField(default=False)  # Its scores are whole numbers: no halves.
    bands = models.JSONField(default=dict)  # Informant to [{"from", "to", "label"}].
    is_licensed = models.BooleanField(default=False)  # Then the score is typed, never the items.
    source = models.CharField(max_length=300, blank=True)
    scoring = models.CharField(max_length=6, choices=Scoring, default=Scoring.TYPED)
    part = models.SlugField(max_length=20, blank=True)  # Of the SDQ: which of its scales.
    levels = models.JSONField(default=dict, blank=True)  # Whole score to its word.
    # Informants whose bands nobody has checked against the tool's owner.
    unchecked = ArrayField(models.CharField(max_length=8), default=list, blank=True)

    about = models.CharField(max_length=200, blank=True)  # What it measures, in a sentence.
    is_own = models.BooleanField(default=False)  # Made on screen by the council, not by its pack.
    # Its bounds or bands changed: scores given on the older one stay, and are read, as they were.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    ended_on = models.DateField(null=True, blank=True)  # No score is recorded on it from this day.

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


class MeasureResult(CouncilModel, PutRight):
    """One score of one child by one informant. A wrong one is struck out with a reason, not removed."""

    class Occasion(models.TextChoices):
        BASELINE = "BASELINE", "At the start"
        REVIEW = "REVIEW", "At a review"
        EXIT = "EXIT", "At the end"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil measure informant occasion score taken_on recorded_by "
            f"note sitting goals {STRUCK}"
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
    sitting = models.UUIDField(null=True, blank=True)  # Scores given together move together.
    goals = models.JSONField(default=list, blank=True)  # Of goal attainment: what it is made of.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [struck_out_says_why_and_by_whom("a_score_struck_out_says_why_and_by_whom")]
        indexes = [models.Index(fields=["pupil", "measure", "taken_on"], name="results_of_a_pupil")]
