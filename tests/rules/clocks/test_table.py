"""The table of clocks: complete, each countable, each with its authority and how far it is verified."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from alongside.rules.clocks.clock import CONFIDENCES
from alongside.rules.clocks.due import COUNTINGS, KINDS
from alongside.rules.clocks.facts import HELP, READERS
from alongside.rules.clocks.table import clocks

LAW = Path(__file__).parents[2] / "data" / "law" / "clocks_amounts.csv"
UNITS = {*KINDS, "school day", "week", "month", "year", "hour", "term", "session", ""}
EVERY = [clock for versions in clocks().values() for clock in versions]


def test_every_row_of_the_law_table_is_a_clock():
    with LAW.open(encoding="utf-8") as file:
        rows = {row["id"]: row["amount"] for row in csv.DictReader(file)}

    newest = {id: versions[-1] for id, versions in clocks().items()}

    assert set(newest) == set(rows)
    whole = {id: int(amount) for id, amount in rows.items() if amount.isdigit()}
    # One weekly meeting, two weeks of one limb, the same day: there the number is no length.
    lengths = {id: amount for id, amount in whole.items() if id not in ("LP03", "ME06", "AT17")}
    assert {id: newest[id].amount for id in lengths} == lengths


@pytest.mark.parametrize("clock", EVERY, ids=lambda clock: clock.id)
def test_each_clock_can_be_counted_and_says_who_must_do_what_by_which_authority(clock):
    assert clock.counting in COUNTINGS
    assert clock.counting == "no date" or clock.unit in UNITS
    assert set(clock.facts) <= set(HELP) & set(READERS)
    assert clock.trigger and clock.actor and clock.duty and clock.authority
    assert clock.confidence in CONFIDENCES


def test_as_many_are_verified_as_the_law_table_says():
    """As counted when the table was last corrected, on 22 November 2026."""
    newest = Counter(versions[-1].confidence for versions in clocks().values())

    assert newest == {"VERIFIED-TEXT": 58, "VERIFIED-SECONDARY": 71, "OWN KNOWLEDGE": 21}


def test_what_is_not_the_instruments_own_words_says_to_check_it():
    for confidence, said in CONFIDENCES.items():
        assert ("check before relying on it" in said) == (confidence != "VERIFIED-TEXT")
