"""When a pupil's work may end because they left the council, and the questions about it."""

from datetime import date

from django.db.models import QuerySet

from alongside.cases.models import Case, CaseState, Task
from alongside.core.actor import Actor
from alongside.core.days import day_of, end_of
from alongside.core.decisions import ALLOWED, Decision, NotFound, refuse
from alongside.core.permissions import Permission
from alongside.people.actions.enrolment import first_day_at, standing
from alongside.people.models import Pupil
from alongside.referrals.departures import gone_on
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


def correct(actor: Actor, departure: Departure) -> Decision:
    """The last day is put right by who closes cases, while the pupil is not back."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager corrects the last day.")
    if departure != latest(departure.pupil):
        return refuse("They came back and left again since. Only the latest day is corrected.")
    if gone_on(departure.pupil) is None:
        return refuse(f"{departure.pupil.forename} is on roll or worked with here again.")
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


def words_of(last_day: date, to_council: str) -> str:
    """Why what ends with it ended, wherever that is said."""
    return f"Left the area on {day_in_words(last_day)}, for {to_council.strip()}."


def url(departure: Departure) -> str:
    return f"/pupils/{departure.pupil_id}/left/"


def reminders(departure: Departure) -> QuerySet[Task]:
    """What still asks somebody to tell the receiving side."""
    return Task.objects.filter(url=url(departure), done_on=None)
