"""The pupils of somebody who teaches or supports them and leads no case."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.people.models import MAIN, Enrolment, Involvement, called

MOST = 60


def own_pupils(actor: Actor) -> list[dict[str, Any]]:
    """Whom their own involvement brings into their view, by name, each once."""
    found = _involved(actor)
    return list({row["pupil_id"]: row for row in found}.values())


@prepared
def _involved(actor: Actor) -> QuerySet[Any]:
    here = Enrolment.objects.current(actor.today).filter(
        pupil=OuterRef("pupil_id"), status__in=MAIN
    )
    mine = Involvement.objects.of_person(actor.reach).filter(pupil__merged_into=None)
    return mine.order_by("pupil__search_name", "pk").values(
        "pupil_id",
        pupil_name=called("pupil"),
        year_group=F("pupil__year_group"),
        school_name=Subquery(here.order_by("pk").values("school__name")[:1]),
    )[:MOST]
