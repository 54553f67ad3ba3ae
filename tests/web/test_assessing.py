"""Making a needs assessment on screen, reading it beside others, and taking barriers into a plan."""

import pytest

from alongside.assessments.actions import record_need
from alongside.assessments.models import Domain
from alongside.cases.models import Case
from alongside.plans.models import Plan, PlanAction
from tests.assessments.made import assess, lists, newest, ratings
from tests.fieldwork.conftest import targets, worked  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


@pytest.fixture
def barriers(acting, worked):
    acting("asha")
    return lists()


def typed(acting, *barriers, rating="1", version="0", **changes):
    on = acting("asha").today
    told = {"occasion": "BASELINE", "version": version}
    told |= {"taken_on_0": on.day, "taken_on_1": on.month, "taken_on_2": on.year}
    told |= {f"rate_{domain}": rating for domain in Domain}
    for barrier in barriers:
        told.setdefault(f"barriers_{barrier.domain}", []).append(barrier.pk)
    return told | changes


def page_of(client, url):
    return client.get(url).content.decode()


def test_an_empty_tab_says_what_an_assessment_gives(signed_in, base):
    assert "It becomes the baseline" in page_of(signed_in("asha"), base)


def test_the_list_of_parts_says_how_many_are_filled_in(signed_in, base, acting):
    asha = signed_in("asha")
    empty = page_of(asha, f"{base}assess/")
    told = typed(acting, **{f"rate_{Domain.LEARNING}": "0", f"rate_{Domain.HEALTH}": ""})

    begun = asha.post(f"{base}assess/", told).content.decode()

    parts = len(Domain) + 3
    assert f"1 of {parts} filled in" in empty
    assert f"{parts - 3} of {parts} filled in" in begun  # A rating, all words, and what helps.
    assert "al-secs__done" in begun


@pytest.mark.duty("OW-126")
def test_each_barrier_of_the_list_stands_with_its_strategies(signed_in, base, barriers):
    page = page_of(signed_in("asha"), f"{base}assess/")

    assert "Worry that stops them starting" in page
    assert "Often helps: Say what will happen" in page


@pytest.mark.duty("OW-42")
def test_chosen_barriers_are_pulled_into_the_plan(signed_in, base, barriers, acting, targets):
    client = signed_in("asha")
    told = typed(
        acting, barriers["worry"], barriers["noise"],
        pupil_words="The gate is loud", family_words="Mornings are hard", family_name="Jo",
    )  # fmt: skip
    asked = page_of(client, f"{base}assess/")
    assert all(domain.label in asked for domain in Domain)
    made = client.post(f"{base}assess/", told, follow=True).content.decode()
    assert "The gate is loud" in made
    assert "Jo says" in made
    assert "Often helps" not in made and "Say what will happen" in made
    plan = draft_plan(acting, targets)
    acting("asha")
    worry = newest().need_ids[0]

    answer = client.post(
        f"/plans/{plan.pk}/barriers/",
        {"needs": [worry], "strategies": ["Say what will happen"]},
        follow=True,
    )

    page = answer.content.decode()
    assert "The plan works on 1 barrier." in page
    assert "Worry that stops them starting" in page
    acting("asha")
    assert PlanAction.objects.filter(plan=plan, text="Say what will happen").count() == 1


def draft_plan(acting, targets) -> Plan:
    """The plan of the case as if it were still being written."""
    acting("asha")
    plan = targets[0].plan
    plan.state = "DRAFT"
    plan.save(update_fields=["state"])
    return plan


def test_a_plan_in_use_takes_no_barrier(signed_in, barriers, targets):
    answer = signed_in("asha").post(f"/plans/{targets[0].plan_id}/barriers/", {}, follow=True)

    assert "so it cannot be changed now" in answer.content.decode()


def test_an_unticked_barrier_leaves_the_plan(signed_in, barriers, acting, worked, targets):
    assess(acting("asha"), worked.pupil, barriers["worry"])
    plan = draft_plan(acting, targets)
    client, url = signed_in("asha"), f"/plans/{plan.pk}/barriers/"
    client.post(url, {"needs": newest_ids(acting)})

    client.post(url, {})

    acting("asha")
    assert plan.barriers.count() == 0


def newest_ids(acting) -> list[int]:
    acting("asha")
    return newest().need_ids


@pytest.mark.duty("OW-134")
def test_a_scored_baseline_stands_beside_the_later_one(signed_in, base, barriers, acting):
    client = signed_in("asha")
    client.post(f"{base}assess/", typed(acting, rating="2"))
    client.post(f"{base}assess/", typed(acting, rating="1", version="1", occasion="REVIEW"))

    page = page_of(client, base)

    assert "22 of 33" in page and "11 of 33" in page
    assert "Less in the way" in page
    assert "11 lower" in page


