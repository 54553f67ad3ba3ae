"""The demonstration is whole, and the same each time: made in two databases, and both compared.

Two processes make it side by side, and which of them comes first is chance. Here one process makes
it, once in the order it is written in and once the other way round: what depends on the order
differs each time, and not by chance.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from alongside.cases.models import CaseState
from alongside.ops import database
from alongside.ops.places import PROJECT
from alongside.ops.seed.paper import sheet
from alongside.plans.models import PlanState
from alongside.referrals.models import ReferralState
from tests.database import ADMIN, TEMPLATE
from tests.ops import contradictions
from tests.ops.contents import Contents

IN_ORDER, THE_OTHER_WAY_ROUND = 1, -1
FILL = """
import sys
import django
django.setup()
from alongside.ops.seed import demonstration

class OneByOne(demonstration.ProcessPoolExecutor):
    def __init__(self, processes, *given, **named):
        super().__init__(1, *given, **named)

    def map(self, do, *halves):
        return super().map(do, *(each[:: int(sys.argv[1])] for each in halves))

demonstration.ProcessPoolExecutor = OneByOne
demonstration.fill()
"""
SIZES = {
    "core_council": 2,
    "schools_school": 40,
    "people_pupil": 1_500,
    "referrals_referral": 122,  # The routes, and a call in each council.
}


def made(name: str, order: int) -> Contents:
    """The demonstration in a database of its own, which is read whole and removed."""
    ready = database.clone(ADMIN, TEMPLATE, name)
    began = datetime.now(UTC)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL, str(order)],
        cwd=PROJECT,
        env={**os.environ, database.WEB: ready.web_url, database.OWNER: ready.owner_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    contents = Contents(ready.owner_url, began)
    contents.contradictions = contradictions.found(ready.owner_url)
    contents.past_a_limit = contradictions.past_a_limit(ready.owner_url)
    with database.connect(ADMIN) as admin:
        database.drop_database(admin, name)
    return contents


@pytest.fixture(scope="module")
def both(django_db_setup):
    orders = enumerate((IN_ORDER, THE_OTHER_WAY_ROUND))
    return [made(f"alongside_demonstration_{n}_{os.getpid()}", order) for n, order in orders]


@pytest.fixture(scope="module")
def twice(both):
    return [contents.tables() for contents in both]


def test_what_is_made_is_the_same_each_time(twice):
    first, second = twice

    for table in first:
        assert first[table] - second[table] == second[table] - first[table], table


@pytest.mark.parametrize("asked", contradictions.ASKED)
def test_the_demonstration_does_not_contradict_itself(both, asked):
    assert both[0].contradictions[asked] == []


def test_the_demonstration_has_its_size(twice):
    assert {table: twice[0][table].total() for table in SIZES} == SIZES


@pytest.mark.parametrize(
    ("table", "states"),
    [
        ("referrals_referral", set(ReferralState) - {ReferralState.WITHDRAWN}),
        ("cases_case", set(CaseState)),
        ("plans_plan", set(PlanState)),
    ],
)
def test_something_waits_in_every_state(twice, table, states):
    found = "\n".join(twice[0][table])

    assert [state for state in states if f'"state": "{state.value}"' not in found] == []


def test_what_is_late_has_been_told_and_few_are_past_the_limit_of_their_stage(both, twice):
    told = [row for row in twice[0]["core_notice"] if '"deadline.overdue"' in row]

    assert len(told) >= 2, "who manages hears of it"
    assert both[0].past_a_limit <= 8


def test_the_paper_of_the_demonstration_opens_in_a_strict_reader():
    (page,) = PdfReader(BytesIO(sheet()), strict=True).pages

    assert page.extract_text() == "Everything on this sheet is invented."
