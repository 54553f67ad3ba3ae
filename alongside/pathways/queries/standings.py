"""Questions about where a pupil stands and stood. Pupils always within the actor's scope."""

from typing import Any

from django.db.models import OuterRef

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Staff
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.tried import Step, graduated
from alongside.people.models import Pupil
from alongside.people.queries.rows import Lists, day_from, gathered, rows


def standings(actor: Actor, pupil: Pupil) -> list[Standing]:
    """Where a pupil in scope stands now, one standing a framework, latest first."""
    return [s for s in movements(actor, pupil) if s.ends_on is None]


def movements(actor: Actor, pupil: Pupil) -> list[Standing]:
    """Every movement of a pupil in scope, latest first."""
    return list(
        Standing.objects.filter(pupil=pupil, pupil__in=Pupil.objects.visible_to(actor).values("pk"))
        .select_related("stage__framework__owner", "moved_by")
        .prefetch_related("stage__framework__stages")
        .order_by("-starts_on", "-id")
    )


def response(pupil: Pupil, framework: Framework) -> list[Step]:
    """The graduated response of a pupil in scope: each stage of a framework, and how it was tried.

    One query, because the page of a case asks a dozen others.
    """
    found = _response(pupil, framework_id=framework.pk, key=framework.key)
    stages = [Stage(framework=framework, **row) for row in found["stages"]]
    return graduated(stages, [_standing(framework, row) for row in found["standings"]])


@gathered
def _response(*, framework_id: Any, key: Any) -> Lists:
    stages = Stage.objects.filter(framework_id=framework_id).order_by("order")
    stood = Standing.objects.filter(pupil=OuterRef("pk"), stage__framework__key=key)
    return {
        "stages": rows(stages, "id", "order", "key", "name", "is_tried_first"),
        "standings": rows(
            stood.order_by("starts_on", "pk"),
            "id",
            "starts_on",
            "ends_on",
            "since_on",
            "reason",
            "evidence",
            "passed_over_because",
            "left_because",
            "is_told",
            "taken_from_id",
            by="moved_by__name",
            key="stage__key",
            order="stage__order",
            name="stage__name",
        ),
    }


def _standing(framework: Framework, row: dict[str, Any]) -> Standing:
    stage = Stage(
        framework=framework, key=row.pop("key"), order=row.pop("order"), name=row.pop("name")
    )
    row |= {name: day_from(row[name]) for name in ("starts_on", "ends_on", "since_on")}
    return Standing(stage=stage, moved_by=Staff(name=row.pop("by")), **row)


def get_standing(actor: Actor, pupil: Pupil, standing_id: int) -> Standing:
    """Where this pupil stands now, or `NotFound`."""
    found = next((s for s in standings(actor, pupil) if s.pk == standing_id), None)
    if found is None:
        raise NotFound
    return found
