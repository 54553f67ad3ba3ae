"""A council's list of barriers with what often helps, and what it offers for how much need."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.rules.needs import Domain as Key

C1 = InformationClass.SCHOOL


class Domain(models.TextChoices):
    """Where a barrier lies. Each is rated in a needs assessment, in this order."""

    LEARNING = Key.LEARNING, "Learning"
    COMMUNICATION = Key.COMMUNICATION, "Communication and interaction"
    FEELINGS = Key.FEELINGS, "Feelings and staying calm"
    BEHAVIOUR = Key.BEHAVIOUR, "Behaviour and safety"
    PEERS = Key.PEERS, "Friends and belonging"
    ATTENDANCE = Key.ATTENDANCE, "Coming to school"
    HEALTH = Key.HEALTH, "Senses, health and body"
    HOME = Key.HOME, "Home and family"
    CIRCUMSTANCES = Key.CIRCUMSTANCES, "Money, housing and travel"
    CULTURE = Key.CULTURE, "Culture, language and faith"
    SCHOOL = Key.SCHOOL, "The school day"


class Barrier(CouncilModel):
    """Something that keeps children from learning, coming in or belonging, with what often helps."""

    handling = Handling(
        Keep.SETTINGS, {C1: "id council created_at key domain name strategies order is_in_use"}
    )

    key = models.SlugField(max_length=60)
    domain = models.CharField(max_length=13, choices=Domain)
    name = models.CharField(max_length=120)
    strategies = ArrayField(models.CharField(max_length=160), default=list)
    order = models.PositiveSmallIntegerField(default=1)
    is_in_use = models.BooleanField(
        default=True
    )  # Else it stays with the children it was found in.

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="a_barrier_has_one_key")
        ]

    def __str__(self) -> str:
        return self.name


class SupportLevel(CouncilModel):
    """What a council offers between two totals of a needs assessment. Its own figures, not law."""

    handling = Handling(
        Keep.SETTINGS,
        {C1: "id council created_at key name low high hours_a_week words source is_verified"},
    )

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1)
    words = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="a_support_level_has_one_key"),
            models.CheckConstraint(
                condition=Q(high__gte=F("low")), name="a_support_level_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name
