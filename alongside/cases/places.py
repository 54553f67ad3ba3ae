"""The places of a team: a service with all its neighbourhoods."""

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.models import Place, PlaceKind
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared


def team_place_ids(actor: Actor) -> list[int]:
    """The actor's services with all their neighbourhoods: assistants are part of a whole team."""
    held = actor.place_ids(permission=Permission.CASE_WORK)
    places = {place.pk: place for place in _not_schools()}
    services = {_service(places, pk) for pk in held} - {None}
    return sorted(
        pk for pk, place in places.items() if pk in services or place.parent_id in services
    )


@prepared
def _not_schools() -> QuerySet[Place]:
    return Place.objects.exclude(kind=PlaceKind.SCHOOL)


def _service(places: dict[int, Place], pk: int) -> int | None:
    place = places.get(pk)
    if place is None or place.kind == PlaceKind.COUNCIL:
        return None
    return place.parent_id if place.kind == PlaceKind.NEIGHBOURHOOD else pk
