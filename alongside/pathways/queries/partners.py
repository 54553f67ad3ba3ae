"""Questions about the directory of local services, and about protocols. No pupil is in either."""

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.pathways.models import Listing, Protocol, ProtocolAnswer
from alongside.rules.names import sought

MOST = 100  # Listings on a page: a council has some dozens.


def find_listings(actor: Actor, words: str = "", stage: str = "", phase: str = "") -> list[Listing]:
    """Services that are there today and match every word, stage and phase asked for, by name."""
    found = Listing.objects.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    for word in sought(words):
        found = found.filter(search__contains=word)
    if stage:
        found = found.filter(Q(stages__contains=[stage]) | Q(stages=[]))
    if phase:
        found = found.filter(for_phase__in=["", phase])
    return list(found.order_by("name", "pk")[:MOST])


def get_listing(actor: Actor, listing_id: int) -> Listing:
    return Listing.objects.one(pk=listing_id)


def _seen(actor: Actor) -> QuerySet[Protocol]:
    """What is shared is read by everybody who sees frameworks; what is not, by who writes them."""
    found = Protocol.objects.select_related("owner", "written_by")
    return found if actor.may(Permission.FRAMEWORK_EDIT) else found.exclude(shared_on=None)


def protocols(actor: Actor) -> list[Protocol]:
    """The versions that stand or are being agreed, those reviewed first before others."""
    return list(_seen(actor).filter(ended_on=None).order_by("review_on", "pk")[:MOST])


def get_protocol(actor: Actor, protocol_id: int) -> Protocol:
    return _seen(actor).one(pk=protocol_id)  # type: ignore[attr-defined,no-any-return]


def versions_of_protocol(actor: Actor, protocol: Protocol) -> list[Protocol]:
    return list(_seen(actor).filter(key=protocol.key).order_by("-number"))


def answers_to(protocol: Protocol) -> list[ProtocolAnswer]:
    return list(protocol.answers.select_related("recorded_by").order_by("said_on", "pk"))
