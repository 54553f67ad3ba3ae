"""What is used in place of permanent exclusion: its steps, end and outcome, and whether it held."""

from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.pathways.models.framework import Framework
from alongside.rules.words import day_in_words

C2 = InformationClass.PUPIL


class Alternative(CouncilModel):
    """One pupil, one alternative, from the day it began. `kind` is an offer of its framework."""

    class Outcome(models.TextChoices):
        COMPLETED = "COMPLETED", "Ran to its end, and the place is kept"
        MOVED = "MOVED", "Moved to another school by agreement"
        ENDED_EARLY = "ENDED_EARLY", "Ended early, without exclusion"
        EXCLUDED = "EXCLUDED", "Permanently excluded all the same"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at pupil school framework kind reason agreed_by starts_on "
            "planned_end_on ended_on outcome outcome_note recorded_by"
        },
    )

    one_each = OneEach(
        "an alternative to exclusion that runs",
        lambda row: f"{row.kind} since {day_in_words(row.starts_on)}",
        end_first="Record on one of the two how it ended, then merge.",
    )

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="alternatives")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="alternatives")
    kind = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)  # Why exclusion was considered.
    agreed_by = models.CharField(max_length=200)  # School, family, service: in words.
    starts_on = models.DateField()
    planned_end_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    outcome_note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end_on__gte=F("starts_on")),
                name="an_alternative_is_to_end_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="")
                | (Q(ended_on__gte=F("starts_on")) & ~Q(outcome="")),
                name="an_alternative_ends_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(ended_on=None), name="one_alternative_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["council", "-starts_on", "-id"], name="alternatives_by_day")
        ]

    def __str__(self) -> str:
        return self.kind


class AlternativeStep(CouncilModel):
    """What somebody does by a day, as part of an alternative."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {C2: "id council created_at alternative order text who due_on done_on note done_by"},
    )

    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    who = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["alternative", "order"]
        constraints = [
            models.UniqueConstraint(fields=["alternative", "order"], name="steps_are_in_order")
        ]


class HoldCheck(CouncilModel):
    """Has it held? Asked after one whole term and after two."""

    class Answer(models.TextChoices):
        HELD = "HELD", "Yes: not excluded, and in education"
        SHAKY = "SHAKY", "Yes, with worries"
        FAILED = "FAILED", "No"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at alternative terms due_on working answered_on answer note "
            "answered_by"
        },
    )

    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="checks")
    terms = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    working = models.CharField(max_length=300)  # Why it is due on that day.
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["alternative", "terms"]
        constraints = [
            models.UniqueConstraint(fields=["alternative", "terms"], name="a_hold_is_asked_once")
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(answered_on=None), name="holds_to_ask"
            )
        ]
