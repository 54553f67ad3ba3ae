"""The chronology: one dated line for everything that happened, never edited, corrected by addendum."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left

from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.core.reach import Reading
from alongside.people.models.pupil import CLASSES, Pupil

# The words of a line, as people/sql/casework.sql asks for them.
WORDS = SearchVector("summary", "detail", config="english")


class EntryKind(models.TextChoices):
    REFERRAL = "REFERRAL", "Referral"
    CASE = "CASE", "Case"
    ALLOCATION = "ALLOCATION", "Allocation"
    CONTACT = "CONTACT", "Contact"
    ASSESSMENT = "ASSESSMENT", "Assessment"
    VOICE = "VOICE", "The child's words"
    PLAN = "PLAN", "Plan"
    SESSION = "SESSION", "Session"
    DAILY_LOG = "DAILY_LOG", "Daily log"
    REVIEW = "REVIEW", "Review"
    FRAMEWORK = "FRAMEWORK", "Framework stage"
    MOVE = "MOVE", "School or address"
    INCIDENT = "INCIDENT", "Incident"
    CONCERN = "CONCERN", "Concern"
    DOCUMENT = "DOCUMENT", "Document"
    NOTE = "NOTE", "Note"
    SCHOOL = "SCHOOL", "School record"


# What tells of the work with a pupil. A school reads it once it is shared: see ADR 0012.
WORK = (EntryKind.SESSION, EntryKind.DAILY_LOG)


class ChronologyQuerySet(CouncilQuerySet["ChronologyEntry"]):
    def readable_by(self, actor: Actor) -> "ChronologyQuerySet":
        """Lines of the classes the actor reads, of those shared with them, and their own words.

        The pupil must already be in scope. The wall itself keeps the restricted classes, and the
        work with a pupil from a school that it is not shared with.
        """
        return self.read_as(actor.reading, actor.staff_id)

    def with_author(self) -> "ChronologyQuerySet":
        return self.annotate(author=F("recorded_by__name"))  # type: ignore[no-redef]

    def with_beginning(self, letters: int) -> "ChronologyQuerySet":
        return self.annotate(begins=Left("detail", letters))  # type: ignore[no-redef]

    def read_as(self, reading: Reading, staff_id: Any) -> "ChronologyQuerySet":
        """`readable_by`, for a prepared query."""
        classes = Q(information_class__in=sorted(reading.classes))
        if not reading.is_work_whole:
            classes &= ~Q(kind__in=WORK) | Q(is_shared=True)
        shared = Q(is_shared=True, information_class__in=sorted(reading.shared))
        readable = classes | (shared & ~Q(kind__in=WORK)) | Q(recorded_by_id=staff_id)
        return self.filter(readable).filter(_is_named(staff_id))


def _is_named(staff_id: Any) -> Q:
    """Lines for everybody, and those for named people that name this one."""
    me = staff_id if hasattr(staff_id, "as_sql") else Value(staff_id, models.BigIntegerField())
    is_among = Func(
        me,
        F("readers"),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )
    return Q(readers=[]) | Q(recorded_by_id=staff_id) | Q(is_among)


class ChronologyEntry(CouncilModel):
    """Something that happened to or for a pupil (or, without one, a school).

    `created_at` is when it was recorded: a late entry shows both times. Restricted classes are
    kept behind the wall; who may know of them sees that there is one, and whom to ask.
    """

    # Given by the queries that show them: who recorded it, and the corrections beneath it.
    author: Any
    begins: Any  # A long `detail`, where a list leaves the rest.
    addenda: Sequence["ChronologyEntry"] = ()

    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at pupil school occurred_at kind "
            "information_class summary detail url recorded_by is_shared corrects readers is_hidden"
        },
    )

    pupil = models.ForeignKey(
        Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="chronology"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="chronology"
    )
    occurred_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=EntryKind)
    information_class = models.CharField(max_length=2, choices=CLASSES)
    summary = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)  # The record this line tells of.
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # Expressly shared with the school.
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    # Staff who alone read it, its writer among them; empty for everybody who reads its class. The
    # database holds to it (people/sql/named.sql). When hidden, others do not see that it exists.
    readers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_hidden = models.BooleanField(default=False)

    objects = ChronologyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pupil__isnull=False) | Q(school__isnull=False),
                name="an_entry_is_about_a_pupil_or_a_school",
            ),
            models.CheckConstraint(
                condition=Q(readers=[]) | Q(is_shared=False),
                name="what_is_for_named_people_is_not_shared",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | ~Q(readers=[]),
                name="what_is_hidden_names_its_readers",
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "-occurred_at", "-id"], name="chronology_of_a_pupil"),
            models.Index(fields=["school", "-occurred_at", "-id"], name="chronology_of_a_school"),
            models.Index(fields=["council", "-occurred_at", "-id"], name="chronology_by_day"),
            GinIndex(WORDS, name="chronology_by_word"),
        ]
