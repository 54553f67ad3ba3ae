"""When a review is proposed: days counted by hand."""

from datetime import date

from alongside.plans.dates import propose_review
from alongside.rules.calendar import SchoolCalendar, Term


def test_a_review_is_proposed_with_its_working():
    proposal = propose_review(date(2026, 10, 12), 6, "Eastmere inclusion framework")
    assert proposal.on == date(2026, 11, 23)
    assert "6 weeks from Monday 12 October 2026" in proposal.working
    assert "Our standard" in proposal.working


def test_a_review_is_proposed_for_the_last_school_day_before_a_holiday():
    """Six weeks from Thursday 12 November 2026 is Christmas Eve; term ended on Friday 18 December."""
    autumn = Term(date(2026, 9, 1), date(2026, 12, 18), "Autumn")
    spring = Term(date(2027, 1, 4), date(2027, 3, 25), "Spring")
    calendar = SchoolCalendar((autumn, spring))

    proposal = propose_review(date(2026, 11, 12), 6, "Ladder", calendar)

    assert proposal.on == date(2026, 12, 18)
    assert "so Friday 18 December 2026" in proposal.working


def test_beyond_the_terms_known_a_review_is_proposed_for_a_working_day():
    autumn = Term(date(2026, 9, 1), date(2026, 12, 18), "Autumn")

    proposal = propose_review(date(2027, 6, 1), 6, "Ladder", SchoolCalendar((autumn,)))

    assert proposal.on == date(2027, 7, 13)


def test_a_review_is_not_proposed_for_a_day_nobody_works():
    proposal = propose_review(date(2026, 11, 14), 6, "Ladder")

    assert proposal.on == date(2026, 12, 24)
    assert "so Thursday 24 December 2026" in proposal.working
