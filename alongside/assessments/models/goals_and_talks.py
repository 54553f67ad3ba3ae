"""Goals of the child's own, talks with their tutor, and decisions made knowing the options."""

from django.db import models
from django.db.models import Q

from alongside.assessments.models.struck import (
    STRUCK,
    PutRight,
    struck_out_says_why_and_by_whom,
)
from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep

C2, C3 = InformationClass.PUPIL, InformationClass.CASEWORK
CLASSES = [(c.value, c.label) for c in InformationClass]


class PersonalGoal(CouncilModel, PutRight):
    """Something the child wants to become better at: confidence, a friendship, a club."""

    class End(models.TextChoices):
        REACHED = "REACHED", "Reached"
        LET_GO = "LET_GO", "Let go: something else matters more now"

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: f"id council created_at pupil text set_on recorded_by ended_on ended_as {STRUCK}"},
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="own_goals")
    text = models.CharField(max_length=200)
    set_on = models.DateField()
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_as = models.CharField(max_length=7, choices=End, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_as="")
                | (Q(ended_on__isnull=False) & ~Q(ended_as="")),
                name="a_goal_of_their_own_ends_with_how",
            ),
            struck_out_says_why_and_by_whom("a_struck_out_goal_says_why_and_by_whom"),
        ]
        indexes = [models.Index(fields=["pupil", "-id"], name="own_goals_of_a_pupil")]


class Tutee(CouncilModel):
    """Whose tutor somebody is, from when to when. It gives no access of its own."""

    handling = Handling(
        Keep.PUPIL_FILE, {C2: "id council created_at pupil tutor starts_on ends_on named_by"}
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="tutors")
    tutor = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="tutees")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["tutor", "pupil"], condition=Q(ends_on=None), name="own_tutees"),
            models.Index(fields=["pupil"], condition=Q(ends_on=None), name="tutors_of_a_pupil"),
        ]


class TutorTalk(CouncilModel, PutRight):
    """One talk of a tutor with their tutee, and what is to follow."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil recorded_by on words pupil_words follow_up "
            f"follow_up_by done_on done_note {STRUCK}"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="tutor_talks")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=1000)
    pupil_words = models.CharField(max_length=500, blank=True)
    follow_up = models.CharField(max_length=200, blank=True)
    follow_up_by = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=200, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up="", follow_up_by=None)
                | (~Q(follow_up="") & Q(follow_up_by__isnull=False)),
                name="a_follow_up_has_its_day",
            ),
            struck_out_says_why_and_by_whom("a_struck_out_talk_says_why_and_by_whom"),
        ]
        indexes = [models.Index(fields=["pupil", "-on", "-id"], name="tutor_talks_of_a_pupil")]


class DecisionQuerySet(CouncilQuerySet["InformedDecision"]):
    def readable_by(self, actor: Actor) -> "DecisionQuerySet":
        return self.filter(Q(information_class__in=actor.reads) | Q(recorded_by_id=actor.staff_id))


class InformedDecision(CouncilModel):
    """The options as explained, what was asked, and what the family and the child decided."""

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C3: "id council created_at pupil about explained_on options questions parent_name "
            "parent_words pupil_words information_class recorded_by"
        },
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="decisions")
    about = models.CharField(max_length=200)
    explained_on = models.DateField()
    options = models.TextField()
    questions = models.TextField(blank=True)
    parent_name = models.CharField(max_length=120, blank=True)
    parent_words = models.TextField(blank=True)
    pupil_words = models.TextField(blank=True)
    # Family-confidential when they asked for it not to be passed on.
    information_class = models.CharField(max_length=2, choices=CLASSES, default="C3")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent_words="") | ~Q(pupil_words=""),
                name="a_decision_has_somebodys_words",
            )
        ]
        indexes = [
            models.Index(fields=["pupil", "-explained_on", "-id"], name="decisions_of_a_pupil")
        ]