def test_what_is_left_out_is_named_and_the_rest_is_kept(signed_in, base, barriers, acting):
    told = typed(acting, strengths="Draws well")
    del told["rate_HOME"]

    answer = signed_in("asha").post(f"{base}assess/", told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "How much does it get in the way of school" in page
    assert "Draws well" in page


def test_the_second_to_send_reads_of_the_first_and_may_send_again(
    signed_in, base, barriers, acting
):
    signed_in("mina").post(f"{base}assess/", typed(acting))
    client = signed_in("asha")

    told_first = client.post(f"{base}assess/", typed(acting))
    again = client.post(f"{base}assess/", typed(acting, version="1"))

    page = told_first.content.decode()
    assert "Assessment 1 was completed since you opened this page, by Mina Exampleton" in page
    assert 'name="version" value="1"' in page
    assert again.status_code == 302


@pytest.mark.duty("LP-98")
def test_the_level_hours_and_strategies_suggested_are_decided_on(signed_in, base, barriers, acting):
    client = signed_in("asha")
    told = typed(acting, barriers["worry"], rating="2", occasion="REFERRAL")
    page = client.post(f"{base}assess/", told, follow=True).content.decode()
    assert "Level much, 3 hours a week" in page
    assert "A total of 22 lies between 18 and 33." in page
    assert "Say what will happen" in page, "the strategies of the barriers found"
    assert "check before relying on it" in page
    acting("asha")
    made = newest()

    answer = client.post(
        f"{base}made/{made.pk}/support/",
        {"level": made.suggested_id, "hours": "3"},
        follow=True,
    )

    assert "Level much, 3 hours a week. Asha Exampleton" in answer.content.decode()


def test_other_hours_without_a_reason_are_asked_for_one(signed_in, base, barriers, acting):
    made = assess(acting("asha"), pupil_of(base), ratings=ratings(2))

    answer = signed_in("asha").post(
        f"{base}made/{made.pk}/support/", {"level": made.suggested_id, "hours": "6"}
    )

    assert answer.status_code == 422
    assert "Say why it is not what the assessment suggests" in answer.content.decode()


def pupil_of(base: str):
    from alongside.people.models import Pupil

    return Pupil.objects.get(pk=base.split("/")[2])


def test_one_withdrawn_stays_to_be_seen(signed_in, base, barriers, acting, worked):
    made = assess(acting("asha"), worked.pupil, barriers["worry"])

    answer = signed_in("asha").post(
        f"{base}made/{made.pk}/withdraw/", {"reason": "Made of the wrong child"}, follow=True
    )

    page = answer.content.decode()
    assert "withdrawn by Asha Exampleton: Made of the wrong child" in page
    assert "Not assessed yet" in page
    read = page_of(signed_in("asha"), f"{base}made/{made.pk}/")
    assert "It counts nowhere." in read


def test_a_school_reads_why_it_sees_no_ratings(signed_in, base, barriers, acting, worked):
    made = assess(acting("asha"), worked.pupil, barriers["worry"], is_shared=True)

    page = page_of(signed_in("petra"), base)

    assert "Ratings are casework." in page
    assert "Worry that stops them starting" in page
    assert signed_in("petra").get(f"{base}made/{made.pk}/").status_code == 404


@pytest.mark.duty("OW-142")
def test_cases_are_filtered_by_socio_economic_and_cultural_barriers(
    signed_in, base, barriers, acting, worked
):
    client = signed_in("asha")
    client.post(f"{base}assess/", typed(acting, barriers["money"], barriers["language"]))

    both = page_of(
        client,
        f"/caseload/barriers/?barrier={barriers['money'].pk}&barrier={barriers['language'].pk}",
    )
    other = page_of(client, f"/caseload/barriers/?barrier={barriers['worry'].pk}")

    assert worked.pupil.name in both
    assert "Money is short; New to English" in both
    assert worked.pupil.name not in other
    assert "No open case has all of these" in other


def test_a_closed_case_is_not_listed_by_barrier(signed_in, barriers, acting, worked):
    assess(acting("asha"), worked.pupil, barriers["money"])
    Case.objects.update(state="CLOSED", closed_on=acting("asha").today)

    assert worked.pupil.name not in page_of(signed_in("asha"), "/caseload/barriers/")


@pytest.mark.parametrize("name", ["omar", "lena", "nell"])
def test_other_teams_and_councils_find_nobody_by_barrier(signed_in, barriers, acting, worked, name):
    assess(acting("asha"), worked.pupil, barriers["money"])

    assert worked.pupil.legal_surname not in page_of(signed_in(name), "/caseload/barriers/")


def test_a_school_reads_that_barriers_are_not_for_its_role(signed_in, base):
    assert "Not for your role" in page_of(signed_in("petra"), "/caseload/barriers/")


def test_a_barrier_in_own_words_is_shown_with_where_it_goes(signed_in, acting, worked, targets):
    asha = acting("asha")
    plan = draft_plan(acting, targets)
    record_need(actor=asha, pupil=worked.pupil, kind="BARRIER", text="The room is too loud")

    page = page_of(signed_in("asha"), f"/plans/{plan.pk}/barriers/")

    assert "No barrier stands today" not in page
    assert "The room is too loud" in page and f'href="/plans/{plan.pk}/edit/">Name it' in page
    assert f'href="/pupils/{worked.pupil.pk}/assessment/#needs"' in page
