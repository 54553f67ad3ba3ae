"""The `seed` verb's work: refuse to write over anything, then fill, then say what was made."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from alongside.ops import migrating
from alongside.ops.places import CannotBegin
from alongside.ops.say import step
from alongside.ops.seed import county, demonstration

SCALES = ("none", "demo", "county")


@dataclass(frozen=True)
class Made:
    """What was made: rows by table."""

    scale: str
    seconds: float
    counts: dict[str, int]


def main(scale: str) -> Made:
    """Fill the database, and say what was made.

    Raises `CannotBegin` when the database already holds a council.
    """
    if not migrating.is_empty(settings.OWNER_URL):
        raise CannotBegin(
            "The database already holds a council, so nothing was changed. `seed` only fills an empty"
            " one: set ALONGSIDE_VAR to a new folder, or add --replace to empty this one first."
        )
    began = time.monotonic()
    if scale == "demo":
        with step("Making the demonstration"):
            demonstration.fill()
    elif scale == "county":
        county.fill()
    return Made(scale, round(time.monotonic() - began, 1), _counts())


def _counts() -> dict[str, int]:
    tables = (
        "core_council",
        "core_staff",
        "schools_school",
        "people_pupil",
        "referrals_referral",
        "cases_case",
        "plans_plan",
        "fieldwork_session",
        "people_chronologyentry",
        "core_auditentry",
    )
    counts = {}
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts
