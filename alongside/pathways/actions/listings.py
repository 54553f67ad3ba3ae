"""The directory of local services: an entry added, changed, checked or taken out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.own_names import check_name
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.models import Listing
from alongside.rules.names import normalise


@dataclass(frozen=True)
class ListingFacts:
    """A service as typed."""

    name: str
    text: str
    how_to_refer: str
    criteria: str = ""
    stages: tuple[str, ...] = ()
    for_phase: str = ""
    contact: str = ""
    website: str = ""
    source: str = ""
    checked_on: date | None = None

    def check(self, today: date) -> None:
        for field, words in (
            ("name", "Give the service its name."),
            ("text", "Say what it does."),
            ("how_to_refer", "Say how to refer to it."),
        ):
            if not getattr(self, field).strip():
                raise Problem(words, field)
        if self.checked_on and self.checked_on > today:
            raise Problem("This day has not come yet.", "checked_on")

    @property
    def search(self) -> str:
        return normalise(f"{self.name} {self.text} {self.criteria} {self.how_to_refer}")


@transaction.atomic
def put_listing(*, actor: Actor, facts: ListingFacts, listing: Listing | None = None) -> Listing:
    """Add a service to the directory, or change what it says of one."""
    require(policy.change_listing(actor))
    facts.check(actor.today)
    if listing is None:
        listing = Listing(key=_new_key(facts.name))
    else:
        listing = hold(Listing, listing.pk)
    others = Listing.objects.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    names = others.exclude(pk=listing.pk).values_list("name", flat=True)
    check_name(facts.name, names, "Another service here has this name.", before=listing.name)
    for name in ("name", "text", "how_to_refer", "criteria", "contact", "website", "source"):
        setattr(listing, name, getattr(facts, name).strip())
    listing.stages, listing.for_phase = list(facts.stages), facts.for_phase
    listing.checked_on, listing.search, listing.ends_on = facts.checked_on, facts.search, None
    listing.save()
    _line(actor, listing, "listing.saved")
    return listing


@transaction.atomic
def end_listing(*, actor: Actor, listing: Listing) -> Listing:
    """Take a service out of the directory: it is no longer there, or no longer ours to name."""
    listing = hold(Listing, listing.pk)
    require(policy.change_listing(actor))
    listing.ends_on = actor.today - timedelta(days=1)
    listing.save(update_fields=["ends_on"])
    _line(actor, listing, "listing.ended")
    return listing


def _new_key(name: str) -> str:
    base = slugify(name)[:50] or "service"
    key, number = base, 1
    while Listing.objects.filter(key=key).exists():
        number += 1
        key = f"{base}-{number}"
    return key


def _line(actor: Actor, listing: Listing, kind: str) -> None:
    audit.record(actor=actor, kind=kind, subject=f"listing {listing.pk}")
