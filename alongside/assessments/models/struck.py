"""What an entry carries that may have been made for the wrong child: struck out, moved, never removed."""

from django.db import models
from django.db.models import Q

STRUCK = "struck_out_because struck_out_by entry moved_from"


class PutRight(models.Model):
    """A wrong entry is struck out with a reason, and shown nowhere else; where it belongs to another
    child, that child has an entry that says which it was moved from."""

    entry = models.ForeignKey(  # Its line of the chronology, which a correction is written under.
        "people.ChronologyEntry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The entry it was first made as, on the record of another child.
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to"
    )
    struck_out_because = models.CharField(max_length=300, blank=True)
    struck_out_by = models.ForeignKey(
        "core.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


def struck_out_says_why_and_by_whom(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(struck_out_because="", struck_out_by=None)
        | (~Q(struck_out_because="") & Q(struck_out_by__isnull=False)),
        name=name,
    )
