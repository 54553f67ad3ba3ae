"""When a referral may be made, screened, returned, sent again, accepted, declined and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import Place, PlaceKind
from alongside.core.permissions import ROLES, Permission
from alongside.core.prepared import prepared
from alongside.pathways.models import Framework
from alongside.people.models import Enrolment, Pupil
from alongside.referrals.models import CriterionAnswer, Referral, ReferralState
from alongside.referrals.triage import is_asked, is_scored, score_of
from alongside.rules.words import count_of
from alongside.schools.models import School

S = ReferralState
LIVE = (S.SENT, S.SCREENING, S.RETURNED, S.WAITING)
DECIDABLE = (S.SCREENING, S.WAITING)


@dataclass(frozen=True)
class Transition:
    """A step that may be taken, from where to where. The state diagram is drawn from these."""

    label: str
    from_states: tuple[ReferralState, ...]
    to_state: ReferralState


TRANSITIONS: dict[str, Transition] = {
    "send": Transition("Sent", (), S.SENT),
    "take_call": Transition("Taken from a call", (), S.SENT),
    "start_screening": Transition("Screening started", (S.SENT,), S.SCREENING),
    "answer": Transition("Criteria answered", (S.SCREENING,), S.SCREENING),
    "score": Transition("Scored", (S.SCREENING,), S.SCREENING),
    "return": Transition("Returned to the school", (S.SCREENING,), S.RETURNED),
    "send_again": Transition("Sent again", (S.RETURNED,), S.SENT),
    "wait": Transition("Put on the waiting list", (S.SCREENING,), S.WAITING),
    "change_wait": Transition("Waiting list changed", (S.WAITING,), S.WAITING),
    "accept": Transition("Accepted", DECIDABLE, S.ACCEPTED),
    "decline": Transition("Declined", DECIDABLE, S.DECLINED),
    "signpost": Transition("Signposted", DECIDABLE, S.SIGNPOSTED),
    "withdraw": Transition("Withdrawn by the school", LIVE, S.WITHDRAWN),
}

# Why the next step is not to be taken now, by the state the referral is in.
STANDS = {
    S.SENT: "This referral was received and nobody has started screening it.",
    S.SCREENING: "This referral is being screened.",
    S.RETURNED: "This referral is with the school, which has things to add.",
    S.WAITING: "This referral is on the waiting list.",
    S.ACCEPTED: "This referral was accepted.",
    S.DECLINED: "This referral was declined.",
    S.SIGNPOSTED: "This referral was pointed to another service.",
    S.WITHDRAWN: "The school withdrew this referral.",
}


def make(actor: Actor, pupil: Pupil, service: Place | None = None) -> Decision:
    """A school refers a pupil on its own roll who has no live referral or case there."""
    if not actor.may(Permission.REFERRAL_MAKE):
        return refuse("Only a pupil's own school refers them.")
    if school_of(actor, pupil) is None:
        return refuse("This pupil is not on your roll. Their own school refers them.")
    return is_free(pupil, service) if service else ALLOWED


def take_call(actor: Actor, framework: Framework) -> Decision:
    """Who screens for a service takes a professional's call for it."""
    if not actor.may(Permission.REFERRAL_SCREEN):
        return refuse("Only the service’s own staff take a referral from a call.")
    if not screens_for(actor, framework.owner):
        return refuse(f"Only {framework.owner.name} takes calls for it.")
    return ALLOWED


def is_free(pupil: Pupil, service: Place) -> Decision:
    """One live referral or open case of a pupil with a service is enough."""
    return are_free(pupil, [service])[0]


def are_free(pupil: Pupil, services: Sequence[Place]) -> list[Decision]:
    """Of each service whether it is free, in two queries."""
    of = {"pupil": pupil, "service__in": services}
    live = {r.service_id: r for r in Referral.objects.filter(**of, state__in=LIVE)}
    cases = {c.service_id: c for c in Case.objects.filter(**of).exclude(state=CaseState.CLOSED)}
    return [_is_free(each, live.get(each.pk), cases.get(each.pk)) for each in services]


def _is_free(service: Place, live: Referral | None, case: Case | None) -> Decision:
    if live:
        return refuse(f"{service.name} already has referral {live.reference} for this pupil.")
    if case:
        return refuse(f"{service.name} is already working with this pupil: case {case.reference}.")
    return ALLOWED


def start_screening(actor: Actor, referral: Referral) -> Decision:
    return _may_screen(actor, referral) and _stands(referral, "start_screening")


