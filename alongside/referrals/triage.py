"""Questions about the shared triage form: which version judges a referral, and who uses which."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import NotFound
from alongside.core.models import Place, PlaceKind
from alongside.core.prepared import prepared
from alongside.pathways.models import Framework
from alongside.referrals.models import Referral, ReferralState, TriageForm, TriageScore


def form_on(service_id: int, day: date) -> TriageForm | None:
    """The version in force for a service on a day."""
    found = _forms(service_id=service_id, day=day)
    return found[0] if found else None


@prepared
def _forms(*, service_id: Any, day: Any) -> QuerySet[TriageForm]:
    found = TriageForm.objects.filter(service_id=service_id, starts_on__lte=day)
    return found.order_by("-starts_on", "-version")[:1]


def form_for(referral: Referral) -> TriageForm | None:
    """What a referral is scored by: the version in force on the day it was received."""
    return form_on(referral.service_id, day_of(referral.sent_at))


def score_of(referral: Referral) -> TriageScore | None:
    """This round's score."""
    given = TriageScore.objects.filter(referral=referral, round=referral.round)
    return given.select_related("form").first()


def is_asked(referral: Referral) -> bool:
    """Whether this referral is to be scored. Screens bring the answer along: see `noted`."""
    known: bool | None = getattr(referral, "has_triage_form", None)
    return form_for(referral) is not None if known is None else known


def is_scored(referral: Referral) -> bool:
    known: bool | None = getattr(referral, "has_score", None)
    return score_of(referral) is not None if known is None else known


def noted(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals that know whether they are to be scored, and whether they are."""
    forms = TriageForm.objects.filter(
        service=OuterRef("service"), starts_on__lte=OuterRef("received_on")
    )
    scores = TriageScore.objects.filter(referral=OuterRef("pk"), round=OuterRef("round"))
    return referrals.annotate(received_on=TruncDate("sent_at")).annotate(
        has_triage_form=Exists(forms), has_score=Exists(scores)
    )


def get_form(actor: Actor, form_id: int) -> TriageForm:
    found = TriageForm.objects.select_related("service", "published_by").filter(pk=form_id).first()
    if found is None:
        raise NotFound
    return found


def latest(service: Place) -> TriageForm | None:
    """The newest version of a service, whether it is in force yet or not."""
    return TriageForm.objects.filter(service=service).order_by("-version").first()


def versions(service_id: int) -> list[TriageForm]:
    """Every version of a service, newest first."""
    found = TriageForm.objects.filter(service_id=service_id).select_related("published_by")
    return list(found.order_by("-version"))


def neighbourhoods_of(service: Place) -> list[Place]:
    """Where a service works by neighbourhood; else the service itself."""
    found = Place.objects.filter(kind=PlaceKind.NEIGHBOURHOOD, parent=service, ends_on=None)
    return list(found.order_by("name", "pk")) or [service]


def live_count(service: Place) -> int:
    """Referrals of a service that are received and not decided."""
    live = [ReferralState.SENT, ReferralState.SCREENING, ReferralState.RETURNED]
    return Referral.objects.filter(service=service, state__in=live).count()


def services(actor: Actor) -> list[Place]:
    """The council's services that take referrals, those of the actor's own places first."""
    taking = Framework.objects.in_force(actor.today).filter(takes_referrals=True)
    own = Place.objects.filter(pk__in={held.place_id for held in actor.held})
    found = Place.objects.filter(kind=PlaceKind.SERVICE, pk__in=taking.values("owner_id"))
    is_own = Exists(own.filter(Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk"))))
    return list(found.annotate(is_own=is_own).order_by("-is_own", "name", "pk"))
