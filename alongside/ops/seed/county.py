"""A county's worth of rows for measuring, copied in by the tables' owner with a fixed seed.

Two councils: Northfold at county scale, Eastmere small, behind the wall. Suspensions and education,
health and care plans are left out: the service has no tables for them yet.
"""

import random

from django.db import connections, transaction
from django.utils import timezone

from alongside.ops.say import step
from alongside.ops.seed import (
    county_lines,
    county_needs,
    county_people,
    county_plans,
    county_referrals,
    county_team,
    county_work,
    pupils,
)
from alongside.ops.seed.county_copy import Copier, without_indexes
from alongside.ops.seed.county_size import COUNTY, Size
from alongside.ops.seed.ground import lay
from alongside.ops.seed.queue import set_weeks
from alongside.ops.seed.triage_forms import publish_forms
from alongside.ops.seed.when import hurry

SMALL_COUNCIL_PUPILS = 950
PARTS = (
    county_people, county_work, county_referrals, county_needs, county_plans, county_team,
    county_lines,
)  # fmt: skip


def fill(size: Size = COUNTY) -> None:
    """The whole of it. Copying is one transaction: it is all there afterwards, or none of it is."""
    today, chance = timezone.localdate(), random.Random(2026)
    hurry()
    with step("The ground: two councils, their frameworks and a small one's pupils"):
        eastmere, northfold = lay()
        publish_forms(northfold)
        set_weeks(northfold)
        pupils.fill(eastmere, min(SMALL_COUNCIL_PUPILS, size.pupils), 0, today, chance)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        copier = Copier(cursor, northfold.council.pk)
        with without_indexes(cursor, [table for part in PARTS for table in part.TABLES]):
            with step(f"{size.schools:,} schools and {size.pupils:,} pupils"):
                county = county_people.fill(copier, northfold, size, today, chance)
            with step(f"{size.cases:,} cases and what belongs to them"):
                county_work.fill(copier, county, size, today, chance)
            with step("Referrals, needs, scores and plans"):
                county_referrals.fill(copier, county, today)
                county_needs.fill(copier, county, today)
                county_plans.fill(copier, county, today)
                county_team.fill(copier, county, today)
            with step(f"{size.entries:,} lines of chronology, {size.audit:,} of audit"):
                county_lines.fill(copier, county, size, today, chance)
        with step("Sealing the audit trail"):
            cursor.execute("SELECT sec.seal_audit(%s)", [size.audit * 2])
    with step("Tidying the tables"):
        _tidy()


def _tidy() -> None:
    """As the database does by itself in time: what it knows of the rows, and that all are to be seen.

    Without the latter an index alone answers nothing, and counts by school take four times as long.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def is_loaded() -> bool:
    """Whether this database is of county size; asked as the owner, who sees every row."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_pupil")
        return cursor.fetchone()[0] >= COUNTY.pupils
