"""A pupil's pathways between two dates, and conditions named by somebody: never by behaviour."""

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.people.models.pupil import CLASSES, Pupil
from alongside.rules.words import day_in_words


class PathwaySpellQuerySet(CouncilQuerySet["PathwaySpell"]):
    def current(self, today: Any) -> "PathwaySpellQuerySet":
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


def on_pathway(pathway: str, today: Any, pupil: str = "pupil_id") -> Exists:
    """Rows of a query about pupils who follow it today. `pupil` is the row's own column."""
    spells = PathwaySpell.objects.current(today)
    return Exists(spells.filter(pupil=OuterRef(pupil), pathway=pathway))


class PathwaySpell(CouncilModel):
    """One pathway of the curriculum that a pupil follows from one day to another."""

    class Pathway(models.TextChoices):
        ACADEMIC = "ACADEMIC", "Academic"
        VOCATIONAL = "VOCATIONAL", "Vocational"
        THERAPEUTIC = "THERAPEUTIC", "Therapeutic"

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.PUPIL: "id council created_at pupil pathway starts_on ends_on note "
            "recorded_by"
        },
    )

    one_each = OneEach(
        "a pathway that is followed now",
        lambda row: f"{row.get_pathway_display()} since {day_in_words(row.starts_on)}",
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="pathway_spells")
    pathway = models.CharField(max_length=11, choices=Pathway)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = PathwaySpellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_pathway_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["pupil", "pathway"],
                condition=Q(ends_on=None),
                name="a_pathway_is_followed_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["pathway", "pupil"], name="pupils_by_pathway")]


class Condition(CouncilModel):
    """A diagnosis, or a need that somebody suspects: who says so, and since when. No behaviour label.

    What is suspected stays on the record when it is later diagnosed or ruled out.
    """

    class State(models.TextChoices):
        DIAGNOSED = "DIAGNOSED", "Diagnosed"
        SUSPECTED = "SUSPECTED", "Suspected"
        RULED_OUT = "RULED_OUT", "Ruled out"

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.HEALTH_AND_SEND: "id council created_at pupil name state source said_on "
            "note replaces information_class recorded_by"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="conditions")
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=9, choices=State)
    source = models.CharField(max_length=160)  # Who says so: a clinic, a professional, the family.
    said_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    information_class = models.CharField(
        max_length=2, choices=CLASSES, default=InformationClass.HEALTH_AND_SEND.value
    )
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="a_condition_says_who_named_it")
        ]
        indexes = [models.Index(fields=["pupil", "-said_on", "-id"], name="conditions_of_a_pupil")]
