"""A child changes school: visits planned with them at the one they leave are settled in that step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.core.models import Notice
from alongside.fieldwork.actions.visits import plan_visit
from alongside.fieldwork.models import Visit
from alongside.people.models import Enrolment
from alongside.referrals.actions import moving
from alongside.schools.models import School
from tests.web.test_registers import at, children, day, fields_of, robin  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(acting, children, robin) -> Visit:
    """Of Omar's, with Robin at Chalkhill, in three days."""
    children.involve(robin, "omar")
    return plan_visit(
        actor=acting("omar"),
        school=robin.enrolments.get().school,
        pupil=robin,
        starts_at=timezone.now() + timedelta(days=3),
        minutes=45,
        purpose="Review meeting",
    )


def move(signed_in, acting, robin, **more):
    today = acting("asha").today
    client, url = signed_in("asha"), at(robin, "schools/move/")
    told = fields_of(client, url) | day(today) | {"school-words": "marlpit"} | more
    return client.post(url, told)


def test_the_form_names_the_visits_and_asks(signed_in, acting, robin, visit):
    form = signed_in("asha").get(at(robin, "schools/move/")).content.decode()
    unsaid = move(signed_in, acting, robin)

    assert Page(form).problems() == []
    assert "Omar" in form and "Review meeting" in form
    assert unsaid.status_code == 422
    assert "Say what becomes of the visits" in unsaid.content.decode()
    assert "What becomes of the visits planned there? (optional)" not in unsaid.content.decode()


@pytest.mark.parametrize(
    ("then", "place", "is_off", "says"),
    [
        ("MOVE", "marlpit", False, "is at Marlpit Academy now"),
        ("CALL_OFF", "chalkhill", True, "is called off"),
        ("ASK", "chalkhill", False, "Move it or call it off"),
    ],
)
def test_it_is_moved_called_off_or_left_to_its_owner_who_is_told(
    signed_in, acting, cast, robin, visit, then, place, is_off, says
):
    assert move(signed_in, acting, robin, visits=then).status_code == 302

    acting("omar")
    visit.refresh_from_db()
    assert visit.school.place_id == cast.places[place]
    assert bool(visit.cancelled_because) == is_off
    told = Notice.objects.get(staff_id=cast.staff["omar"], kind="visit.after_a_move")
    assert says in told.text and told.pupil_id == robin.pk
    assert robin.legal_surname not in told.text


def test_a_visit_before_the_first_day_there_stays(signed_in, acting, robin, visit):
    later = acting("asha").today + timedelta(days=10)

    answer = move(signed_in, acting, robin, visits="CALL_OFF", **day(later))

    assert answer.status_code == 302
    acting("omar")
    visit.refresh_from_db()
    assert visit.cancelled_because == ""


def test_without_any_visit_nothing_is_asked(signed_in, acting, robin):
    assert 'name="visits"' not in signed_in("asha").get(at(robin, "schools/move/")).content.decode()
    assert move(signed_in, acting, robin).status_code == 302


def test_however_the_child_left_the_planner_says_they_are_not_on_roll_there(
    signed_in, acting, robin, visit
):
    client, url = signed_in("omar"), f"/planner/?week={timezone.localdate(visit.starts_at)}"
    before = client.get(url).content.decode()
    acting("asha")
    Enrolment.objects.filter(pupil=robin).update(ends_on=timezone.localdate())
    Enrolment.objects.create(
        pupil=robin,
        school=School.objects.get(name="Marlpit Academy"),
        starts_on=timezone.localdate() + timedelta(days=1),
    )
    moving.follow(actor=acting("asha"), pupil=robin)

    after = client.get(url).content.decode()

    assert "not on roll here" not in before
    assert "not on roll here on this day" in after
