"""A council's own sign-in: real requests to a real provider on loopback, and who is refused."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from alongside.core.models import Account, AuditEntry
from alongside.web.door import councils
from tests import provider
from tests.browser import problems, too_wide
from tests.cast import PASSWORD
from tests.journeys.walk import PICTURES
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Provider, Provider]]:
    with provider.running("Eastmere account") as eastmere, provider.running("Northfold") as north:
        yield eastmere, north


@pytest.fixture
def eastmere(both, settings) -> Provider:
    apps = councils.apps(both[0].settings("991") | both[1].settings("992"))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list(apps)}}
    return both[0]


@pytest.fixture
def northfold(both, eastmere) -> Provider:
    return both[1]


def leave(client: Client, code: str = "991", **more: str) -> str:
    """Press the button; the address of the provider that our page leads to."""
    answer = client.post(f"/sign-in/council/{code}/login/?{urlencode(more)}")
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.context["url"])


def way_back(to: str, person: str) -> str:
    """Sign in at the provider as its page would; our own address that it sends the browser to."""
    query = urlsplit(to).query
    there = to.split("/authorize")[0]
    form = {"asked": query, "who": person}
    back = requests.post(f"{there}/authorize", data=form, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return f"{parts.path}?{parts.query}"


def come_back(client: Client, to: str, person: str):
    return client.get(way_back(to, person))


def through(client: Client, person: str, code: str = "991"):
    return come_back(client, leave(client, code), person)


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_the_door_names_each_council_that_signs_its_people_in(eastmere):
    page = Client().get("/sign-in/").content.decode()

    assert "Sign in with Eastmere account" in page
    assert "Sign in with Northfold" in page


def test_without_a_provider_there_is_no_such_button(db):
    assert "/sign-in/council/" not in Client().get("/sign-in/").content.decode()


def test_a_person_of_the_council_is_let_in_and_written_to_the_trail(eastmere, cast, acting):
    eastmere.add("asha@example.org")
    client = Client()

    answer = through(client, "asha@example.org")

    assert answer["Location"] == "/"
    assert "Asha Exampleton" in client.get("/me/").content.decode()
    asha = acting("asha")
    assert AuditEntry.objects.filter(staff_id=asha.staff_id, kind="session.started").count() == 1


def test_the_way_there_carries_a_challenge_and_asks_for_nothing_but_who_it_is(eastmere):
    asked = parse_qs(urlsplit(leave(Client())).query)

    assert asked["code_challenge_method"] == ["S256"] and asked["code_challenge"]
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["response_type"] == ["code"]


def test_a_code_with_another_verifier_is_refused(eastmere):
    eastmere.add("asha@example.org")
    mine, theirs = Client(), Client()
    leave(theirs)
    stolen = urlsplit(leave(mine)).query
    code = eastmere.code_for("asha@example.org", provider.flat(stolen) | {"code_challenge": "x"})

    state = provider.flat(stolen)["state"]
    answer = mine.get(f"/sign-in/council/991/login/callback/?code={code}&state={state}")

    assert "Your council’s sign-in did not work" in answer.content.decode()
    assert not is_in(mine)
    assert eastmere.refused[-1] == "a wrong verifier or address"


def test_an_answer_to_nobodys_question_is_refused(eastmere):
    eastmere.add("asha@example.org")
    to = leave(Client())
    other = Client()

    come_back(other, to, "asha@example.org")

    assert not is_in(other)


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_the_council_answers_for_its_own_second_factor(eastmere, account_of):
    account = account_of("asha")
    eastmere.add(account.email)
    by_council, by_password = Client(), Client()

    through(by_council, account.email)
    by_password.post("/sign-in/", {"login": account.email, "password": PASSWORD})

    assert is_in(by_council)
    assert by_password.get("/me/")["Location"] == "/sign-in/second-factor/first/"


def test_signing_in_that_way_leads_back_to_the_page_that_was_asked_for(eastmere):
    eastmere.add("asha@example.org")
    client = Client()

    page = client.get("/sign-in/?next=/me/").content.decode()
    assert "/sign-in/council/991/login/?process=login&amp;next=%2Fme%2F" in page
    answer = come_back(client, leave(client, next="/me/"), "asha@example.org")

    assert answer["Location"] == "/me/"


def test_the_password_stays_as_it_was(eastmere, account_of):
    account = account_of("asha")
    eastmere.add(account.email)

    through(Client(), account.email)

    assert Client().post("/sign-in/", {"login": account.email, "password": PASSWORD})[
        "Location"
    ] == ("/")


def test_the_second_time_it_is_known_by_number_whatever_its_address_became(eastmere, cast):
    eastmere.add("asha@example.org")
    through(Client(), "asha@example.org")
    eastmere.people["asha@example.org"]["email"] = "asha.married@example.org"
    client = Client()

    through(client, "asha@example.org")

    assert "Asha Exampleton" in client.get("/me/").content.decode()


def test_a_stranger_is_refused_in_words_and_no_account_is_made(eastmere):
    eastmere.add("stranger@example.org")
    before = Account.objects.count()
    client = Client()

    answer = through(client, "stranger@example.org")

    assert answer.status_code == 403
    words = answer.content.decode()
    assert "You do not have an account here yet" in words
    assert "No account was made" in words and "system administrator" in words
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert not is_in(client)


@pytest.mark.parametrize("said", [False, "false", None, ""])
def test_an_address_the_council_has_not_verified_opens_nothing(eastmere, said):
    eastmere.add("asha@example.org", is_verified=said)
    client = Client()

    assert through(client, "asha@example.org").status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(("domains", "is_let_in"), [("example.org", True), ("example.com", False)])
def test_a_council_may_vouch_for_its_own_domains(both, settings, cast, domains, is_let_in):
    more = {"ALONGSIDE_OIDC_991_DOMAINS": domains}
    apps = list(councils.apps(both[0].settings("991") | more))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
    both[0].add("asha@example.org", is_verified=None)
    client = Client()

    through(client, "asha@example.org")

    assert is_in(client) is is_let_in


def test_a_closed_account_is_refused_and_said_to_be_closed(eastmere, account_of):
    account = account_of("asha")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    eastmere.add(account.email)
    client = Client()

    answer = through(client, account.email)

    assert answer.status_code == 403
    assert "This account is closed" in answer.content.decode()
    assert not is_in(client)


def test_an_account_closed_later_is_refused_too(eastmere, cast):
    eastmere.add("asha@example.org")
    through(Client(), "asha@example.org")
    Account.objects.filter(pk=cast.accounts["asha"]).update(is_active=False)
    client = Client()

    assert "This account is closed" in through(client, "asha@example.org").content.decode()
    assert not is_in(client)


def test_another_councils_provider_opens_no_account_of_ours(northfold, cast):
    northfold.add("asha@example.org")
    client = Client()

    answer = through(client, "asha@example.org", "992")

    assert answer.status_code == 403
    assert "Asha" not in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_each_councils_provider_opens_its_own_accounts(northfold, cast):
    northfold.add("nell@example.org")
    client = Client()

    through(client, "nell@example.org", "992")

    assert "Nell Exampleton" in client.get("/me/").content.decode()


def test_one_providers_answer_is_not_taken_for_the_others(eastmere, northfold, cast):
    eastmere.add("nell@example.org")
    client = Client()
    leave(client, "992")
    query = urlsplit(leave(client, "991")).query
    code = eastmere.code_for("nell@example.org", provider.flat(query))

    state = provider.flat(query)["state"]
    answer = client.get(f"/sign-in/council/992/login/callback/?code={code}&state={state}")

    assert answer.status_code in (401, 403)
    assert not is_in(client)


def test_the_same_number_at_another_provider_is_another_person(eastmere, northfold, cast):
    eastmere.add("asha@example.org")
    through(Client(), "asha@example.org")
    number = eastmere.people["asha@example.org"]["sub"]
    northfold.people["x"] = {"sub": number, "email": "x@example.org", "email_verified": True}
    client = Client()

    assert through(client, "x", "992").status_code == 403
    assert not is_in(client)


def test_a_provider_that_is_down_is_a_page_that_says_what_to_do(settings):
    with provider.running("Gone") as gone:
        environment = gone.settings("991")
    apps = list(councils.apps(environment))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}

    answer = Client().post("/sign-in/council/991/login/")

    assert answer.status_code == 502
    words = answer.content.decode()
    assert "Your council’s sign-in did not work" in words
    assert "sign in with your password" in words


def test_a_provider_that_goes_down_on_the_way_is_the_same_page(settings):
    with provider.running("Going") as going:
        apps = list(councils.apps(going.settings("991")))
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        client = Client()
        state = provider.flat(urlsplit(leave(client)).query)["state"]

    answer = client.get(f"/sign-in/council/991/login/callback/?code=x&state={state}")

    assert answer.status_code == 502
    assert "did not work" in answer.content.decode()


def test_somebody_who_stops_there_comes_back_to_a_page_that_says_so(eastmere):
    client = Client()

    answer = come_back(client, leave(client), "nobody-there")

    assert answer["Location"] == "/sign-in/council/stopped/"
    assert "You stopped signing in" in client.get(answer["Location"]).content.decode()


def test_an_account_is_not_joined_to_anothers_identity(eastmere, signed_in):
    client = signed_in("asha")

    assert client.post("/sign-in/council/991/login/?process=connect").status_code == 404
    assert client.post("/sign-in/council/991/login/", {"process": "connect"}).status_code == 404


def test_a_council_without_a_provider_has_no_such_address(eastmere):
    assert Client().post("/sign-in/council/993/login/").status_code == 404


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_on_the_way_are_whole_on_any_screen(eastmere, browse, width):
    eastmere.add("stranger@example.org")
    client = Client()
    page = browse(client, width=width)

    page.goto("/sign-in/")
    found = [problems(page), too_wide(page)]
    page.screenshot(path=PICTURES / f"door-{width}.png", full_page=True)
    page.goto(way_back(leave(client), "stranger@example.org"))
    found += [problems(page), too_wide(page)]
    page.screenshot(path=PICTURES / f"no-account-{width}.png", full_page=True)

    assert found == [[], 0, [], 0]
