"""Signing in and out: password, second factor, lock-out, forgotten passwords, no sign-up."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings

from alongside.core.models import AuditEntry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def test_the_right_password_signs_in(account_of):
    account = account_of("asha")
    client = Client()

    answer = sign_in(client, account.email)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/me/").status_code == 200
    assert client.session["seen_at"] and client.session["started_at"]


def test_an_address_in_capitals_is_the_same_account(account_of):
    account = account_of("asha")

    assert sign_in(Client(), account.email.upper())["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(account_of):
    account = account_of("asha")
    client = Client()
    with override_settings(IS_DEMONSTRATION=False):
        asked = client.get("/me/")

    assert asked["Location"] == "/sign-in/?next=/me/"
    answer = client.post(
        asked["Location"], {"login": account.email, "password": PASSWORD, "next": "/me/"}
    )
    assert answer["Location"] == "/me/"


def test_signing_in_never_leads_to_another_site(account_of):
    account = account_of("asha")

    answer = Client().post(
        "/sign-in/?next=https://elsewhere.example/",
        {"login": account.email, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )

    assert answer["Location"] == "/"


def test_a_wrong_password_says_the_same_as_an_unknown_address(account_of):
    account = account_of("asha")

    wrong = sign_in(Client(), account.email, "not the password")
    unknown = sign_in(Client(), "nobody@example.org", "not the password")

    words = "The e-mail address or the password is not right"
    assert words in wrong.content.decode() and words in unknown.content.decode()
    assert "saved" not in wrong.content.decode()


def test_signing_in_and_out_is_written_to_the_audit_trail(account_of, acting):
    account = account_of("asha")
    client = Client()
    sign_in(client, account.email)
    client.post("/sign-out/")

    asha = acting("asha")

    mine = AuditEntry.objects.filter(staff_id=asha.staff_id, kind__startswith="session.")
    assert [line.kind for line in mine.order_by("id")] == ["session.started", "session.ended"]
    assert client.get("/me/").status_code == 302


def test_signing_out_needs_a_form(account_of):
    account = account_of("asha")
    client = Client()
    sign_in(client, account.email)

    assert "Stay signed in" in client.get("/sign-out/").content.decode()
    assert client.get("/me/").status_code == 200


def test_five_wrong_passwords_lock_the_door_and_say_what_to_do(account_of):
    account = account_of("asha")
    client = Client()
    for _ in range(5):
        answer = sign_in(client, account.email, "wrong")

    assert answer.status_code == 429
    assert "Locked for 30 minutes" in answer.content.decode()
    assert sign_in(client, account.email).status_code == 429


def test_a_lock_on_one_account_leaves_the_others_open(account_of):
    asha, mina = account_of("asha"), account_of("mina")
    client = Client()
    for _ in range(5):
        sign_in(client, asha.email, "wrong")

    assert sign_in(client, mina.email)["Location"] == "/"


def test_a_lock_is_for_the_address_it_was_earned_from(account_of):
    account = account_of("asha")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(5):
        sign_in(elsewhere, account.email, "wrong")

    assert sign_in(Client(), account.email)["Location"] == "/"


def test_four_wrong_and_one_right_starts_the_count_again(account_of):
    account = account_of("asha")
    client = Client()
    for _ in range(4):
        sign_in(client, account.email, "wrong")
    sign_in(client, account.email)
    client.post("/sign-out/")

    assert sign_in(client, account.email, "wrong").status_code == 200


def test_nobody_signs_up(db):
    answer = Client().post(
        "/sign-in/new-account/", {"email": "new@example.org", "password1": PASSWORD}
    )

    assert "You do not have an account yet" in answer.content.decode()


def test_a_forgotten_password_is_changed_by_a_link_that_works_once(account_of):
    account = account_of("asha")
    client = Client()
    client.post("/sign-in/forgotten/", {"email": account.email})
    url = re.search(r"http\S+", mail.outbox[-1].body).group()
    new = "quiet lantern over marble"

    page = client.get(url, follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert answer["Location"] == "/sign-in/forgotten/done/"
    assert sign_in(Client(), account.email, new)["Location"] == "/"
    again = Client().get(url, follow=True).content.decode()
    assert "This link no longer works" in again


def test_an_unknown_address_gets_no_mail_and_the_same_answer(db):
    answer = Client().post("/sign-in/forgotten/", {"email": "nobody@example.org"})

    assert answer["Location"] == "/sign-in/forgotten/sent/"
    assert mail.outbox == []


def test_a_short_password_is_refused_with_a_reason(account_of):
    account = account_of("asha")
    client = Client()
    sign_in(client, account.email)

    answer = client.post(
        "/sign-in/password/",
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    )

    assert "at least 12 characters" in answer.content.decode()


def test_a_second_factor_once_set_up_is_asked_for(with_app):
    account, app = with_app("asha")
    client = Client()

    answer = sign_in(client, account.email)
    assert answer["Location"] == "/sign-in/second-factor/code/"
    assert client.get("/me/").status_code == 302

    answer = client.post(answer["Location"], {"code": app.code()})
    assert answer["Location"] == "/"
    assert client.get("/me/").status_code == 200


def test_a_wrong_code_does_not_sign_in(with_app):
    account, _app = with_app("asha")
    client = Client()
    sign_in(client, account.email)

    answer = client.post("/sign-in/second-factor/code/", {"code": "000000"})

    assert "This code is not right" in answer.content.decode()
    assert client.get("/me/").status_code == 302


def test_a_code_signs_in_once(with_app):
    account, app = with_app("asha")
    code = app.code()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, account.email)
        client.post("/sign-in/second-factor/code/", {"code": code})

    assert first.get("/me/").status_code == 200
    assert second.get("/me/").status_code == 302


def test_ten_wrong_codes_are_too_many_and_the_page_says_how_long_to_wait(with_app):
    account, app = with_app("asha")
    client = Client()
    sign_in(client, account.email)
    for _ in range(10):
        client.post("/sign-in/second-factor/code/", {"code": "000000"})

    answer = client.post("/sign-in/second-factor/code/", {"code": app.code()})

    assert "Too many tries. Wait 5 minutes, then try again." in answer.content.decode()
    assert client.get("/me/").status_code == 302


def test_wrong_codes_are_counted_where_every_web_process_sees_them(with_app):
    account, _app = with_app("asha")
    client = Client()
    sign_in(client, account.email)
    client.post("/sign-in/second-factor/code/", {"code": "000000"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limits WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1


def test_a_recovery_code_signs_in_once(with_app):
    from allauth.mfa.models import Authenticator

    account, _ = with_app("asha")
    stored = Authenticator.objects.get(user=account, type="recovery_codes")
    code = stored.wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, account.email)
        client.post("/sign-in/second-factor/code/", {"code": code})

    assert first.get("/me/").status_code == 200
    assert second.get("/me/").status_code == 302


def test_the_secret_of_a_second_factor_is_stored_encrypted(with_app):
    _, app = with_app("asha")

    assert app.secret not in app.stored()
    assert app.is_stored_as(app.secret)


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_without_a_second_factor_one_is_led_to_set_one_up(account_of):
    account = account_of("asha")
    client = Client()
    sign_in(client, account.email)

    answer = client.get("/me/")

    assert answer["Location"] == "/sign-in/second-factor/first/"
    page = client.get(answer["Location"]).content.decode()
    assert "/sign-in/second-factor/app/activate/" in page
    assert client.get("/sign-in/second-factor/app/activate/").status_code == 200
    assert client.get("/sign-in/second-factor/passkey/add/").status_code == 200


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_setting_up_an_app_opens_the_screens(account_of):
    from tests.door.conftest import App

    account = account_of("asha")
    client = Client()
    sign_in(client, account.email)
    client.get("/sign-in/second-factor/app/activate/")
    secret = client.session["mfa.totp.secret"]

    answer = client.post(
        "/sign-in/second-factor/app/activate/", {"code": App(account, secret).code()}
    )

    assert answer["Location"] == "/sign-in/second-factor/recovery-codes/"
    assert "I have kept them" in client.get(answer["Location"]).content.decode()
    assert client.get("/me/").status_code == 200


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_the_last_second_factor_cannot_be_taken_off(with_app):
    account, app = with_app("asha")
    client = Client()
    sign_in(client, account.email)
    client.post("/sign-in/second-factor/code/", {"code": app.code()})

    answer = client.post("/sign-in/second-factor/app/deactivate/")

    assert "Add another way" in answer.content.decode()
    assert app.stored()


def test_every_page_at_the_door_is_there(with_app):
    account, app = with_app("asha")
    client = Client()
    sign_in(client, account.email)
    client.post("/sign-in/second-factor/code/", {"code": app.code()})

    for url in (
        "/sign-in/second-factor/",
        "/sign-in/second-factor/app/deactivate/",
        "/sign-in/second-factor/recovery-codes/",
        "/sign-in/second-factor/recovery-codes/generate/",
        "/sign-in/second-factor/passkey/",
        "/sign-in/second-factor/passkey/add/",
        "/sign-in/password/",
        "/sign-in/again/",
        "/sign-in/second-factor/again/",
    ):
        page = client.get(url)
        assert page.status_code == 200, url
        assert page.content.decode().count("<h1") == 1, url