def answer(actor: Actor, referral: Referral) -> Decision:
    return _may_screen(actor, referral) and _stands(referral, "answer")


def return_to_school(actor: Actor, referral: Referral) -> Decision:
    """When every criterion is answered and something is missing."""
    allowed = _may_screen(actor, referral) and _stands(referral, "return")
    if not allowed:
        return allowed
    if not (answered := _all_answered(referral)):
        return answered
    if not _unmet(referral):
        return refuse("Every criterion is met, so there is nothing for the school to add.")
    return ALLOWED


def accept(actor: Actor, referral: Referral) -> Decision:
    """When every criterion is answered. One not met may be waived: the reason says why."""
    allowed = _may_screen(actor, referral) and _stands(referral, "accept")
    if not allowed:
        return allowed
    if case := open_case(referral.pupil, referral.service):
        return refuse(f"This pupil already has case {case.reference} with this service.")
    return _all_answered(referral) and _scored(referral)


def decline(actor: Actor, referral: Referral) -> Decision:
    allowed = _may_screen(actor, referral) and _stands(referral, "decline")
    return allowed and _all_answered(referral) and _scored(referral)


def speaks_for_it(referral: Referral) -> str:
    """What speaks for taking a referral that may yet be declined: all is met, and it scores enough.

    Nothing is forbidden by it: whoever turns it away looks again, and says why.
    """
    if not (_all_answered(referral) and _scored(referral)) or _unmet(referral):
        return ""
    if not (given := score_of(referral)):
        return "It meets every criterion."
    if given.total < given.form.accept_from:
        return ""
    return (
        f"It meets every criterion and scored {given.total}: support is expected from "
        f"{given.form.accept_from}."
    )


def speaks_against_it(referral: Referral) -> str:
    """What speaks against taking a referral that may yet be accepted: something asked for is not
    met, or it scores too low. Nothing is forbidden by it: whoever takes it says why."""
    asked = len(referral.framework.criteria.all())
    met = len(_answers(referral)) - _unmet(referral)
    said = (
        [] if met == asked else [f"It meets {met} of {count_of(asked, 'criterion', 'criteria')}."]
    )
    given = score_of(referral)
    if given and given.total < given.form.accept_from:
        said.append(f"It scored {given.total}: support is expected from {given.form.accept_from}.")
    return " ".join(said)


def wait(actor: Actor, referral: Referral) -> Decision:
    """Only what would be accepted waits: every criterion is answered first."""
    allowed = _may_screen(actor, referral) and _stands(referral, "wait")
    return allowed and _all_answered(referral) and _scored(referral)


def score(actor: Actor, referral: Referral) -> Decision:
    """Where the service has a triage form, every referral is scored by it."""
    allowed = _may_screen(actor, referral) and _stands(referral, "score")
    if allowed and not is_asked(referral):
        return refuse(f"{referral.service.name} has published no triage form.")
    return allowed


def change_wait(actor: Actor, referral: Referral) -> Decision:
    return _may_screen(actor, referral) and _stands(referral, "change_wait")


def signpost(actor: Actor, referral: Referral) -> Decision:
    """What belongs elsewhere is pointed there at once, with no criterion answered."""
    return _may_screen(actor, referral) and _stands(referral, "signpost")


def set_cut_off(actor: Actor, service: Place) -> Decision:
    """Who allocates a service's cases sets the rhythm in which it reads referrals."""
    if _manages(actor, service):
        return ALLOWED
    return refuse(f"Only who manages {service.name} sets its cut-off.")


def publish_triage_form(actor: Actor, service: Place) -> Decision:
    """One form for every neighbourhood: who manages one of them publishes it for all."""
    if _manages(actor, service):
        return ALLOWED
    return refuse(f"Only who manages {service.name} publishes its triage form.")


def _manages(actor: Actor, service: Place) -> bool:
    held = actor.place_ids(permission=Permission.CASE_ALLOCATE)
    is_within = Place.objects.filter(pk__in=held, parent_id=service.pk).exists()
    return is_council_wide(actor, Permission.CASE_ALLOCATE) or service.pk in held or is_within


def send_again(actor: Actor, referral: Referral) -> Decision:
    return _is_the_schools(actor, referral) and _stands(referral, "send_again")


def withdraw(actor: Actor, referral: Referral) -> Decision:
    return _is_the_schools(actor, referral) and _stands(referral, "withdraw")


