"""The county is whole and consistent at any size; a small one of the same shape is filled here."""

import json
import os
import subprocess
import sys

import pytest

from alongside.ops import database
from alongside.ops.places import PROJECT
from alongside.ops.seed.county_copy import text
from tests.database import ADMIN, TEMPLATE

FILL = """
import json, django
django.setup()
from django.db import connections
from alongside.ops.seed import county
from alongside.ops.seed.county_size import Size
county.fill(Size(schools=40, pupils=600, staff=80, cases=120, open_cases=40, entries=1500,
                 sessions=200, audit=300))
with connections["owner"].cursor() as cursor:
    found = {}
    for name, sql in json.loads(%r).items():
        cursor.execute(sql)
        found[name] = cursor.fetchone()[0]
print(json.dumps(found))
"""
NORTHFOLD = "council_id = (SELECT id FROM core_council WHERE code = '992')"
QUESTIONS = {
    "pupils": f"SELECT count(*) FROM people_pupil WHERE {NORTHFOLD}",
    "behind the wall": f"SELECT count(*) FROM people_pupil WHERE NOT {NORTHFOLD}",
    "schools": f"SELECT count(*) FROM schools_school WHERE {NORTHFOLD}",
    "staff": f"SELECT count(*) FROM core_staff WHERE NOT is_system AND {NORTHFOLD}",
    "entries": f"SELECT count(*) FROM people_chronologyentry WHERE {NORTHFOLD}",
    "sessions": "SELECT count(*) FROM fieldwork_session",
    "open": "SELECT count(*) FROM cases_case WHERE state <> 'CLOSED'",
    "open without a lead": "SELECT count(*) FROM cases_case c WHERE state = 'OPEN' AND NOT EXISTS ("
    "SELECT 1 FROM cases_allocation a WHERE a.case_id = c.id AND a.ends_on IS NULL)",
    "allocations unlike their involvement": "SELECT count(*) FROM cases_allocation a"
    " JOIN people_involvement i ON i.id = a.involvement_id JOIN cases_case c ON c.id = a.case_id"
    " WHERE i.staff_id <> a.staff_id OR i.pupil_id <> c.pupil_id"
    " OR i.ends_on IS DISTINCT FROM a.ends_on OR c.closed_on IS DISTINCT FROM a.ends_on",
    "pupils without a school": "SELECT count(*) FROM people_pupil p WHERE NOT EXISTS ("
    "SELECT 1 FROM people_enrolment e WHERE e.pupil_id = p.id AND e.ends_on IS NULL)",
    "sessions outside their case": "SELECT count(*) FROM fieldwork_session s"
    " JOIN cases_case c ON c.id = s.case_id WHERE s.starts_at::date < c.opened_on"
    " OR s.starts_at::date > coalesce(c.closed_on, current_date)",
    "plans in use of closed cases": "SELECT count(*) FROM plans_plan p"
    " JOIN cases_case c ON c.id = p.case_id WHERE p.state = 'AGREED' AND c.state <> 'OPEN'",
    "cases without an accepted referral": "SELECT count(*) FROM cases_case c WHERE NOT EXISTS ("
    "SELECT 1 FROM referrals_referral r WHERE r.case_id = c.id AND r.state = 'ACCEPTED'"
    " AND r.decided_at::date <= c.opened_on)",
    "waits unlike their referral": "SELECT count(*) FROM referrals_wait w"
    " JOIN referrals_referral r ON r.id = w.referral_id"
    " WHERE (r.state = 'WAITING') <> (w.ends_on IS NULL)",
    "referrals unlike their last step": "SELECT count(*) FROM referrals_referral r"
    " WHERE r.state <> (SELECT s.to_state FROM referrals_step s WHERE s.referral_id = r.id"
    " ORDER BY s.id DESC LIMIT 1)",
    "live referrals that nobody reaches": "SELECT count(*) FROM referrals_referral r"
    " WHERE r.state IN ('SENT', 'SCREENING', 'RETURNED', 'WAITING') AND NOT EXISTS ("
    "SELECT 1 FROM people_involvement i WHERE i.pupil_id = r.pupil_id AND i.place_id = r.area_id"
    " AND i.access_ends_on IS NULL)",
    "ended plans unlike their review": "SELECT count(*) FROM plans_plan p"
    " LEFT JOIN plans_review v ON v.plan_id = p.id"
    " WHERE p.state = 'ENDED' AND v.held_on IS DISTINCT FROM p.ended_on",
    "scores unlike their marks": "SELECT count(*) FROM referrals_triagescore s"
    " JOIN referrals_triageform f ON f.id = s.form_id"
    " WHERE jsonb_array_length(s.marks) <> jsonb_array_length(f.questions)",
    "plans without a version": "SELECT count(*) FROM plans_plan p WHERE NOT EXISTS ("
    "SELECT 1 FROM plans_planversion v WHERE v.plan_id = p.id AND v.version = p.version)",
    "referral states": "SELECT count(DISTINCT state) FROM referrals_referral",
    "followed plans": "SELECT count(*) FROM plans_plan WHERE previous_id IS NOT NULL",
    "history": f"SELECT count(*) FROM core_rowhistory WHERE {NORTHFOLD} AND table_name = 'cases_case'",
    "unsealed": "SELECT count(*) FROM core_auditentry e WHERE NOT EXISTS ("
    "SELECT 1 FROM core_auditseal s WHERE s.entry_id = e.id)",
    "broken": "SELECT count(*) FROM sec.verify_audit()",
    "not shaped as a UPN": "SELECT count(*) FROM people_pupil WHERE upn !~ '^[A-Z][0-9]{12}$'",
    "next pupil": "SELECT nextval(pg_get_serial_sequence('people_pupil', 'id'))"
    " - (SELECT max(id) FROM people_pupil)",
    "indexes": "SELECT count(*) FROM pg_index WHERE indrelid = 'people_pupil'::regclass",
    "foreign keys": "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
    " AND conrelid = 'cases_case'::regclass AND convalidated",
}


