"""Closing a case says what becomes of the steps agreed on it, and no page asks for them after it."""

from html import unescape

import pytest

from alongside.cases import actions
from tests.plans.makers import make_case

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_the_steps_still_open_are_named_before_closing_and_late_nowhere_after_it(
    acting, cast, signed_in
):
    case = make_case(acting, cast).case
    asha = acting("asha")
    step = "Put the exit card in the supply folder"
    actions.add_task(
        actor=asha,
        case=case,
        pupil=case.pupil,
        owner_id=asha.staff_id,
        text=step,
        due_on=asha.today,
        agreed_from="/visits/1/",
    )
    client = signed_in("asha")
    assert step in words(client.get(f"/pupils/{case.pupil_id}/"))

    page = words(client.get(f"/cases/{case.pk}/close/"))

    assert f"Not done yet: {step} (Asha" in page and "nobody is asked for it any more" in page
    told = {
        "closed_on_0": asha.today.day,
        "closed_on_1": asha.today.month,
        "closed_on_2": asha.today.year,
        "outcome": "SUSTAINED",
        "risk_at_end": "LOW",
        "closing_summary": "Stays in lessons. The school runs the exit card.",
    }
    assert client.post(f"/cases/{case.pk}/close/", told).status_code == 302
    for page in (f"/pupils/{case.pupil_id}/", "/due/", "/today/"):
        assert step not in words(client.get(page)), page
