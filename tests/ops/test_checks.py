"""What production refuses to start with."""

import os
from types import SimpleNamespace

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from alongside.ops import checks, database
from alongside.web.door import councils
from tests.database import ADMIN, READY

SOUND = {
    "SECRET_KEY": "k" * 60,
    "IS_DEMONSTRATION": False,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["alongside.example.gov.uk"],
    "PUBLIC_URL": "https://alongside.example.gov.uk",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": []}},
}
COUNCIL = {
    "ALONGSIDE_OIDC_991_SERVER": "https://login.example.gov.uk",
    "ALONGSIDE_OIDC_991_CLIENT_ID": "alongside",
    "ALONGSIDE_OIDC_991_SECRET": "between-us-two",
}


def test_sound_settings_and_a_plain_web_role_are_let_through():
    assert list(checks.settings_faults(SimpleNamespace(**SOUND))) == []
    assert list(checks.role_faults(False, False, False, False, False)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": ""}, "ALONGSIDE_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "ALONGSIDE_SECRET_KEY"),
        ({"SECRET_KEY": "demonstration-only" + "k" * 60}, "ALONGSIDE_SECRET_KEY"),
        ({"IS_DEMONSTRATION": True}, "Demonstration sign-in"),
        ({"DEBUG": True}, "DEBUG"),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, "ALONGSIDE_HOSTS"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALONGSIDE_HOSTS"),
        ({"PUBLIC_URL": "http://alongside.example.gov.uk"}, "ALONGSIDE_URL"),
        ({"SESSION_COOKIE_SECURE": False}, "Cookies"),
    ],
)
def test_each_unsafe_setting_is_named(change, said):
    faults = list(checks.settings_faults(SimpleNamespace(**{**SOUND, **change})))

    assert len(faults) == 1
    assert said in faults[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"ALONGSIDE_OIDC_991_SERVER": "http://127.0.0.1:9000"}, []),
        ({"ALONGSIDE_OIDC_991_SERVER": "http://login.example.gov.uk"}, ["991_SERVER must be"]),
        ({"ALONGSIDE_OIDC_991_CLIENT_ID": ""}, ["991_CLIENT_ID is missing"]),
        ({"ALONGSIDE_OIDC_991_SECRET": ""}, ["991_SECRET is missing"]),
    ],
)
def test_a_councils_own_sign_in_is_held_to_what_makes_it_safe(change, said):
    apps = list(councils.apps({**COUNCIL, **change}))
    settings = {**SOUND, "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": apps}}}

    faults = list(checks.settings_faults(SimpleNamespace(**settings)))

    assert len(faults) == len(said)
    assert all(words in fault for words, fault in zip(said, faults, strict=True))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((True, False, False, False, False), "superuser"),
        ((False, True, False, False, False), "BYPASSRLS"),
        ((False, False, True, False, False), "make roles"),
        ((False, False, False, True, False), "owner"),
        ((False, False, False, False, True), "owner"),
    ],
)
def test_each_role_that_no_wall_stops_is_refused(facts, said):
    faults = list(checks.role_faults(*facts))

    assert len(faults) == 1
    assert said in faults[0]


def test_the_real_web_role_has_no_fault(db):
    assert list(checks.database_faults()) == []


@pytest.fixture
def member_of_the_owner(django_db_setup):
    """Another login, which owns nothing itself; its address."""
    owner, name = conninfo_to_dict(READY.owner_url)["user"], f"alongside_member_{os.getpid()}"
    with psycopg.connect(ADMIN, autocommit=True) as admin:
        make = sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'between-us' IN ROLE {}")
        admin.execute(make.format(sql.Identifier(name), sql.Identifier(owner)))
        yield make_conninfo(READY.web_url, user=name, password="between-us")
        admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_a_member_of_the_owners_role_is_refused_as_the_owner_is(member_of_the_owner, monkeypatch):
    monkeypatch.setenv(database.WEB, member_of_the_owner)

    (fault,) = checks.database_faults()

    assert "as an owner, whom no wall stops" in fault
