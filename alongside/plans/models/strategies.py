"""What is tried, who runs it, and how support steps down: kept with the case, across its plans."""

from django.db import models
from django.db.models import Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.plans.models.review import Review

C2 = InformationClass.PUPIL


class Strategy(CouncilModel):
    """A strategy or tool in use with a pupil, from the service's hands into the school's."""

    class RunBy(models.TextChoices):
        SERVICE = "SERVICE", "We run it"
        TOGETHER = "TOGETHER", "The school runs it with us"
        SCHOOL = "SCHOOL", "The school runs it unaided"
        STOPPED = "STOPPED", "Stopped"

    class Works(models.TextChoices):
        YES = "YES", "It works"
        PARTLY = "PARTLY", "It works in part"
        NO = "NO", "It does not work"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at case pupil text how run_by run_since works started_on "
            "develop_because develop_on develop_by recorded_by"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="strategies")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="strategies")
    text = models.CharField(max_length=200)
    how = models.CharField(max_length=300, blank=True)
    run_by = models.CharField(max_length=8, choices=RunBy, default=RunBy.SERVICE)
    run_since = models.DateField()
    works = models.CharField(max_length=6, choices=Works, blank=True)
    started_on = models.DateField()
    # Marked for development: raised at the next review, and settled there.
    develop_because = models.CharField(max_length=300, blank=True)
    develop_on = models.DateField(null=True, blank=True)
    develop_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "text"], name="a_strategy_of_a_case_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(develop_because="", develop_on=None, develop_by=None)
                | (~Q(develop_because="") & Q(develop_on__isnull=False, develop_by__isnull=False)),
                name="what_needs_development_says_why_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StrategyReview(CouncilModel):
    """What a review said of one strategy: who runs it from then on, and what was raised."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at review strategy run_by works raised_because settled"},
    )

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="strategies")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="reviews")
    run_by = models.CharField(max_length=8, choices=Strategy.RunBy)
    works = models.CharField(max_length=6, choices=Strategy.Works, blank=True)
    raised_because = models.CharField(max_length=300, blank=True)
    settled = models.CharField(max_length=300, blank=True)  # How what was raised is developed.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "strategy"], name="a_review_looks_at_a_strategy_once"
            )
        ]


class TaperStep(CouncilModel):
    """One planned step down: so many hours a week from a day, once something is so."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at case order hours_a_week starts_on criteria taken_on taken_by "
            "note"
        },
    )

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="taper")
    order = models.PositiveSmallIntegerField()
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1)
    starts_on = models.DateField()
    criteria = models.CharField(max_length=300)  # What shows that it is time.
    taken_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)  # What was seen, or why it was put off.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["case", "order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="taper_steps_are_in_order"),
            models.CheckConstraint(
                condition=Q(hours_a_week__gte=0), name="a_taper_has_no_hours_below_none"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_on", "id"], condition=Q(taken_on=None), name="taper_steps_to_take"
            )
        ]
