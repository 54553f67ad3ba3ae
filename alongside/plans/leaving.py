"""When a pupil's work may end because they left the council, and the questions about it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.cases.models import Case, CaseState, Task
from alongside.core.actor import Actor
from alongside.core.days import day_of, end_of
from alongside.core.decisions import ALLOWED, Decision, NotFound, refuse
from alongside.core.permissions import Permission
from alongside.people.actions.enrolment import first_day_at, standing
from alongside.people.models import Enrolment, Pupil
from alongside.referrals.models import Departure, Referral
from alongside.referrals.policy import LIVE
from alongside.rules.words import day_in_words


def leave_council(actor: Actor, pupil: Pupil) -> Decision:
    """Who closes cases ends them all at once, while there is anything open."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager ends the work.")
    open_cases = Case.objects.filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    if waiting := open_cases.filter(state=CaseState.WAITING).first():
        return refuse(f"Case {waiting.reference} has no lead worker yet. Allocate it first.")
    if open_cases.exists() or Referral.objects.filter(pupil=pupil, state__in=LIVE).exists():
        return ALLOWED
    return refuse("Nothing is open for this pupil. Take them off roll instead.")


def begun_after(actor: Actor, pupil: Pupil, last_day: date) -> str:
    """What began here only after a day, with what to do instead; nothing when nothing did."""
    for enrolment in standing(pupil, actor.today).filter(starts_on__lte=actor.today):
        since = first_day_at(enrolment)
        if since > last_day:
            return (
                f"On roll at {enrolment.school.name} from {day_in_words(since)}. "
                "Give that day or a later one, or correct the register first."
            )
    for case in Case.objects.filter(pupil=pupil, opened_on__gt=last_day).exclude(
        state=CaseState.CLOSED
    ):
        opened = day_in_words(case.opened_on)
        return f"Case {case.reference} opened on {opened}. Give that day or a later one."
    for referral in Referral.objects.filter(
        pupil=pupil, state__in=LIVE, sent_at__gt=end_of(last_day)
    ):
        sent = day_in_words(day_of(referral.sent_at))
        return f"Referral {referral.reference} was sent on {sent}. Give that day or a later one."
    return ""


def tell(actor: Actor, departure: Departure) -> Decision:
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager records this.")
    if departure.told_on:
        return refuse(f"They were told on {departure.told_on:%-d %B %Y}.")
    return ALLOWED


def get_departure(actor: Actor, pupil: Pupil) -> Departure:
    """The latest departure of a pupil in scope."""
    found = Departure.objects.filter(pupil=pupil).select_related("recorded_by")
    departure = found.order_by("-pk").first()
    if departure is None:
        raise NotFound
    return departure


def latest(pupil: Pupil) -> Departure | None:
    return Departure.objects.filter(pupil=pupil).order_by("-pk").first()


def gone(**of: Any) -> QuerySet[Departure]:
    """The latest departure of who is not back: on no register since, and nothing is open."""
    back = Enrolment.objects.filter(pupil=OuterRef("pupil"))
    running = Case.objects.filter(pupil=OuterRef("pupil")).exclude(state=CaseState.CLOSED)
    found = Departure.objects.filter(
        ~Exists(back.filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("last_day")))),
        ~Exists(running),
        **of,
    )
    return found.order_by("-pk")[:1]


def gone_on(pupil: Pupil) -> date | None:
    """The last day here of a pupil who left the council and is not back."""
    return next((one.last_day for one in gone(pupil=pupil)), None)


def url(departure: Departure) -> str:
    return f"/pupils/{departure.pupil_id}/left/"


def reminders(departure: Departure) -> QuerySet[Task]:
    """What still asks somebody to tell the receiving side."""
    return Task.objects.filter(url=url(departure), done_on=None)
