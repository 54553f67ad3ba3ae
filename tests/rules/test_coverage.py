"""Overlaps and gaps of support: the same day, the day after, what goes on, what never began."""

from datetime import date, timedelta

from alongside.rules.coverage import Gap, Stretch, gaps, overlaps

TODAY = date(2026, 11, 26)


def days(after: date, until: date) -> int:
    return (until - after).days


def test_two_of_one_sort_that_share_their_last_and_first_day_overlap():
    one = Stretch("Mentoring by Asha", "Mentoring", date(2026, 9, 1), date(2026, 10, 1))
    other = Stretch("Mentoring by Omar", "Mentoring", date(2026, 10, 1))

    (found,) = overlaps([other, one], TODAY)

    assert (found.one, found.other) == (one, other)
    assert (found.first, found.last) == (date(2026, 10, 1), date(2026, 10, 1))


def test_a_day_apart_or_of_another_sort_is_no_overlap():
    one = Stretch("A", "Mentoring", date(2026, 9, 1), date(2026, 9, 30))
    next_day = Stretch("B", "Mentoring", date(2026, 10, 1))
    beside = Stretch("C", "Group", date(2026, 9, 1))

    assert overlaps([one, next_day, beside], TODAY) == []


def test_what_goes_on_is_compared_up_to_today():
    one = Stretch("A", "x", date(2026, 11, 1))
    other = Stretch("B", "x", date(2026, 11, 20))

    assert overlaps([one, other], TODAY)[0].last == TODAY


def test_exactly_as_long_as_allowed_is_no_gap_and_a_day_more_is():
    began = TODAY - timedelta(days=21)
    seen = [began + timedelta(days=10)]

    assert gaps(began, seen, TODAY, 11, days) == []
    assert gaps(began, seen, TODAY, 10, days) == [Gap(seen[0], None, 11)]


def test_nobody_seen_at_all_is_one_gap_from_the_beginning():
    began = TODAY - timedelta(days=30)

    assert gaps(began, [], TODAY, 10, days) == [Gap(began, None, 30)]


def test_a_gap_of_a_closed_case_ends_with_it():
    began, closed = date(2026, 1, 5), date(2026, 2, 5)

    assert gaps(began, [], closed, 10, days, goes_on=False) == [Gap(began, closed, 31)]
