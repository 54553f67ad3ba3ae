"""Fixtures that every test may use: the cast, and acting or browsing as one of them."""

from collections.abc import Callable, Hashable, Iterator

import pytest
from django.test import Client
from hypothesis import settings

from alongside.core.actor import Actor, begin_staff
from tests import cast as the_cast
from tests.browser import browse, chromium_browser, launch  # noqa: F401  One for the whole run.
from tests.cast import Cast
from tests.database import django_db_setup  # noqa: F401  Ours, instead of pytest-django's own.

# A busy machine is not a failing rule.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


# Few tests of long breath: begun first, so that no core is left alone with one of them at the end.
LONG = ("test_demonstration_twice", "test_every_screen", "tests/journeys/", "tests/ops/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((n for n, it in enumerate(LONG) if it in item.nodeid), len(LONG))
    )


@pytest.fixture(scope="session", autouse=True)
def _every_prepared_query_is_that_of_who_asks(django_db_setup) -> None:
    """What is prepared for the roles of one actor must be what any other of these roles would ask."""
    from alongside.core import prepared
    from alongside.core.left_open import Asked

    proved: set[Hashable] = set()

    def prove(which: Hashable, made: prepared.Text, written: Callable[[], prepared.Text]) -> None:
        if which in proved:
            return
        own = written()
        # A value left open may stand in brackets of its own.
        texts = [sql.replace("(%s)", "%s") for sql, _ in (made, own)]
        assert texts[0] == texts[1], "The statement depends on who asks by more than their roles."
        for kept, theirs in zip(made[1], own[1], strict=True):
            is_open = isinstance(kept, Asked)
            assert is_open or kept == theirs, (
                "A value that stands in the statement is one person's."
            )

        proved.add(which)

    prepared.prove = prove


@pytest.fixture(scope="session")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        yield the_cast.build()


@pytest.fixture
def acting(db, cast: Cast) -> Callable[[str], Actor]:
    """`actor = acting("asha")`: from here on the test's transaction runs in her name."""

    def become(name: str) -> Actor:
        actor = begin_staff(cast.staff[name])
        assert actor is not None
        return actor

    return become


@pytest.fixture
def for_a_purpose(acting) -> Callable[[int], Actor]:
    """`for_a_purpose(pupil.pk)`: the data protection officer has said what for, and acts."""
    from alongside.core.actions import give_purpose

    def give(pupil_id: int) -> Actor:
        give_purpose(actor=acting("dpo"), pupil_id=pupil_id, kind="COMPLAINT", words="Complaint 14")
        return acting("dpo")

    return give


@pytest.fixture
def signed_in(db, cast: Cast) -> Callable[[str], Client]:
    """`client = signed_in("asha")`: a browser without a screen, signed in as her."""
    from alongside.core.models import Account

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(
            Account.objects.get(pk=cast.accounts[name]),
            "django.contrib.auth.backends.ModelBackend",
        )
        return client

    return sign_in
