"""Signing in by role exists in the demonstration, and cannot exist outside it."""

import importlib

import pytest
from django.db import connection
from django.test import Client, override_settings

from alongside.core import roles, walls
from alongside.core.models import Account, Place, Staff
from alongside.core.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha_is_invented(cast):
    Account.objects.filter(pk=cast.accounts["asha"]).update(email="asha@demo.example")


def test_the_page_lists_who_one_may_be(asha_is_invented):
    page = Client().get("/demonstration/").content.decode()

    assert "Eastmere, a borough" in page
    assert "Sign in as Outreach Worker" in page
    assert "Asha Exampleton, Eastmere outreach service" in page


def test_a_further_role_puts_nobody_out_of_the_list(asha_is_invented, acting, cast):
    Account.objects.filter(pk=cast.accounts["ben"]).update(email="ben@demo.example")
    adam = acting("adam")
    roles.give_role(
        actor=adam,
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        role=Role.SEMH_ASSISTANT,
        place=Place.objects.get(pk=cast.places["primary"]),
        starts_on=adam.today,
    )

    answer = Client().post("/demonstration/", {"account": cast.accounts["ben"]})

    assert answer.status_code == 302
    page = Client().get("/demonstration/").content.decode()
    assert "Ben Exampleton" in page and "Asha Exampleton" in page


def test_one_click_signs_in(asha_is_invented, cast):
    client = Client()

    answer = client.post("/demonstration/", {"account": cast.accounts["asha"]})

    assert answer["Location"] == "/"
    assert "Asha Exampleton" in client.get("/me/").content.decode()


def test_a_page_asked_for_leads_to_the_choice_and_back(asha_is_invented, cast):
    client = Client()

    asked = client.get("/me/")

    assert asked["Location"] == "/demonstration/?next=/me/"
    assert client.post(asked["Location"], {"account": cast.accounts["asha"]})["Location"] == "/me/"


def test_the_choice_never_leads_to_another_site(asha_is_invented, cast):
    elsewhere = "/demonstration/?next=https://elsewhere.example/"

    assert Client().post(elsewhere, {"account": cast.accounts["asha"]})["Location"] == "/"


@pytest.mark.parametrize(
    ("wanted", "link"),
    [
        ("/cases/5/close/?a=1&b=2", "/demonstration/?next=/cases/5/close/%3Fa%3D1%26b%3D2"),
        ("https://elsewhere.example/", "/demonstration/"),
        ("//elsewhere.example/", "/demonstration/"),
        ("", "/demonstration/"),
    ],
)
def test_the_link_beside_the_door_leads_back_to_the_form_that_time_ran_out_on(db, wanted, link):
    page = Client().get("/sign-in/", {"next": wanted}).content.decode()

    assert f'href="{link}"' in page


def test_nobody_signs_in_as_an_account_that_is_not_invented(asha_is_invented, cast):
    client = Client()

    answer = client.post("/demonstration/", {"account": cast.accounts["mina"]})

    assert answer.status_code == 404
    assert client.get("/me/").status_code == 302


def test_the_way_in_is_shown_in_the_demonstration_only(db):
    assert "/demonstration/" in Client().get("/sign-in/").content.decode()
    with override_settings(IS_DEMONSTRATION=False):
        assert "/demonstration/" not in Client().get("/sign-in/").content.decode()


def test_its_address_does_not_exist_in_production():
    from alongside.web.door import urls

    with override_settings(IS_DEMONSTRATION=False):
        outside = importlib.reload(urls).urlpatterns
    inside = importlib.reload(urls).urlpatterns

    assert "demonstration" not in {getattr(p, "name", "") for p in outside}
    assert "demonstration" in {getattr(p, "name", "") for p in inside}


def test_the_view_itself_refuses_outside_the_demonstration(asha_is_invented, cast):
    with override_settings(IS_DEMONSTRATION=False):
        answer = Client().post("/demonstration/", {"account": cast.accounts["asha"]})

    assert answer.status_code == 404


def test_the_database_does_not_list_people_in_production():
    with override_settings(IS_DEMONSTRATION=False):
        sql = walls.statements(connection)

    assert "DROP FUNCTION IF EXISTS sec.demonstration_people()" in sql
    assert "demo.example" not in sql