def read_what_was_told(actor: Actor, referral: Referral) -> Decision:
    """Casework words are for who reads casework, and for the school that wrote them."""
    return read_what_was_told_at(actor, referral.school.place_id)


def read_what_was_told_at(actor: Actor, school_place_id: int) -> Decision:
    is_own = school_place_id in actor.place_ids(permission=Permission.REFERRAL_MAKE)
    if is_own or actor.reads_casework:
        return ALLOWED
    return refuse("What the school wrote is casework. To know more, ask the service.")


def read_screening(actor: Actor, referral: Referral) -> Decision:
    """Screeners always; the school once it has an answer."""
    if actor.may(Permission.REFERRAL_SCREEN):
        return ALLOWED
    if not read_what_was_told(actor, referral):
        return refuse("")
    if referral.state in (S.SENT, S.SCREENING) and referral.round == 1:
        return refuse("The service has not answered yet.")
    return ALLOWED


def school_of(actor: Actor, pupil: Pupil) -> School | None:
    """The actor's own school on whose roll the pupil is today, the main one first."""
    places = actor.place_ids(permission=Permission.REFERRAL_MAKE)
    found = _on_roll(pupil_id=pupil.pk, today=actor.today, places=places)
    return found[0].school if found else None


@prepared
def _on_roll(*, pupil_id: Any, today: Any, places: Any) -> QuerySet[Enrolment]:
    here = Enrolment.objects.current(today).filter(
        pupil_id=pupil_id, school__place_id__among=places
    )
    return here.select_related("school__place__parent").order_by("status", "id")[:1]


def live_referral(pupil: Pupil, service: Place) -> Referral | None:
    return Referral.objects.filter(pupil=pupil, service=service, state__in=LIVE).first()


def open_case(pupil: Pupil, service: Place) -> Case | None:
    found = Case.objects.filter(pupil=pupil, service=service)
    return found.exclude(state=CaseState.CLOSED).first()


def is_council_wide(actor: Actor, permission: Permission) -> bool:
    """The permission is held in the council itself, so it reaches every service."""
    return PlaceKind.COUNCIL in _kinds(actor, permission)


def _kinds(actor: Actor, permission: Permission) -> set[str]:
    return {h.place_kind for h in actor.held if permission in ROLES[h.role].permissions}


def screens_for(actor: Actor, service: Place) -> bool:
    """Screens for the whole service, or for an area of it."""
    return screens_here(actor, service.pk, None)


def screens_here(actor: Actor, service_id: int, area_id: int | None) -> bool:
    """Held in the area or the service; a referral of no area is for every area of its service."""
    if is_council_wide(actor, Permission.REFERRAL_SCREEN):
        return True
    places = actor.place_ids(permission=Permission.REFERRAL_SCREEN)
    if service_id in places or (area_id and area_id in places):
        return True
    return not area_id and Place.objects.filter(pk__in=places, parent_id=service_id).exists()


def _may_screen(actor: Actor, referral: Referral) -> Decision:
    if not actor.may(Permission.REFERRAL_SCREEN):
        return refuse("Only the service's own staff screen referrals.")
    if not screens_here(actor, referral.service_id, referral.area_id):
        where = referral.area or referral.service
        return refuse(f"Only {where.name} screens this referral.")
    return ALLOWED


def _is_the_schools(actor: Actor, referral: Referral) -> Decision:
    if referral.school.place_id in actor.place_ids(permission=Permission.REFERRAL_MAKE):
        return ALLOWED
    return refuse("Only the school that sent this referral can do that.")


def _stands(referral: Referral, step: str) -> Decision:
    if referral.state in TRANSITIONS[step].from_states:
        return ALLOWED
    return refuse(STANDS[ReferralState(referral.state)])


def _all_answered(referral: Referral) -> Decision:
    asked = len(referral.framework.criteria.all())
    answered = len(_answers(referral))
    if answered < asked:
        return refuse(f"Answer every criterion first: {asked - answered} of {asked} left.")
    return ALLOWED


def _scored(referral: Referral) -> Decision:
    if not is_asked(referral) or is_scored(referral):
        return ALLOWED
    return refuse("Score it on the triage form first, as every neighbourhood does.")


def _unmet(referral: Referral) -> int:
    return sum(a.finding != CriterionAnswer.Finding.MET for a in _answers(referral))


def _answers(referral: Referral) -> list[CriterionAnswer]:
    """Of this round. Screens prefetch them, because several decisions ask."""
    return [a for a in referral.answers.all() if a.round == referral.round]
