"""Work given to somebody who is full: said before it is saved, and why it is they is kept."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.cases import covering, giving, room, team
from alongside.cases.models import Allocation, Escalation, StepOwner, SustainedCheck, Task
from alongside.core.decisions import Problem
from tests.duties.caseloads import more_cases
from tests.web.test_handing_over import comes_the_day, planned_for
from tests.web.test_team_caseload import day
from tests.web_page import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["allocate", "reassign"])
def test_giving_a_case_to_somebody_full_asks_why_and_keeps_it(signed_in, route, acting, way):
    mina, omar, asha = acting("mina"), route.staff("omar"), route.staff("asha").pk
    team.set_profile(actor=mina, staff=omar, most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    client, at = signed_in("mina"), f"/cases/{route.case.pk}/{way}/"
    told = {"staff": omar.pk, "led_by": asha, "capacity": "LEAD", "version": asha, "reason": ""}
    told |= day("starts_on", mina.today)

    asked = client.post(at, told)

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Omar Exampleton can lead 1 case and leads 1. Say why" in page
    assert Page(page).problems() == []
    assert client.post(at, told | {"despite": "One closes on Friday"}).status_code == 302
    acting("mina")
    given = Allocation.objects.get(case=route.case, ends_on=None)
    assert given.staff == omar and given.despite.endswith("leads 1. One closes on Friday")
    assert "One closes on Friday" in client.get(f"/cases/{route.case.pk}/").content.decode()


def test_a_handover_planned_to_somebody_full_keeps_why_until_its_day(acting, route):
    mina = acting("mina")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    mina = acting("mina")
    with pytest.raises(Problem, match="Say why it is Omar Exampleton all the same") as asked:
        planned_for(mina, route)
    assert asked.value.field == "despite"

    planned_for(mina, route, despite="One closes that week")

    assert comes_the_day() == 1
    acting("mina")
    kept = Allocation.objects.get(case=route.case, ends_on=None).despite
    assert kept.endswith("One closes that week")


def test_enter_in_the_reason_gives_the_case_to_nobody(browse, signed_in, route, acting):
    mina = acting("mina")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    page = browse(signed_in("mina"))
    page.goto(f"/cases/{route.case.pk}/reassign/")

    page.get_by_label("Why them all the same").fill("One closes on Friday")
    page.get_by_label("Why them all the same").press("Enter")

    expect(page.get_by_label("Why them all the same")).to_have_value("One closes on Friday")
    acting("mina")
    lead = Allocation.objects.get(case=route.case, capacity="LEAD", ends_on=None)
    assert lead.staff == route.staff("asha")
    page.get_by_role("button", name="Give to Omar").click()
    page.wait_for_url(f"**/cases/{route.case.pk}/")


@pytest.fixture
def omar_away(acting, route):
    mina, omar = acting("mina"), route.staff("omar")
    days = {"starts_on": mina.today, "ends_on": mina.today + timedelta(days=6)}
    return covering.arrange_cover(actor=mina, staff=omar, covered_by=route.staff("asha"), **days)


def test_a_team_task_for_somebody_away_asks_why_and_keeps_it(signed_in, route, acting, omar_away):
    mina, client = acting("mina"), signed_in("mina")
    told = {"text": "Count the cards", "owner": route.staff("omar").pk}
    told |= {"team": route.staff("omar").assignments.get().place_id} | day("due_on", mina.today)
    page = client.get("/team/tasks/new/").content.decode()
    assert "Omar Exampleton: away from" in page

    asked = client.post("/team/tasks/new/", told)

    assert asked.status_code == 422
    assert "Omar Exampleton is away from" in asked.content.decode()
    despite = {"despite": "He counts them at home"}
    assert client.post("/team/tasks/new/", told | despite).status_code == 302
    acting("mina")
    task = Task.objects.get(text="Count the cards")
    assert task.despite.endswith("covered by Asha Exampleton. He counts them at home")
    assert "He counts them at home" in client.get(f"/tasks/{task.pk}/").content.decode()


def test_a_deadline_given_on_to_somebody_away_asks_why_and_keeps_it(
    signed_in, route, acting, omar_away
):
    client, at = signed_in("mina"), f"/team/give/plan-{route.case.pk}/"
    told = {"person": route.staff("omar").pk}
    assert "Away from" in client.get(at).content.decode()

    asked = client.post(at, told)

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Omar Exampleton is away from" in page
    assert Page(page).problems() == []
    assert client.post(at, told | {"despite": "He knows Robin"}).status_code == 302
    acting("mina")
    assert StepOwner.objects.get(case=route.case).despite.endswith("He knows Robin")
    acting("mina")
    beside = Allocation.objects.get(case=route.case, staff=route.staff("omar"), ends_on=None)
    assert beside.despite.endswith("He knows Robin")


@pytest.mark.parametrize("kind", ["task", "check", "escalation"])
def test_every_kind_of_deadline_follows_the_one_rule(acting, route, omar_away, kind):
    mina, omar = acting("mina"), route.staff("omar")
    asha, told = route.staff("asha"), {"due_on": mina.today}
    if kind == "task":
        one = Task.objects.create(owner=asha, text="Ring", made_by=asha, **told)
    elif kind == "check":
        one = SustainedCheck.objects.create(case=route.case, weeks=6, owner=asha, **told)
    else:
        words = {"kind": Escalation.Kind.values[-1], "words": "May I?", "answer_by": mina.today}
        one = Escalation.objects.create(
            case=route.case, pupil=route.pupil, recorded_by=asha, asked=route.staff("mina"), **words
        )
    give = getattr(giving, f"give_{kind}")
    with pytest.raises(Problem, match="Say why it is Omar Exampleton all the same"):
        give(actor=mina, owner=omar, **{kind: one})

    given = give(actor=mina, owner=omar, despite="He is back tonight", **{kind: one})

    assert given.despite.endswith("He is back tonight")


@pytest.mark.parametrize(("name", "reads"), [("asha", True), ("petra", False)])
def test_why_a_check_was_given_all_the_same_is_read_with_it(acting, route, signed_in, name, reads):
    mina, omar = acting("mina"), route.staff("omar")
    route.case.state, route.case.closed_on = "CLOSED", mina.today
    route.case.closed_by_id, route.case.outcome = mina.staff_id, "SUSTAINED"
    route.case.save()
    check = SustainedCheck.objects.create(
        case=route.case, weeks=6, owner=omar, due_on=mina.today, despite="He is back tonight"
    )

    for page in (f"/cases/{route.case.pk}/", f"/cases/{route.case.pk}/checks/{check.pk}/"):
        answer = signed_in(name).get(page)
        assert ("He is back tonight" in answer.content.decode()) is reads, page


def test_why_a_question_was_given_all_the_same_is_read_with_it(acting, route, signed_in):
    asha = acting("asha")
    question = Escalation.objects.create(
        case=route.case, pupil=route.pupil, recorded_by_id=asha.staff_id, words="May I?",
        asked=route.staff("mina"), answer_by=asha.today, despite="She is back tonight",
        kind=Escalation.Kind.values[-1],
    )  # fmt: skip

    page = signed_in("asha").get(f"/escalations/{question.pk}/").content.decode()

    assert "Given all the same" in page and "She is back tonight" in page


def test_days_off_between_the_giving_and_the_last_day_are_no_question(acting, route, omar_away):
    omar, (first, last) = route.staff("omar"), (omar_away.starts_on, omar_away.ends_on)
    before, after = first - timedelta(days=1), last + timedelta(days=1)

    assert room.despite_due(omar, before, after, despite="") == ""
    for days in ((first, after), (before, last)):
        with pytest.raises(Problem, match="is away from"):
            room.despite_due(omar, *days, despite="")
