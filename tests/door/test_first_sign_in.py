"""The one-time link with which a new person chooses a password."""

import pytest
from django.test import Client
from django.utils import timezone

from alongside.core.models import Account
from alongside.web.door import links

pytestmark = pytest.mark.django_db
NEW = "quiet lantern over marble"


@pytest.fixture
def link(cast):
    account = Account.objects.get(pk=cast.accounts["asha"])
    return account, links.first_sign_in_url(account).removeprefix("http://127.0.0.1:8000")


def test_a_new_person_chooses_a_password_and_signs_in(link):
    account, url = link
    client = Client()
    assert account.email in client.get(url).content.decode()

    client.post(url, {"new_password1": NEW, "new_password2": NEW})

    answer = client.post("/sign-in/", {"login": account.email, "password": NEW})
    assert answer["Location"] == "/"


def test_a_link_works_once(link):
    _, url = link
    Client().post(url, {"new_password1": NEW, "new_password2": NEW})

    answer = Client().get(url)

    assert answer.status_code == 410
    assert "This link no longer works" in answer.content.decode()


def test_a_link_is_dead_after_three_days(link, monkeypatch):
    _, url = link
    later = timezone.now().timestamp() + 72 * 3600 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert Client().get(url).status_code == 410


def test_a_changed_link_is_dead(link):
    _, url = link

    assert Client().get(url[:-3] + "x/").status_code == 410


def test_two_different_passwords_are_refused(link):
    _, url = link

    answer = Client().post(url, {"new_password1": NEW, "new_password2": "something else entirely"})

    assert answer.status_code == 422


def test_a_closed_account_has_no_link(link):
    account, url = link
    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert Client().get(url).status_code == 410
