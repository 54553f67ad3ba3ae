"""The one-page profile, which everybody who works with the child reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.one_each import OneEach
from alongside.rules.words import day_in_words

C2 = InformationClass.PUPIL


class Profile(CouncilModel, Versioned):
    """The one-page profile: the child's words first, then what helps and what to avoid."""

    handling = Handling(
        Keep.PUPIL_FILE,
        {
            C2: "id council created_at version pupil words said_on needs triggers helps avoids "
            "updated_by updated_on"
        },
    )

    one_each = OneEach(
        "a one-page profile",
        lambda row: (
            f"profile of {day_in_words(row.updated_on)}" + (f": “{row.words}”" if row.words else "")
        ),
        joins=("needs", "triggers", "helps", "avoids"),
        fills=("words", "said_on"),
    )

    pupil = models.OneToOneField("people.Pupil", on_delete=models.PROTECT, related_name="profile")
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField(null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=120), default=list, blank=True)  # For learning.
    triggers = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    helps = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    avoids = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    updated_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    updated_on = models.DateField()

    objects = CouncilQuerySet.as_manager()
