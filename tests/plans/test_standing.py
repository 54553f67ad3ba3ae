"""Where work under a plan begins, what no longer holds of its agreement is said at the head."""

from datetime import timedelta

import pytest

from alongside.cases.models import Case
from alongside.fieldwork.models import Visit
from alongside.plans import actions
from alongside.plans.models import Party
from alongside.rules.working_days import next_working_day
from tests.pathways import made

pytestmark = pytest.mark.django_db
SAID = "The family no longer agrees to plan 1, since "
STILL = "You may still write down what was done, speak with them, and raise a concern."


@pytest.mark.parametrize("what", ["sessions", "logs"])
def test_the_form_says_at_its_head_who_no_longer_agrees_until_they_do(making, signed_in, what):
    plan = making.withdrawn()
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/{what}/new/"
    page = client.get(url).content.decode()

    assert SAID in page
    assert STILL in page
    assert f'<a href="/plans/{plan.pk}/">Open the plan</a>' in page

    making.answer(plan, Party.FAMILY)

    assert SAID not in client.get(url).content.decode()


def test_who_plans_a_visit_to_the_pupil_is_told(making, signed_in):
    making.withdrawn()
    on = next_working_day(making.today + timedelta(days=1))
    told = {
        "school": making.case.school_id, "pupil": making.case.pupil_id, "purpose": "One-to-one",
        "on_0": on.day, "on_1": on.month, "on_2": on.year, "at": "10:00", "minutes": "45",
    }  # fmt: skip

    page = signed_in("asha").post("/visits/new/", told, follow=True).content.decode()

    assert Visit.objects.count() == 1
    assert f"Robin Testerly: {SAID}" in page


def test_after_a_move_the_form_says_that_the_school_of_now_has_not_agreed(making, signed_in):
    making.agreed()
    school = made.school(making.cast.places["marlpit"], "Marlpit Academy")
    Case.objects.filter(pk=making.case.pk).update(school=school)

    page = signed_in("asha").get(f"/cases/{making.case.pk}/sessions/new/").content.decode()

    assert "Plan 1 was agreed with the former school. Marlpit Academy has not agreed" in page


def test_what_a_former_school_took_back_says_nothing_of_the_school_of_now(making, signed_in):
    plan = making.agreed()
    asha = making.acting("asha")
    actions.withdraw_agreement(
        actor=asha, plan=plan, party=Party.SCHOOL, words="Too much.", withdrawn_on=asha.today
    )
    url = f"/cases/{making.case.pk}/sessions/new/"
    before = signed_in("asha").get(url).content.decode()
    making.acting("asha")
    school = made.school(making.cast.places["marlpit"], "Marlpit Academy")
    Case.objects.filter(pk=making.case.pk).update(school=school)
    client = signed_in("asha")

    assert "The school no longer agrees to plan 1" in before
    assert "Marlpit Academy has not agreed yet" in client.get(url).content.decode()
    for page in ("/caseload/", f"/plans/{plan.pk}/", f"/cases/{making.case.pk}/", url):
        assert "no longer agree" not in client.get(page).content.decode(), page
