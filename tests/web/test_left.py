"""How far off a day is: school days counted by hand, put in words, the same on Today and the banner."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem
from alongside.duties.left import Left, left_of
from alongside.schools.models import NonTeachingDay, Term
from alongside.web.pupils.due import Due, clocks, rows
from alongside.web.today.rows import due_row

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("due_on", "days", "state", "word", "said"),
    [
        (date(2026, 11, 2), 0, "soon", "Today", ("Today", "", "")),
        (date(2026, 11, 3), 1, "soon", "Tomorrow", ("1", "left", "school day")),
        (date(2026, 11, 5), 3, "soon", "This week", ("3", "left", "school days")),
        (date(2026, 11, 6), 4, "waiting", "This week", ("4", "left", "school days")),
        (date(2026, 11, 9), 5, "waiting", "Next week", ("5", "left", "school days")),
        (date(2026, 11, 16), 10, "waiting", "16 Nov", ("10", "left", "school days")),
        (date(2026, 10, 30), -1, "overdue", "Overdue", ("1", "late", "school day")),
        (date(2026, 10, 31), 0, "overdue", "Overdue", ("Late", "", "by a holiday or weekend")),
    ],
)
def test_days_left_are_put_in_words(due_on, days, state, word, said):
    left = Left(MONDAY, due_on, days)

    assert (left.state, left.word) == (state, word)
    assert (left.figure, left.side, left.unit) == said


@pytest.fixture
def autumn(db, acting, route):
    """Asha on the Friday before half-term, 26 to 30 October 2026. Nobody teaches on 3 November."""
    asha = acting("asha")
    Term.objects.create(
        name="Autumn",
        starts_on=date(2026, 9, 1),
        half_term_starts_on=date(2026, 10, 26),
        half_term_ends_on=date(2026, 10, 30),
        ends_on=date(2026, 12, 18),
    )
    NonTeachingDay.objects.create(
        school=route.case.school,
        kind="CLOSURE",
        starts_on=date(2026, 11, 3),
        ends_on=date(2026, 11, 3),
        learned_on=date(2026, 11, 3),
        reason="No heating",
    )
    return replace(asha, today=date(2026, 10, 23), _shared={})


# Weekdays after Friday 23 October up to Friday 6 November, counted by hand: the holiday's five do
# not count; then 2, 4, 5 and 6 November do, and the third when another school's heating works.
@pytest.mark.parametrize(
    ("due_on", "here", "elsewhere"),
    [
        (date(2026, 10, 26), "0", "0"),
        (date(2026, 10, 30), "0", "0"),
        (date(2026, 11, 2), "1", "1"),
        (date(2026, 11, 4), "2", "3"),
        (date(2026, 11, 6), "4", "5"),
    ],
)
def test_the_banner_counts_the_school_days_of_the_cases_school(
    autumn, route, due_on, here, elsewhere
):
    at_school, of_council = clocks(
        autumn,
        [
            Due(due_on, "Plan review", "Review plan 1", "", school_id=route.case.school_id),
            Due(due_on, "Task", "Ring home", ""),
        ],
    )

    assert (at_school["figure"], of_council["figure"]) == (here, elsewhere)


def test_the_banner_says_how_late_in_school_days(autumn, route):
    late = replace(autumn, today=date(2026, 11, 4))
    due = Due(
        date(2026, 10, 22), "Plan review", "Review plan 1", "", school_id=route.case.school_id
    )

    (clock,) = clocks(late, [due])

    # 23 October, then 2 and 4 November.
    assert (clock["figure"], clock["unit"], clock["state"]) == ("3", "school days late", "overdue")


@pytest.mark.parametrize("due_on", [date(2026, 10, 22), date(2026, 10, 23), date(2026, 11, 4)])
def test_banner_record_and_today_tell_one_number(autumn, route, due_on):
    school_id = route.case.school_id
    due = Due(due_on, "Task", "Ring home", "", school_id=school_id)
    item = DueItem(due_on, "Ring home", "", "", "", route.pupil.pk, "task", school_id)

    (clock,), (row,) = clocks(autumn, [due]), rows(autumn, [due])
    on_today = due_row(autumn, item, Calendars(autumn))

    assert (row["left"], row["unit"], row["state"]) == (
        on_today["left"],
        on_today["unit"],
        on_today["state"],
    )
    assert str(on_today["left"]).startswith(str(clock["figure"]))


def test_days_of_no_school_are_the_councils(autumn):
    assert left_of(Calendars(autumn), None, autumn.today, date(2026, 11, 4)).days == 3


def test_why_something_is_due_ends_in_one_full_stop(acting, route):
    actor = acting("asha")
    why = "Review the plan once more and tell us what changed."
    item = DueItem(
        actor.today, "Answer", why, "asked for by the service", "", route.pupil.pk, "task"
    )

    assert due_row(actor, item, Calendars(actor))["why"] == f"{why} Asked for by the service"
