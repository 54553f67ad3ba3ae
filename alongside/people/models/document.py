"""A document about a pupil: a file with who may read it. Removed, it is hidden and can be put back."""

from django.db import models
from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.base import CouncilModel, CouncilQuerySet, Versioned, Wall
from alongside.core.handling import Handling, InformationClass, Keep
from alongside.people.models.pupil import CLASSES, Pupil

# What a family asked not to be passed on, and what only the cleared read, never goes to a school
# by a tick: it is told in person, or written again without what must be kept.
NEVER_SHARED = frozenset(
    {InformationClass.SAFEGUARDING, InformationClass.FAMILY, InformationClass.CHALLENGE}
)


class DocumentQuerySet(CouncilQuerySet["Document"]):
    def readable_by(self, actor: Actor) -> "DocumentQuerySet":
        """Classes the actor reads, those shared with them, and their own (ADR 0012 for a school).

        The pupil must already be in scope. The wall itself keeps the restricted classes.
        """
        classes = Q(information_class__in=actor.reads)
        if not actor.reads_work:
            classes &= Q(is_shared=True)
        shared = Q(is_shared=True, information_class__in=actor.reads_shared)
        return self.filter(classes | shared | Q(recorded_by_id=actor.staff_id))


class Document(CouncilModel, Versioned):
    wall = Wall.CLEARANCE
    handling = Handling(
        Keep.PUPIL_FILE,
        {
            InformationClass.CASEWORK: "id council created_at version pupil file title dated_on "
            "information_class is_shared shared_with entry recorded_by removed_at removed_by "
            "removed_because"
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="documents")
    file = models.OneToOneField("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    dated_on = models.DateField(null=True, blank=True)  # The day it bears, when it bears one.
    information_class = models.CharField(max_length=2, choices=CLASSES)
    is_shared = models.BooleanField(default=False)  # Expressly shared with the school.
    # The school it was shared with: the pupil may have moved since.
    shared_with = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey("people.ChronologyEntry", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("core.Staff", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_because = models.CharField(max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_because="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because=""),
                name="a_document_removed_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(is_shared=False)
                | ~Q(information_class__in=sorted(c.value for c in NEVER_SHARED)),
                name="a_restricted_document_is_not_shared_by_a_tick",
            ),
        ]
        indexes = [models.Index(fields=["pupil", "-id"], name="documents_of_a_pupil")]
