"""The team's deadlines on screen, given on in two clicks; statutory steps; the week planner."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.cases import actions
from alongside.fieldwork.models import Visit
from alongside.schools.models import NamedWorker, Term
from tests.children import Children

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode()


@pytest.mark.duty("LP-92")
def test_a_leader_sees_the_teams_deadlines_by_date_and_gives_one_on_in_two_clicks(
    signed_in, route, acting
):
    omar = acting("omar")
    actions.add_task(
        actor=omar,
        owner_id=omar.staff_id,
        text="Renew first aid",
        due_on=omar.today + timedelta(days=1),
    )
    client = signed_in("mina")
    page = body(client.get("/team/"))
    order = [page.index(w) for w in ("Renew first aid", "Finish the start", "Write the first plan")]
    assert order == sorted(order)

    address = f"/team/give/plan-{route.case.pk}/"
    assert f'href="{address}"' in page  # The first click.
    people = body(client.get(address))
    person = re.search(r'name="person" value="(\d+)">Give it to Omar', people)
    done = client.post(address, {"person": person.group(1)}, follow=True)  # The second.

    assert "has it now, and has been told" in body(done)
    assert "Write the first plan: Robin Testerly" in body(signed_in("omar").get("/due/"))
    assert "Write the first plan: Robin Testerly" not in body(signed_in("asha").get("/due/"))


def test_one_persons_deadlines_are_chosen_by_name(signed_in, route):
    asha, omar = route.staff("asha"), route.staff("omar")

    assert "Write the first plan" in body(signed_in("mina").get(f"/team/?person={asha.pk}"))
    page = body(signed_in("mina").get(f"/team/?person={omar.pk}"))
    assert "Nothing is due" in page


def test_a_worker_has_no_team_list(signed_in, route):
    assert signed_in("asha").get("/team/").status_code == 403


@pytest.mark.duty("SC-33")
def test_a_sendco_sees_statutory_steps_for_the_week_and_the_term_and_assigns_them(
    signed_in, route, acting
):
    sana = acting("sana")
    pupil = route.children.pupil("Morgan", "Samplewood", at="orchard")
    sana = acting("sana")
    Term.objects.create(
        name="Autumn",
        starts_on=sana.today - timedelta(days=60),
        ends_on=sana.today + timedelta(days=40),
    )
    friday = sana.today + timedelta(
        days=4 - sana.today.weekday() if sana.today.weekday() < 5 else 1
    )
    client = signed_in("sana")

    def add(step, event_on):
        return client.post(
            "/team/statutory/new/",
            {
                "pupil": str(pupil.pk),
                "step": step,
                "event_on_0": event_on.day,
                "event_on_1": event_on.month,
                "event_on_2": event_on.year,
                "owner": str(sana.staff_id),
            },
        )

    assert add("review-report", friday - timedelta(days=14)).status_code == 302
    assert add("final-plan", sana.today + timedelta(days=30 - 84)).status_code == 302

    week, term = body(client.get("/team/?span=week")), body(client.get("/team/?span=term"))
    assert "Send the report of the annual review meeting: Morgan Samplewood" in week
    assert "Have the final amended EHC plan" not in week
    assert "Have the final amended EHC plan: Morgan Samplewood" in term
    assert "regulation 20: check before relying on it" in week

    key = re.search(r"/team/give/(task-\d+)/", week).group(1)
    client.post(f"/team/give/{key}/", {"person": str(route.staff("tom").pk)})
    assert "Send the report of the annual review meeting" in body(signed_in("tom").get("/due/"))


@pytest.mark.duty("RC-96")
def test_a_week_holds_tasks_deadlines_and_school_contacts(signed_in, cast, acting):
    nell = acting("nell")
    children = Children(cast, maker="nell")
    school = children.school("fenland")
    nell = acting("nell")
    actions.add_task(actor=nell, owner_id=nell.staff_id, text="Send the grid", due_on=nell.today)
    days_ago = nell.today - timedelta(days=42)
    NamedWorker.objects.create(school=school, staff_id=nell.staff_id, starts_on=days_ago)
    Visit.objects.create(
        staff_id=nell.staff_id,
        school=school,
        starts_at=timezone.make_aware(datetime.combine(nell.today, time(9))),
        minutes=30,
        purpose="Walk the corridors",
        cancelled_because="School is shut",
    )
    owed_on = _thirty_working_days_after(days_ago)

    page = body(signed_in("nell").get(f"/planner/?week={nell.today}"))
    owed = body(signed_in("nell").get(f"/planner/?week={owed_on}"))

    assert f"Contact {school.name}" in body(signed_in("nell").get("/due/"))
    assert "Send the grid" in page
    assert "Walk the corridors" not in page
    assert f"Contact {school.name}" in owed
    assert "No contact recorded yet" in owed


def _thirty_working_days_after(day: date) -> date:
    from alongside.rules.working_days import add_working_days

    return add_working_days(day, 30)


@pytest.mark.duty("OW-81")
def test_a_workers_own_day_shows_visits_tasks_and_unanswered_escalations(signed_in, route, acting):
    client = signed_in("asha")
    school = route.pupil.enrolments.get().school
    today = acting("asha").today
    planned = client.post(
        "/visits/new/",
        {
            "school": str(school.pk),
            "pupil": str(route.pupil.pk),
            "purpose": "One-to-one",
            "on_0": today.day,
            "on_1": today.month,
            "on_2": today.year,
            "at": "23:00",
            "minutes": "30",
            "sure": f"on:{today}",  # Whatever day this runs on.
        },
    )
    assert planned.status_code == 302
    client.post("/escalations/new/", {
        "kind": "DIRECTION", "case": str(route.case.pk), "words": "May he stay home?",
        "asked": str(route.staff("mina").pk),
    })  # fmt: skip

    page = body(client.get("/"))

    assert "Your visits today" in page
    assert f"{school.name}</a>, One-to-one</b>" in page
    assert ">Robin Testerly</a>" in page
    assert "Write the first plan: Robin Testerly" in page
    assert "Waiting for an answer" in page


def plan(client, school, day, **typed):
    return client.post(
        "/visits/new/",
        {
            "school": str(school.pk),
            "purpose": "Review",
            "on_0": day.day,
            "on_1": day.month,
            "on_2": day.year,
            "at": "10:00",
            "minutes": "60",
            "sure": f"on:{day}",
            **typed,
        },
    )


def test_nobody_is_in_two_schools_at_once(signed_in, route, acting):
    client, school = signed_in("asha"), route.pupil.enrolments.get().school
    day = acting("asha").today + timedelta(days=7)
    plan(client, school, day)

    page = plan(client, school, day, at="10:59")

    assert page.status_code == 422
    assert f"You are at {school.name} then." in body(page)
    assert plan(client, school, day, at="11:00").status_code == 302


def test_a_visit_is_called_off_with_its_reason(signed_in, route, acting):
    client, school = signed_in("asha"), route.pupil.enrolments.get().school
    plan(client, school, acting("asha").today + timedelta(days=7))
    visit = Visit.objects.get()

    assert client.post(f"/visits/{visit.pk}/cancel/", {"because": ""}).status_code == 422
    client.post(f"/visits/{visit.pk}/cancel/", {"because": "School trip"})

    visit.refresh_from_db()
    assert visit.cancelled_because == "School trip"
    assert signed_in("omar").get(f"/visits/{visit.pk}/cancel/").status_code == 404


def test_a_day_gone_by_is_not_planned(signed_in, route, acting):
    school = route.pupil.enrolments.get().school

    page = plan(signed_in("asha"), school, acting("asha").today - timedelta(days=1))

    assert "This day has gone by" in body(page)


def test_a_list_of_what_is_due_is_seen_by_span(signed_in, route):
    page = body(signed_in("asha").get("/due/?span=overdue"))

    assert "Nothing is due" in page
    assert "Term ahead" in page
