"""The one form by which every neighbourhood of a service scores its referrals, and the scores given."""

from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.referrals.models.referral import Referral

C1, C2, C3 = InformationClass.SCHOOL, InformationClass.PUPIL, InformationClass.CASEWORK


class TriageForm(CouncilModel):
    """One published version. It is never changed: a change publishes the next one."""

    wall = Wall.APPEND
    handling = Handling(
        Keep.SETTINGS,
        {
            C1: "id council created_at service version name questions accept_from what_changed "
            "starts_on published_by"
        },
    )

    service = models.ForeignKey("core.Place", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    # In order, each with its `text` and the words of its `levels`, 0 to 3.
    questions = models.JSONField()
    accept_from = models.PositiveSmallIntegerField()  # The total from which support is expected.
    what_changed = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()  # Referrals received from this day on are judged by it.
    published_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "version"], name="a_triage_form_version_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def highest(self) -> int:
        return HIGHEST_MARK * len(self.questions)


HIGHEST_MARK = 3


class TriageScore(CouncilModel):
    """One referral scored in one round, by the version that was in force when it was received."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at referral form round scored_by scored_at",
            C3: "marks total note",
        },
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="scores")
    form = models.ForeignKey(TriageForm, on_delete=models.PROTECT, related_name="scores")
    round = models.PositiveSmallIntegerField()
    marks = models.JSONField()  # One for each question, in order.
    total = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    scored_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "round"], name="a_referral_is_scored_once_a_round"
            )
        ]
        indexes = [
            models.Index(
                fields=["-scored_at", "-id"],
                include=["council", "referral", "form", "total"],
                name="scores_from_the_newest",
            )
        ]
