"""What the child said or showed, in the child's own words."""

from django.db import models
from django.db.models import Q

from alongside.assessments.models.struck import STRUCK, PutRight, struck_out_says_why_and_by_whom
from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep

C2 = InformationClass.PUPIL


class VoiceQuerySet(CouncilQuerySet["Voice"]):
    def readable_by(self, actor: Actor) -> "VoiceQuerySet":
        """What the child did not want passed on stays with those who do the casework.

        What was struck out is read nowhere but among what was struck out.
        """
        return self.within(actor).filter(struck_out_because="")

    def within(self, actor: Actor) -> "VoiceQuerySet":
        if actor.reads_casework:
            return self.all()
        return self.filter(Q(is_shared=True) | Q(recorded_by_id=actor.staff_id))


class Voice(CouncilModel, PutRight):
    """What the child said or showed, in the child's own words, and how it was asked."""

    class Method(models.TextChoices):
        TALK = "TALK", "Talking"
        FACES = "FACES", "Faces"
        SCALE = "SCALE", "Scaling 0 to 10"
        DRAWING = "DRAWING", "Drawing or photo"
        WRITING = "WRITING", "Writing"
        SCRIBED = "SCRIBED", "Told, and written down for them"
        OBSERVED = "OBSERVED", "Shown, not said"

    class Occasion(models.TextChoices):
        BASELINE = "BASELINE", "At the start"
        REVIEW = "REVIEW", "At a review"
        EXIT = "EXIT", "At the end"

    class About(models.TextChoices):
        VIEW = "VIEW", "How things are"
        PROGRESS = "PROGRESS", "Their own progress"
        BELONGING = "BELONGING", "Belonging and joining in"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil method question words face scale said_on recorded_by "
            f"is_shared file about occasion sitting goal {STRUCK}"
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
    about = models.CharField(max_length=9, choices=About, default=About.VIEW)
    occasion = models.CharField(max_length=8, choices=Occasion, blank=True)
    sitting = models.UUIDField(null=True, blank=True)  # Of the scores given in the same breath.
    goal = models.ForeignKey(  # Of their own, which this is said of.
        "assessments.PersonalGoal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="said",
    )
    said_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # With the school, when the child says so.
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
            struck_out_says_why_and_by_whom("words_struck_out_say_why_and_by_whom"),
        ]
        indexes = [models.Index(fields=["pupil", "-said_on", "-id"], name="voices_of_a_pupil")]
