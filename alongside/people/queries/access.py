"""Who has looked at a pupil's record, from the audit trail: newest first, a page at a time."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.models import AuditEntry
from alongside.people import policy
from alongside.people.models import Pupil
from alongside.rules.numbers import number_in

PAGE = 50
CONCERN_SCREENS = ["concerns", "concern", "own concern", "raise a concern"]
OPENED = ["glass.broken", "purpose.given"]
SHOWS = {
    "": ("Everything", Q()),
    "looked": ("Only looked", Q(kind__endswith=".viewed") | Q(kind__endswith=".searched")),
    "changed": (
        "Changed something",
        ~Q(kind__endswith=".viewed") & ~Q(kind__endswith=".searched") & ~Q(kind__in=OPENED),
    ),
    "glass": ("Opened out of the ordinary", Q(kind="glass.broken")),
    "purpose": ("For a purpose", Q(detail__has_key="purpose")),
}


@dataclass(frozen=True)
class AccessPage:
    """Lines of one page, and the number of the last when there are more."""

    lines: list[AuditEntry]
    after: str


def access_log(
    actor: Actor, pupil: Pupil, *, shows: str = "", who: str = "", after: str = ""
) -> AccessPage:
    """One query. Only the lead worker, the managers and the data protection officer may ask.

    What concerns touched is left to those who read concerns: that there was one is restricted.
    """
    require(policy.see_access_log(actor, pupil))
    lines = AuditEntry.objects.filter(pupil_ids__contains=[pupil.pk])
    if not policy.reads_concerns(actor):
        lines = lines.exclude(kind__startswith="concern.").exclude(subject__startswith="concern ")
        lines = lines.filter(
            Q(detail__screen__isnull=True) | ~Q(detail__screen__in=CONCERN_SCREENS)
        )
    lines = lines.filter(SHOWS.get(shows, SHOWS[""])[1])
    for word in who.split()[:4]:
        lines = lines.filter(staff__name__icontains=word)
    last = number_in(after)
    if last is not None:
        lines = lines.filter(pk__lt=last)
    found = list(lines.select_related("staff").order_by("-pk")[: PAGE + 1])
    return AccessPage(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")
