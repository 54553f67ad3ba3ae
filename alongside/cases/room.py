"""What speaks against giving work to somebody: they are away and covered for, or full.

One rule for every way of giving: nothing is forbidden, it is said before saving, and who gives it
says why all the same. Both are kept with what was given.
"""

from datetime import date

from alongside.cases.models import Allocation, CaseState, Cover, WorkerProfile
from alongside.core.decisions import Problem
from alongside.core.models import Staff
from alongside.people.models import Capacity
from alongside.rules.words import count_of, day_in_words, says_something

FIELD = "despite"  # What every form calls the reason.


def despite_all(staff: Staff, first: date, last: date, *, more: int, despite: str) -> str:
    """What was said against it and why it is given all the same; nothing where nothing speaks against.

    Raises `Problem` where a reason is asked for and not given. `more` is how many cases more they
    would lead.
    """
    return _all_the_same(staff, speaks_against(staff, first, last, more=more), despite)


def despite_due(staff: Staff, today: date, due_on: date, *, despite: str) -> str:
    """The same of something to be done by a day: they are away today, or on that day.

    Days off between the two take nothing from it.
    """
    against = away_between(staff, today, today) or away_between(staff, due_on, due_on)
    return _all_the_same(staff, against, despite)[:500]


def _all_the_same(staff: Staff, against: str, despite: str) -> str:
    if not against:
        return ""
    if not says_something(despite):
        raise Problem(f"{against} Say why it is {staff.name} all the same.", FIELD)
    return f"{against} {despite.strip()}"


def speaks_against(staff: Staff, first: date, last: date, *, more: int) -> str:
    said = away_between(staff, first, last), no_room(staff, more)
    return " ".join(filter(None, said))


def away_between(staff: Staff, first: date, last: date) -> str:
    """That somebody is covered for on one of these days, in words; nothing when they are here."""
    away = Cover.objects.filter(staff=staff, starts_on__lte=last, ends_on__gte=first)
    cover = away.select_related("covered_by").order_by("starts_on", "pk").first()
    if cover is None:
        return ""
    return (
        f"{staff.name} is away from {day_in_words(cover.starts_on)} to "
        f"{day_in_words(cover.ends_on)}, covered by {cover.covered_by.name}."
    )


def no_room(staff: Staff, more: int) -> str:
    """That somebody cannot lead so many cases more; nothing when they can, or no figure is agreed."""
    profile = WorkerProfile.objects.filter(staff=staff).first() if more else None
    if profile is None or not profile.most_cases:
        return ""
    leads = Allocation.objects.filter(
        staff=staff, capacity=Capacity.LEAD, ends_on=None, case__state=CaseState.OPEN
    ).count()
    if leads + more <= profile.most_cases:
        return ""
    return f"{staff.name} can lead {count_of(profile.most_cases, 'case')} and leads {leads}."