@pytest.fixture(scope="module")
def county(django_db_setup):
    """A small county in a database of its own, and the answers to QUESTIONS asked there."""
    name = f"alongside_county_{os.getpid()}"
    ready = database.addresses(ADMIN, name, TEMPLATE)
    database.clone(ADMIN, TEMPLATE, name)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL % json.dumps(QUESTIONS)],
        cwd=PROJECT,
        env={**os.environ, database.WEB: ready.web_url, database.OWNER: ready.owner_url},
        capture_output=True,
        text=True,
        check=False,
    )
    with database.connect(ADMIN) as admin:
        database.drop_database(admin, name)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_county_has_the_size_asked_for(county):
    sizes = ("schools", "pupils", "staff", "open", "entries", "sessions")

    assert [county[name] for name in sizes] == [40, 600, 80, 40, 1500, 200]
    assert county["behind the wall"] == 600


def test_the_county_has_referrals_in_every_state_and_plans_that_follow_others(county):
    assert county["referral states"] == 8
    assert county["followed plans"] > 0


@pytest.mark.parametrize(
    "fault",
    [
        "open without a lead",
        "allocations unlike their involvement",
        "pupils without a school",
        "sessions outside their case",
        "plans in use of closed cases",
        "cases without an accepted referral",
        "waits unlike their referral",
        "referrals unlike their last step",
        "live referrals that nobody reaches",
        "ended plans unlike their review",
        "scores unlike their marks",
        "plans without a version",
        "unsealed",
        "broken",
        "history",
        "not shaped as a UPN",
    ],
)
def test_the_county_contradicts_itself_nowhere(county, fault):
    assert county[fault] == 0


def test_indexes_foreign_keys_and_numbering_stand_again(county):
    assert county["indexes"] >= 4
    assert county["foreign keys"] >= 6
    assert county["next pupil"] == 1


@pytest.mark.parametrize(
    ("value", "copied"),
    [
        (None, "\\N"),
        ("a\tb\nc\\d", "a\\tb\\nc\\\\d"),
        ([1, 2], "{1,2}"),
        ({"a": 1}, '{"a": 1}'),
        (True, "True"),
        ("", ""),
    ],
)
def test_values_are_written_as_copy_reads_them(value, copied):
    assert text(value) == copied
