"""Who is not to be contacted is not taken for the family's voice without a second look."""

import pytest

from alongside.people.models import Carer
from tests.plans.makers import Making
from tests.web.test_plans import body, day, making  # noqa: F401

pytestmark = pytest.mark.django_db
ASKED = "Karl Wexford-Hay is not to be contacted about Robin. Is it they who answer?"


@pytest.fixture
def karl(making: Making) -> Carer:
    making.acting("mina")
    return Carer.objects.create(
        pupil_id=making.case.pupil_id, name="Karl Wexford-Hay", relationship="Dad", order=2,
        is_do_not_contact=True,
    )  # fmt: skip


def test_their_agreement_is_asked_about_and_taken_once_sure(making, karl, signed_in):
    plan = making.approved()
    asha, url = signed_in("asha"), f"/plans/{plan.pk}/agree/family/"
    told = {"answer": "yes", "how": "By telephone", **day("agreed_on", making.today)}

    asked = asha.post(url, told | {"name": "Mr  karl wexford hay"})

    assert (asked.status_code, ASKED in body(asked)) == (422, True)
    sure = told | {"name": "Karl Wexford-Hay", "sure": "name:karl wexford hay"}
    assert asha.post(url, sure).status_code == 302


def test_a_part_in_the_plan_is_asked_about_too(making, karl, signed_in):
    plan = making.written()

    page = signed_in("asha").post(
        f"/plans/{plan.pk}/contributors/add/", {"party": "FAMILY", "name": karl.name}
    )

    assert (page.status_code, ASKED in body(page)) == (422, True)


def test_who_may_be_contacted_is_no_doubt(making, karl, signed_in):
    plan = making.approved()
    told = {"name": "Karla Wexford-Hay", "answer": "yes", "how": "By telephone"}

    answer = signed_in("asha").post(
        f"/plans/{plan.pk}/agree/family/", told | day("agreed_on", making.today)
    )

    assert answer.status_code == 302
