"""The caseload's columns, groups and filters, and the screens behind a case's priority."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases import priorities
from alongside.cases.actions import add_task
from alongside.cases.models import Case
from alongside.cases.priorities import Marks
from alongside.pathways.models import Stage, Standing
from alongside.people.actions.chronology import add_entry
from alongside.people.models import EntryKind
from alongside.plans.models import Plan
from alongside.rules.working_days import working_days_before
from tests.duties.caseloads import more_cases
from tests.pages import says_who_saved

pytestmark = pytest.mark.django_db

MARKS = Marks("HIGH", "LOW_MOOD", "COMPLEX", is_contentious=True, marked_because="A complaint")


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def cells_of(page: str, name: str) -> str:
    """The row of a pupil, its tags left out."""
    import re

    row = next(row for row in page.split("<tr") if name in row)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))


@pytest.mark.duty("OW-12", "RC-26")
def test_one_screen_shows_the_whole_caseload_by_setting_with_what_matters(signed_in, route, acting):
    more_cases(route, acting, "asha", 2)
    asha = acting("asha")
    stage = Stage.objects.create(framework=route.framework, order=2, name="Tier 2")
    Standing.objects.create(
        pupil=route.pupil, stage=stage, starts_on=asha.today, reason="Accepted", moved_by_id=asha.staff_id
    )  # fmt: skip
    priorities.mark_case(actor=asha, case=route.case, marks=MARKS, version=route.case.version)
    add_task(
        actor=asha,
        owner_id=asha.staff_id,
        text="Ring the DSL",
        due_on=asha.today - timedelta(days=1),
        case=route.case,
    )
    add_entry(
        actor=asha,
        pupil=route.pupil,
        kind=EntryKind.CONTACT,
        information_class="C3",
        summary="Rang home",
    )

    page = signed_in("asha").get("/caseload/?sort=school").content.decode()

    assert page.index("Chalkhill High School") < page.index("Robin Testerly")
    assert page.index("Robin Testerly") < page.index("al-tab__group", page.index("Robin Testerly"))
    row = cells_of(page, "Robin Testerly")
    assert "Risk high, complex, contentious" in row
    assert "Tier 2" in row
    assert "Contact, today" in row
    assert "Contact by" in row
    assert "Ring the DSL" in row
    assert "First plan due in 15 school days" in row


def test_a_step_that_is_late_is_marked_and_its_case_is_not_on_track(signed_in, route, acting):
    asha = acting("asha")
    yesterday = asha.today - timedelta(days=1)
    add_task(actor=asha, owner_id=asha.staff_id, text="Ring the DSL", due_on=yesterday, case=route.case)  # fmt: skip

    page = signed_in("asha").get("/caseload/").content.decode()

    row = next(row for row in page.split("<tr") if "Robin Testerly" in row)
    assert re.search(r"Next step (1 school day )?late", row)
    assert row.index("t-over") < row.index("Ring the DSL")
    assert "On track" not in row


@pytest.mark.duty("LP-06")
def test_a_filter_by_primary_need_says_how_many_and_for_how_long(signed_in, route, acting):
    (other, *_) = more_cases(route, acting, "asha", 2)
    mina = acting("mina")
    for case, need in ((route.case, "DYSREGULATED"), (other, "LOW_MOOD")):
        marks = Marks("LOW", need, "ORDINARY", is_contentious=False)
        priorities.mark_case(actor=mina, case=case, marks=marks, version=1)
    Case.objects.filter(pk=route.case.pk).update(opened_on=mina.today - timedelta(days=35))

    page = signed_in("mina").get("/caseload/?view=all&need=DYSREGULATED").content.decode()

    assert "1 open case, open for 5 weeks on average" in page
    assert "Robin Testerly" in page
    assert "Placeholder" not in page


@pytest.mark.duty("RC-45")
def test_children_not_seen_in_the_period_are_a_list_to_act_from(signed_in, route, acting):
    more_cases(route, acting, "asha", 1)
    asha = acting("asha")
    add_entry(
        actor=asha,
        pupil=route.pupil,
        kind=EntryKind.CONTACT,
        information_class="C3",
        summary="Rang home",
    )
    client = signed_in("asha")

    page = client.get("/caseload/?view=unseen&days=5").content.decode()
    assert "Robin Testerly" not in page
    row = cells_of(page, "Sample00 Placeholder")
    assert "Record a contact" in row
    late = working_days_before(acting("asha").today, 2)
    told = {"kind": "INTERVENTION", "number": 1, "state": "AGREED", "aim": "Back in maths"}
    people = {"written_by_id": asha.staff_id, "changed_by_id": asha.staff_id}
    Plan.objects.create(
        case=route.case, pupil=route.pupil, starts_on=late - timedelta(weeks=6),
        review_due_on=late, changed_at=timezone.now(), **told, **people,
    )  # fmt: skip
    unreviewed = client.get("/caseload/?view=unseen&days=5").content.decode()
    assert "Plan review 2 school days late" in cells_of(unreviewed, "Robin Testerly")
    act = unreviewed.split("Robin Testerly")[1].split("Hold the review")[0].rpartition('href="')[2]
    assert client.get(act.split('"')[0]).status_code == 200
    link = page.split("Sample00 Placeholder")[1].split("Record a contact")[0].rpartition('href="')[2]  # fmt: skip
    assert client.get(link.split('"')[0]).status_code == 200


def test_a_school_sees_no_priority_and_cannot_sort_or_filter_by_it(signed_in, route, acting):
    acting("mina")
    priorities.mark_case(actor=acting("mina"), case=route.case, marks=MARKS, version=1)

    page = signed_in("petra").get("/caseload/?sort=priority&need=LOW_MOOD").content.decode()

    assert "Robin Testerly" in page
    assert "Priority" not in page
    assert "Very low mood" not in page


@pytest.mark.parametrize("sort", ["priority", "school"])
def test_every_order_pages_by_key(signed_in, route, acting, sort):
    more_cases(route, acting, "asha", 50)
    client = signed_in("asha")

    first = client.get(f"/caseload/?sort={sort}").content.decode()
    after = first.split("after=")[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/caseload/?sort={sort}&after={after}").content.decode()

    names = [page.count("Placeholder<") + page.count("Testerly<") for page in (first, second)]
    assert names == [50, 1]
    assert len(first) < 60_000


@pytest.mark.duty("OW-53")
def test_a_priority_of_ones_own_is_set_and_taken_back_on_screen(signed_in, route, acting):
    more_cases(route, acting, "asha", 1)
    route.children.flag(route.pupil, "SOCIAL_WORKER", "KNOW", "Has a social worker")
    asha = acting("asha")
    priorities.mark_case(actor=asha, case=route.case, marks=MARKS, version=route.case.version)
    client, url = signed_in("asha"), f"/priority/{route.case.pk}/"
    facts = client.get(url).content.decode()
    for said in ("Risk of exclusion high", "Has a social worker", "Complex case"):
        assert said in facts
    sorted_so = client.get("/caseload/?sort=priority").content.decode()
    assert sorted_so.index("Robin Testerly") < sorted_so.index("Sample00 Placeholder")
    told = {"priority": "VERY_HIGH", "reason": "Hearing on Friday"} | day("until", asha.today)

    refused = client.post(url, {"priority": "VERY_HIGH"} | day("until", asha.today))
    page = client.post(url, told, follow=True).content.decode()
    listed = client.get("/caseload/").content.decode()
    after = client.post(f"{url}facts/", follow=True).content.decode()

    assert refused.status_code == 422
    assert "set by Asha Exampleton until" in page
    assert "Hearing on Friday" in page
    assert "Set by Asha Exampleton" in cells_of(listed, "Robin Testerly")
    assert "The facts decide again." in after


def test_how_a_case_stands_is_said_on_screen_and_two_versions_are_shown(signed_in, route):
    client, url = signed_in("asha"), f"/cases/{route.case.pk}/marks/"
    told = {
        "risk_now": "HIGH",
        "primary_need": "LEAVING",
        "complexity": "ORDINARY",
        "version": "1",
    }

    page = client.post(url, told, follow=True).content.decode()
    stale = client.post(url, told | {"risk_now": "LOW"})

    assert "Leaving lessons" in page
    assert stale.status_code == 409
    assert says_who_saved(stale.content.decode(), "Asha Exampleton")


def test_a_school_does_not_open_the_priority(signed_in, route):
    answer = signed_in("petra").get(f"/priority/{route.case.pk}/")

    assert answer.status_code == 409
    assert "stays with the service" in answer.content.decode()
