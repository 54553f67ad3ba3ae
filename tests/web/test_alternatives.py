"""Screens of what is used in place of exclusion: begun, worked, ended, asked, counted."""

from datetime import timedelta

import pytest

from alongside.core.models import Place
from alongside.pathways.models import Alternative, HoldCheck
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity, Pupil
from alongside.rules.working_days import next_working_day
from tests.pathways import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


@pytest.fixture
def robin(acting, cast) -> Pupil:
    asha = acting("asha")
    made.pack(asha)
    return made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))


def told(today, **changed) -> dict[str, object]:
    began = today - timedelta(days=100)
    return {
        "kind": "Part-time in-reach",
        "reason": "A pupil was hurt; the head considered exclusion.",
        "agreed_by": "Headteacher, mother and service",
        "step_1_text": "Three mornings of in-reach",
        "step_1_who": "Bola",
        **day("starts_on", began),
        **day("planned_end_on", next_working_day(began + timedelta(weeks=6))),
        **day("step_1_due_on", began + timedelta(days=7)),
    } | changed


@pytest.fixture
def at(robin, signed_in, acting) -> str:
    sent = told(acting("asha").today)
    return signed_in("asha").post(f"/pupils/{robin.pk}/alternatives/new/", sent)["Location"]


@pytest.mark.duty("OW-58")
def test_a_pupil_is_placed_with_reason_steps_end_and_outcome_and_avoided_exclusion_is_counted(
    robin, at, signed_in, acting
):
    asha, today = signed_in("asha"), acting("asha").today
    page = body(asha.get(at))
    assert "A pupil was hurt; the head considered exclusion." in page
    assert "Three mornings of in-reach" in page and "Planned last day" in page
    assert Page(page).problems() == []
    step = Alternative.objects.get().steps.get()
    asha.post(f"{at}steps/{step.pk}/", day("done_on", today))

    ended = day("ended_on", today) | {"outcome": "COMPLETED", "note": "Back full time."}
    assert asha.post(f"{at}end/", ended)["Location"] == at

    page = body(asha.get(at))
    assert "Ran to its end, and the place is kept" in page and "Back full time." in page
    report = body(asha.get("/alternatives/?view=ended"))
    assert "Robin Testerly" in report and "Exclusion avoided" in report
    assert figures(report, "Part-time in-reach")[:4] == ["1", "0", "1", "0"]
    assert Page(report).problems() == []
    assert "Robin Testerly" in asha.get("/alternatives/download/?view=all").content.decode()
    assert "way=print" in asha.get("/alternatives/?view=all").content.decode()


@pytest.mark.duty("RC-44")
def test_how_many_alternatives_held_after_one_and_two_terms_is_reported(
    robin, at, signed_in, acting
):
    asha, today = signed_in("asha"), acting("asha").today
    assert (
        figures(body(asha.get("/alternatives/")), "Part-time in-reach")[4:]
        == [
            "None due yet",
            "None due yet",
        ]
        or HoldCheck.objects.filter(due_on__lte=today).exists()
    )
    HoldCheck.objects.update(due_on=today - timedelta(days=1))
    first, second = HoldCheck.objects.order_by("terms")
    assert "Robin Testerly" in body(asha.get("/alternatives/?view=asked"))

    asha.post(f"{at}checks/{first.pk}/", day("answered_on", today) | {"answer": "HELD"})
    assert figures(body(asha.get("/alternatives/")), "Part-time in-reach")[4:] == [
        "1 of 1",
        "0 of 0, 1 to ask",
    ]

    failed = {"answer": "FAILED", "note": "Off roll in the second term."}
    asha.post(f"{at}checks/{second.pk}/", day("answered_on", today) | failed)
    report = figures(body(asha.get("/alternatives/")), "Part-time in-reach")
    assert report[4:] == ["1 of 1", "0 of 1"]
    assert "Off roll in the second term." in body(asha.get(at))


def figures(page: str, kind: str) -> list[str]:
    """The figures of one kind, as the report's row prints them."""
    import re

    rows = re.findall(r"<tr>(.*?)</tr>", page, flags=re.DOTALL)
    row = next(r for r in rows if kind in r and "Robin" not in r)
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, flags=re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells][1:]


def test_where_the_pupil_stands_shows_the_pathway_and_its_alternative(robin, at, signed_in):
    page = body(signed_in("asha").get(f"/pupils/{robin.pk}/frameworks/"))

    assert "Alternative to Permanent Exclusion: 2 of 3" in page
    assert "Part-time in-reach" in page and at in page


def test_what_is_missing_is_told_and_kept(robin, signed_in, acting):
    sent = told(acting("asha").today, reason="", step_2_text="Visit the family")

    answer = signed_in("asha").post(f"/pupils/{robin.pk}/alternatives/new/", sent)

    assert answer.status_code == 422
    assert "Step 2: say what, who and by when" in body(answer)
    assert "Three mornings of in-reach" in body(answer)


def test_a_second_one_is_refused_with_the_first(robin, at, signed_in):
    page = body(signed_in("asha").get(f"/pupils/{robin.pk}/alternatives/new/"))

    assert "Part-time in-reach is running since" in page


@pytest.mark.parametrize(
    ("name", "code"), [("omar", 404), ("petra", 200), ("theo", 404), ("nell", 404)]
)
def test_who_may_read_it(at, signed_in, name, code):
    assert signed_in(name).get(at).status_code == code


def test_a_school_reads_it_and_does_not_end_it(at, signed_in):
    page = body(signed_in("petra").get(at))

    assert "Part-time in-reach" in page
    assert signed_in("petra").post(f"{at}end/", {}).status_code == 403


def test_who_reads_a_summary_is_not_told_why(at, signed_in, acting, robin, cast):
    asha = acting("asha")
    involve(
        actor=asha, pupil=robin, capacity=Capacity.LEAD, starts_on=asha.today,
        place=Place.objects.get(pk=cast.places["outreach"]),
    )  # fmt: skip
    why = "the head considered exclusion"
    asha, hugo = signed_in("asha"), signed_in("hugo")
    pages = (at, "/alternatives/?view=all", "/alternatives/download/?view=all")

    assert [why in body(asha.get(page)) for page in pages] == [True, True, True]
    assert [why in body(hugo.get(page)) for page in pages] == [False, False, False]
    assert "Part-time in-reach" in body(hugo.get(at))
    trace = body(hugo.get(f"/pupils/{robin.pk}/chronology/"))
    assert "Part-time in-reach" in trace and why not in trace


def test_none_yet_says_where_one_is_begun(signed_in, cast):
    page = body(signed_in("asha").get("/alternatives/"))

    assert "under where they stand" in page and "None was begun in these days." in page
