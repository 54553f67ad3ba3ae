"""Left alone in the middle of a form: signed out, told so, and the words come back to the writer alone."""

import subprocess
import sys
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from alongside.ops.places import PROJECT
from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120), pytest.mark.xdist_group("journeys")]
# Puts back the clock of every session: the same as everybody being away for an hour.
AWAY = """
from alongside.ops import boot
with boot.ready():
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    for one in Session.objects.all():
        kept = one.get_decoded()
        kept["seen_at"] = kept.get("seen_at", 0) - 3600
        Session.objects.filter(pk=one.pk).update(session_data=SessionStore().encode(kept))
"""


def everybody_is_away(live: Live) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AWAY],
        cwd=PROJECT,
        env=live.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def become(walk: Walk, role: str) -> None:
    """The next person at the same machine, in the same window."""
    walk.go("/demonstration/")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name=f"Sign in as {role}").first.click()


def test_what_was_being_sent_comes_back_to_its_writer_and_to_nobody_else(
    live: Live, enter: Enter, faults: Faults
):
    form = f"/referrals/new/{live.people['chalkhill'][3]['id']}/"
    incident = f"Left maths early. {uuid4()}"
    walk = enter("SENDCo, mainstream")
    walk.go(form)
    walk.choose(main_worry="LEAVING")
    walk.type(last_incident=incident)

    everybody_is_away(live)
    walk.press("Save and look at the criteria")
    expect(walk.page.get_by_role("heading", name="You were signed out")).to_be_visible()
    walk.sees("What you were sending is kept. Only you will find it")
    walk.look("Signed out in the middle of a form")

    become(walk, "Headteacher or senior leader, mainstream")
    walk.page.goto(form)
    expect(walk.page.locator("body")).not_to_contain_text(incident)
    assert incident not in walk.page.content()
    walk.go("/")
    assert incident not in walk.page.content()

    become(walk, "SENDCo, mainstream")
    walk.go(form)
    expect(walk.page.locator('[name="last_incident"]')).to_have_value(incident)
    faults.none()
