"""The screens of plans: typed as a person types, kept when wrong, two versions kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from alongside.fieldwork.actions import visits
from alongside.pathways.models import PlanType
from alongside.plans.dates import propose_review
from alongside.plans.models import Plan, PlanState
from tests.plans.makers import Making, load_kinds, make_case
from tests.web.markup import find, tree


@pytest.fixture
def making(acting, cast) -> Making:
    load_kinds(acting)
    PlanType.objects.filter(key="INTERVENTION").update(is_traced=False)
    return make_case(acting, cast)


def body(answer: Any) -> str:
    return answer.content.decode()


def day(name: str, on: Any) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def typed(making: Making, **more: Any) -> dict[str, Any]:
    today, due = making.today, propose_review(making.today, 4, "").on
    return {
        "kind": "PASTORAL",
        "aim": "Stays in lessons",
        **day("starts_on", today),
        **day("review_due_on", due),
        "target_1_text": "Uses the exit card, back in 10 minutes",
        "target_1_kind": "BEHAVIOUR",
        "target_1_unit": "of 10 times",
        "target_1_baseline": "1",
        "target_1_goal": "8",
        "target_1_lowest": "0",
        "target_1_highest": "10",
        "target_1_owner": "T. Exemplar",
        **day("target_1_due_on", due),
        "action_1_party": "SCHOOL",
        "action_1_text": "Keep a seat by the door",
        **day("action_1_due_on", due),
        **more,
    }


@pytest.mark.duty("OW-26")
def test_an_outcome_without_baseline_target_measure_or_owner_is_no_plan_yet(making, signed_in):
    PlanType.objects.filter(key="PASTORAL").update(is_traced=False)
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/plans/new/"
    sent = typed(making, kind="INTERVENTION", target_1_kind="OUTCOME")
    for part in ("baseline", "goal", "unit", "owner"):
        assert client.post(url, sent | {f"target_1_{part}": ""}).status_code == 422, part
    assert not Plan.objects.exists()

    plan = client.post(url, sent)["Location"]
    client.post(f"{plan}submit/")

    making.acting("asha")
    assert Plan.objects.get().state == PlanState.WAITING_APPROVAL


@pytest.mark.parametrize(
    ("row", "more"),
    [
        ("Target 2", {"target_2_unit": "a week"}),
        ("Target 2", {"target_2_baseline": "0"}),
        ("Action 2", {"action_2_who": "Ms Pretend"}),
        ("Action 2", {"action_2_target": "1"}),
    ],
)
def test_a_row_with_anything_typed_says_what_is_missing(making, signed_in, row, more):
    sent = typed(making, target_2_lowest="0", target_2_highest="10", **more)

    answer = signed_in("asha").post(f"/cases/{making.case.pk}/plans/new/", sent)

    assert answer.status_code == 422
    assert f"{row}: say what it is, or empty the row" in answer.content.decode()
    other = "Action 2: say" if row == "Target 2" else "Target 2: say"
    assert other not in answer.content.decode()


def test_a_plan_is_written_on_one_page_and_empty_rows_are_left_out(making, signed_in):
    client = signed_in("asha")
    url = f"/cases/{making.case.pk}/plans/new/"
    assert "Our standard" in client.get(url).content.decode()

    answer = client.post(url, typed(making, target_2_text="", target_2_kind="BEHAVIOUR"))

    making.acting("asha")
    plan = Plan.objects.get(case=making.case)
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan.pk}/")
    assert (plan.targets.count(), plan.actions.count()) == (1, 1)


def test_adding_a_row_keeps_everything_typed(making, signed_in):
    answer = signed_in("asha").post(
        f"/cases/{making.case.pk}/plans/new/", typed(making, add="target", aim="Half a thought")
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Half a thought" in page
    assert 'name="target_2_text"' in page
    assert "There is 1 thing to fix" not in page
    assert "Draft saved" in page


def test_a_goal_where_it_starts_is_told_at_its_field_and_nothing_is_lost(making, signed_in):
    answer = signed_in("asha").post(
        f"/cases/{making.case.pk}/plans/new/", typed(making, target_1_goal="1")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_target_1_goal"' in page
    assert "Keep a seat by the door" in page


def test_what_is_missing_in_a_row_is_said_by_its_number(making, signed_in):
    sent = typed(making, target_1_goal="", action_1_party="")

    page = signed_in("asha").post(f"/cases/{making.case.pk}/plans/new/", sent).content.decode()

    assert "Target 1: enter the goal" in page
    assert "Action 1: choose who does it" in page


def test_long_words_are_counted_not_cut(making, signed_in):
    answer = signed_in("asha").post(
        f"/cases/{making.case.pk}/plans/new/", typed(making, aim="x" * 301)
    )

    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()


def test_words_that_look_like_markup_are_words(making, signed_in):
    words = "<script>alert(1)</script>{{ 7*7 }}"
    signed_in("asha").post(f"/cases/{making.case.pk}/plans/new/", typed(making, aim=words))
    making.acting("asha")
    plan = Plan.objects.get(case=making.case)

    page = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()

    assert escape(words) in page
    assert words not in page


def test_two_workers_choose_between_their_versions(making, signed_in):
    plan = making.written()
    client = signed_in("asha")
    url = f"/plans/{plan.pk}/edit/"
    client.post(url, typed(making, version="1", aim="Saved first"))

    conflict = client.post(url, typed(making, version="1", aim="Saved second"))

    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Saved first" in page
    assert "Saved second" in page
    plan.refresh_from_db()
    assert plan.aim == "Saved first"


def test_a_manager_reads_decides_and_cannot_return_without_a_reason(making, signed_in):
    plan = making.submitted()
    client = signed_in("mina")
    url = f"/plans/{plan.pk}/decide/"

    assert client.post(url, {"answer": "return", "reason": ""}).status_code == 422
    assert client.post(url, {"answer": "approve"}).status_code == 302

    making.acting("asha")
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED


def test_a_school_agrees_on_the_screen_and_reads_only_its_part(making, signed_in):
    plan = making.approved()
    plan.actions.filter(party="FAMILY").update(is_shared=False)
    client = signed_in("petra")
    asked = client.get(f"/plans/{plan.pk}/").content.decode()
    assert "Your answer is asked" in asked
    assert ">Answer<" in asked
    page = client.get(f"/plans/{plan.pk}/agree/school/").content.decode()
    assert "Keep a seat by the door" in page
    assert "Text school after a hard morning" not in page

    answer = client.post(
        f"/plans/{plan.pk}/agree/school/",
        {"name": "P. Sampleton", "answer": "yes", "how": "here", **day("agreed_on", making.today)},
    )

    assert answer.status_code == 302
    making.acting("asha")
    assert plan.agreements.get(party="SCHOOL").name == "P. Sampleton"


def test_withdrawn_agreement_says_what_to_do(making, signed_in):
    plan = making.agreed()
    client = signed_in("asha")
    client.post(
        f"/plans/{plan.pk}/withdraw/",
        {"party": "FAMILY", "words": "Too many meetings", **day("withdrawn_on", making.today)},
    )

    page = client.get(f"/plans/{plan.pk}/").content.decode()

    assert "The family no longer agrees. Stop the part they object to" in page
    assert "Write the next version" in page


def test_a_review_that_closes_leads_to_the_closure_of_the_case(making, signed_in):
    plan = making.agreed()

    answer = signed_in("asha").post(
        f"/plans/{plan.pk}/review/",
        {"decision": "CLOSE", "reason": "All met", **day("held_on", making.today)},
    )

    assert answer["Location"] == f"/cases/{making.case.pk}/close/"


def test_a_reviewed_plan_is_in_use_on_the_overview_until_the_next_is_agreed(making, signed_in):
    making.reviewed()
    client, at = signed_in("asha"), f"/pupils/{making.case.pupil_id}/"

    overview = client.get(at).content.decode()

    assert "Reviewed, in use until the next is agreed" in client.get(f"{at}plan/").content.decode()
    assert "No plan is in use" not in overview
    assert "Uses the exit card, back in 10 minutes" in overview


def test_an_old_link_leads_to_the_plan_with_the_reason(making, signed_in):
    plan = making.agreed()

    answer = signed_in("asha").get(f"/plans/{plan.pk}/edit/", follow=True)

    assert answer.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "cannot be changed now" in answer.content.decode()


def test_a_pupil_without_a_plan_says_how_to_begin(making, signed_in):
    page = signed_in("asha").get(f"/pupils/{making.case.pupil_id}/plan/").content.decode()

    assert "No plan yet" in page
    assert f"/cases/{making.case.pk}/plans/new/" in page


def test_everything_that_cannot_stand_is_told_at_once_in_the_order_of_the_page(making, signed_in):
    early = making.case.opened_on - timedelta(days=9)
    sent = typed(
        making,
        aim="",
        target_1_goal="1",
        **day("action_1_due_on", early),
        **day("starts_on", early),
    )

    page = signed_in("asha").post(f"/cases/{making.case.pk}/plans/new/", sent).content.decode()

    told = [str(link[1]["href"]) for link in find(tree(page), "a") if "#id_" in str(link[1])]
    assert told == ["#id_aim", "#id_starts_on-day", "#id_target_1_goal"]
    assert "The case opened on" in page


def test_what_may_be_left_empty_in_a_row_says_so(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/plans/new/").content.decode()

    assert "Who, by name (optional)" in page


def test_an_action_names_only_the_targets_on_the_page(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/plans/new/").content.decode()

    assert 'id="id_target_3_text"' in page and 'id="id_target_4_text"' not in page
    assert ">Target 3</option>" in page and ">Target 4</option>" not in page


def test_a_target_and_who_says_what_are_read_apart_and_by_name(making, signed_in):
    plan = making.approved()
    unit = plan.targets.order_by("order")[0].unit

    page = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()

    assert f'<span class="govuk-visually-hidden">, </span>{unit}</span>' in page
    assert 'Record<span class="govuk-visually-hidden">: what is said by ' in page


def test_a_plan_reviewed_is_in_use_on_every_page_until_the_next_is_agreed(making, signed_in):
    plan = making.reviewed()
    pupil = making.case.pupil_id
    pages = [
        f"/plans/{plan.pk}/",
        f"/pupils/{pupil}/plan/",
        f"/pupils/{pupil}/",
        "/caseload/?view=all",
        "/reviews/?view=none",
    ]

    shown = [signed_in("mina").get(url).content.decode() for url in pages]

    for page in shown[:2]:
        assert "Reviewed, in use until the next is agreed" in page
    assert "Plan 1 reviewed, in use until the next is agreed" in shown[3]
    for page in shown:
        assert "No plan is in use" not in page
    assert "No plan in use" not in shown[3]
    assert "Robin Testerly" not in shown[4]


@pytest.mark.parametrize("state", ["written", "approved", "ended"])
def test_a_caseload_says_that_no_plan_is_in_use(making, signed_in, state):
    getattr(making, state)()

    page = signed_in("mina").get("/caseload/?view=all").content.decode()

    assert "No plan in use" in page


def test_a_reviewed_plan_leads_to_the_one_that_takes_its_place(making, signed_in):
    plan = making.reviewed()
    making.acting("asha")
    following = Plan.objects.get(previous=plan)

    shown = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()
    school = signed_in("petra").get(f"/plans/{plan.pk}/").content.decode()

    assert f'href="/plans/{following.pk}/"' in shown and "Open plan 2" in shown
    assert "It stays in use until plan 2 is agreed by all." in shown
    assert "Open plan 2" not in school


@pytest.mark.duty("SA-07")
def test_todays_visit_leads_to_the_agreed_plan_which_says_who_agreed_and_when(making, signed_in):
    plan = making.agreed()
    asha = making.acting("asha")
    visits.plan_visit(
        actor=asha,
        school=making.case.school,
        pupil=making.case.pupil,
        starts_at=timezone.now().replace(hour=12, minute=0),
        minutes=45,
        purpose="One-to-one",
    )
    client = signed_in("asha")

    stops = body(client.get("/")).split("Your visits today")[1].split("</section>")[0]
    assert f'href="/pupils/{plan.pupil_id}/"' in stops and f'href="/plans/{plan.pk}/"' in stops
    page = body(client.get(f"/plans/{plan.pk}/"))

    assert '<meta name="viewport" content="width=device-width' in page
    today = f"{asha.today.day} {asha.today:%B %Y}"
    for party in ("The school", "The family", "The pupil"):
        said = re.sub(r"<[^>]+>", " ", page.split(f"<b>{party}</b>")[-1].split("</li>")[0])
        assert "Jo Testerly" in said and f"agreed on {today}" in said, said


@pytest.mark.duty("RC-06")
def test_a_pastoral_support_plan_holds_targets_support_duties_reviews_and_three_signatures(
    making, signed_in
):
    PlanType.objects.filter(key="PASTORAL").update(is_traced=False)
    worker, manager = signed_in("asha"), signed_in("mina")
    family = {"action_2_party": "FAMILY", "action_2_text": "Bed by nine"}
    family |= day("action_2_due_on", making.today)
    written = worker.post(f"/cases/{making.case.pk}/plans/new/", typed(making, **family))
    at = written["Location"]
    worker.post(f"{at}submit/")
    manager.post(f"{at}decide/", {"answer": "approve"})
    signed = {"name": "J. Testerly", "answer": "yes", "how": "Signed at the meeting"}
    signed |= day("agreed_on", making.today)

    for party in ("school", "family", "pupil"):
        assert worker.post(f"{at}agree/{party}/", signed).status_code == 302

    page = body(signed_in("petra").get(at))
    making.acting("asha")
    plan = Plan.objects.get()
    for said in (
        "Pastoral Support Plan 1", "Uses the exit card, back in 10 minutes", "T. Exemplar",
        "Keep a seat by the door", "Bed by nine", "Review due",
        f"{plan.review_due_on.day} {plan.review_due_on:%B}", "Agreed and in use",
    ):  # fmt: skip
        assert said in page, said
    assert page.count("Signed at the meeting") == 3
