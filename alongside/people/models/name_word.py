"""Every word of the names of a council's pupils, once, so that a misspelt one can be looked up."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from alongside.core.base import CouncilModel, CouncilQuerySet
from alongside.core.handling import Handling, InformationClass, Keep


class NameWord(CouncilModel):
    """One word that some pupil is or was called. Says nothing of whom: written by the database.

    `near` holds the word with one letter left out, each in turn (of a long one, two): two words that
    differ by a slip of the pen have one of these in common. See people/sql/search.sql.
    """

    handling = Handling(
        Keep.PUPIL_FILE, {InformationClass.PUPIL: "id council created_at word near"}
    )

    word = models.CharField(max_length=420)
    near = ArrayField(models.TextField())

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "word"], name="a_word_stands_once")
        ]
        indexes = [GinIndex(fields=["near"], name="words_by_nearness")]
