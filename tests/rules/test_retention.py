"""How long records are kept, and how sure we are of it."""

from datetime import date

import pytest

from alongside.core.handling import Keep
from alongside.rules.retention import RULES, Confidence, holding


@pytest.mark.parametrize("keep", Keep)
def test_every_way_a_field_is_kept_has_a_rule(keep):
    assert RULES[keep].authority


@pytest.mark.parametrize(
    ("name", "event", "until"),
    [
        ("pupil file", date(2014, 3, 5), date(2039, 3, 5)),
        ("pupil file", date(2012, 2, 29), date(2037, 2, 28)),
        ("education, health and care plan", date(2014, 3, 5), date(2045, 3, 5)),
        ("safeguarding file", date(2014, 3, 5), date(2039, 3, 5)),
        ("staff file", date(2026, 8, 31), date(2032, 8, 31)),
        ("attendance register", date(2026, 11, 22), date(2032, 11, 22)),
        ("school record", date(2026, 8, 31), date(2032, 8, 31)),
        ("audit trail", date(2026, 11, 22), date(2057, 11, 22)),
        ("days, not weeks", date(2026, 11, 22), date(2026, 12, 22)),
        ("while in use", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_periods(name, event, until):
    kept = holding(name, event)

    assert kept.until == until
    assert not kept.may_be_destroyed(until)
    assert kept.may_be_destroyed(date.fromordinal(until.toordinal() + 1))


def test_a_hold_outlasts_every_period():
    kept = holding("pupil file", date(1980, 1, 1), is_held=True)

    assert not kept.may_be_destroyed(date(2026, 11, 22))
    assert kept.in_words == "Kept until the hold is lifted."


def test_the_reader_is_told_what_to_check():
    assert holding("pupil file", date(2014, 3, 5)).in_words == (
        "Kept until 5 March 2039: 25 years from the pupil's date of birth. "
        "Check before relying on it."
    )
    assert RULES["days, not weeks"].in_words == "30 days from the last change."
    assert RULES["while in use"].in_words == "until the end of its use."


def test_only_what_we_chose_ourselves_or_read_needs_no_check():
    checked = {name for name, rule in RULES.items() if not rule.must_be_checked}

    assert checked == {"audit trail", "school record", "while in use", "days, not weeks"}
    assert {rule.confidence for rule in RULES.values()} == {
        Confidence.UNREAD,
        Confidence.SECOND_HAND,
        Confidence.OURS,
    }


def test_no_record_outlives_the_trail_of_who_saw_it():
    assert max(rule.years for rule in RULES.values()) == RULES["audit trail"].years
