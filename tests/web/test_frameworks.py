"""Screens of frameworks: what they are, who stands where, and moving a pupil."""

from datetime import timedelta

import pytest

from alongside.pathways import actions
from alongside.pathways.models import Framework, Stage, Standing
from tests.pathways import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def robin(acting, cast):
    """Asha works with Robin, who came to Outreach a month ago."""
    asha = acting("asha")
    made.pack(asha)
    pupil = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))
    for order, days in ((2, 90), (3, 30)):
        actions.move(
            actor=asha,
            pupil=pupil,
            stage=stage(order),
            reason="Two reviews without change.",
            evidence="Plan reviewed twice." if order == 3 else "",
            starts_on=asha.today - timedelta(days=days),
        )
    return pupil


def stage(order: int) -> Stage:
    return Stage.objects.get(framework__key="eastmere-inclusion", order=order)


@pytest.mark.duty("SC-128")
def test_a_framework_is_a_picture_with_what_brings_a_pupil_on_and_off_each_stage(
    robin, signed_in, acting
):
    acting("asha")
    framework = Framework.objects.get(key="eastmere-inclusion")

    page = body(signed_in("sana").get(f"/frameworks/{framework.pk}/"))

    assert "<svg" in page and "Show this as a table" in page
    assert "On to it" in page and "Off it" in page
    assert "The panel agrees that outreach alone has not been enough." in page
    assert "12 weeks. Check before relying on it" in page
    assert Page(page).problems() == []


def test_figures_count_only_pupils_in_scope(robin, signed_in, acting):
    acting("asha")
    at = f"/frameworks/{Framework.objects.get(key='eastmere-inclusion').pk}/"

    assert "1 pupil<" in body(signed_in("asha").get(at))
    assert "1 pupil<" not in body(signed_in("omar").get(at))
    assert "sees no pupil by name" in body(signed_in("otis").get(at))
    assert signed_in("nell").get(at).status_code == 404


@pytest.mark.duty("RC-05")
def test_a_pupils_rung_is_shown_with_evidence_and_counted_by_school(robin, signed_in, acting):
    asha = signed_in("asha")

    page = body(asha.get(f"/pupils/{robin.pk}/frameworks/"))

    assert "Eastmere inclusion framework: 3 of 4" in page
    assert "Two reviews without change." in page and "Plan reviewed twice." in page
    acting("asha")
    framework = Framework.objects.get(key="eastmere-inclusion")
    assert "Chalkhill High School" in body(asha.get(f"/frameworks/{framework.pk}/"))


@pytest.mark.duty("LP-36")
def test_where_a_pupil_is_and_which_service_is_next_is_shown(robin, signed_in):
    page = body(signed_in("asha").get(f"/pupils/{robin.pk}/frameworks/"))

    assert "Next: 4 Panel placement, with Orchard Centre." in page


def test_a_pupil_is_moved_with_a_reason(robin, signed_in, acting):
    acting("asha")
    posted = {
        "stage": str(stage(4).pk),
        "starts_on_0": "1",
        "starts_on_1": "1",
        "starts_on_2": "2020",
        "reason": "The panel agreed.",
    }
    asha, at = signed_in("asha"), f"/pupils/{robin.pk}/frameworks/move/"
    refused = asha.post(at, posted)
    assert refused.status_code == 422 and "Give that day or a later one" in body(refused)
    today = acting("asha").today
    now = {"starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}

    assert asha.post(at, posted | now)["Location"] == f"/pupils/{robin.pk}/frameworks/"

    acting("asha")
    assert Standing.objects.get(ends_on=None).stage.name == "Panel placement"


def test_a_move_without_a_reason_is_told_and_keeps_what_was_typed(robin, signed_in):
    answer = signed_in("asha").post(
        f"/pupils/{robin.pk}/frameworks/move/", {"evidence": "Plan of 9 October"}
    )

    assert answer.status_code == 422
    assert "Why: enter an answer" in body(answer) and "Plan of 9 October" in body(answer)


@pytest.mark.parametrize(("name", "code"), [("omar", 404), ("petra", 403), ("nell", 404)])
def test_who_does_not_work_with_the_pupil_does_not_move_them(robin, signed_in, name, code):
    assert signed_in(name).get(f"/pupils/{robin.pk}/frameworks/move/").status_code == code


def test_a_pupil_on_no_framework_says_what_to_do(acting, cast, signed_in):
    asha = acting("asha")
    pupil = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))

    assert "Not on a framework yet" in body(
        signed_in("asha").get(f"/pupils/{pupil.pk}/frameworks/")
    )


def test_no_framework_yet_says_whom_to_ask(signed_in, cast):
    assert "No framework yet" in body(signed_in("asha").get("/frameworks/"))
