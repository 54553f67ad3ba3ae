"""Screens of frameworks: what they are, who stands where, and moving a pupil."""

import re
from datetime import timedelta

import pytest

from alongside.cases import versions
from alongside.pathways import actions, queries
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.tried import Step
from alongside.rules.working_days import next_working_day
from alongside.web.frameworks import pages
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


def test_who_is_on_no_roll_has_a_row_so_that_the_schools_add_up(robin, signed_in, acting):
    acting("asha")
    framework = Framework.objects.get(key="eastmere-inclusion")
    client, url = signed_in("asha"), f"/frameworks/{framework.pk}/"
    assert "On no school’s roll" not in body(client.get(url))
    acting("asha")
    robin.enrolments.update(ends_on=robin.enrolments.get().starts_on)

    page = body(client.get(url))

    row = page[page.index("On no school’s roll") :].split("</tr>")[0]
    assert ">1<" in row


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
    report = body(asha.get(f"/frameworks/{framework.pk}/"))
    row = next(row for row in report.split("<tr") if "Chalkhill High School" in row)
    counted = re.findall(r'data-label="(\d) [^"]*"[^>]*>([^<]+)<', row)
    assert counted == [("1", "–"), ("2", "–"), ("3", "1"), ("4", "–")]


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
        "evidence": "Outreach plan, reviewed on 20 November: two targets of four.",
    }
    asha, at = signed_in("asha"), f"/pupils/{robin.pk}/frameworks/move/"
    refused = asha.post(at, posted)
    assert refused.status_code == 422 and "Give that day or a later one" in body(refused)
    today = acting("asha").today
    now = {"starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}
    now |= {n.replace("starts", "decided"): part for n, part in now.items()}
    now |= {"decided_by": "The inclusion panel"}

    assert asha.post(at, posted | now)["Location"] == f"/pupils/{robin.pk}/frameworks/"

    acting("asha")
    assert Standing.objects.get(ends_on=None).stage.name == "Panel placement"


def test_the_framework_a_pupil_stands_on_is_offered_before_the_others(robin, signed_in):
    page = body(signed_in("asha").get(f"/pupils/{robin.pk}/frameworks/move/"))

    own, others = page.split("govuk-radios__divider", 1)
    assert "Eastmere inclusion framework: 4 Panel placement" in own
    assert "Alternative to Permanent Exclusion: 1 Considered" in others
    assert "Eastmere inclusion framework" not in others


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


def posted(**typed) -> dict[str, object]:
    """Form data, a date given as the three boxes of its field."""
    sent: dict[str, object] = {}
    for name, value in typed.items():
        if hasattr(value, "year"):
            sent |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        else:
            sent[name] = value
    return sent


@pytest.fixture
def case(robin, acting, cast):
    """Robin's case with the outreach service, on the same framework."""
    from alongside.cases import actions as cases
    from alongside.core.models import Place

    mina = acting("mina")
    return cases.open_case(
        actor=mina,
        pupil=robin,
        school=robin.enrolments.get().school,
        service=Place.objects.get(pk=cast.places["outreach"]),
        framework=Framework.objects.get(key="eastmere-inclusion"),
        reason="Leaves lessons",
        opened_on=mina.today,
    )


@pytest.mark.duty("OW-07")
def test_a_case_has_a_tier_with_its_reason_and_author_and_the_caseload_is_filtered_by_it(
    case, robin, signed_in, acting
):
    asha, at = signed_in("asha"), f"/cases/{case.pk}/"
    page = body(asha.get(at))
    assert "Eastmere inclusion framework: 3 Outreach" in page
    assert "Two reviews without change." in page and "Asha Exampleton" in page

    today = acting("asha").today
    changed = posted(
        stage=stage(4).pk,
        starts_on=today,
        reason="The panel agreed to a place.",
        evidence="Outreach plan, reviewed.",
        decided_by="The inclusion panel",
        decided_on=today,
    )
    asha.post(f"/pupils/{robin.pk}/frameworks/move/", changed)

    assert "The panel agreed to a place." in body(asha.get(at))
    listed = "/caseload/?view=all&stage=eastmere-inclusion."
    assert "Robin Testerly" in body(asha.get(f"{listed}panel-placement"))
    assert "4 Panel placement" in body(asha.get(f"{listed}panel-placement"))
    assert "Robin Testerly" not in body(asha.get(f"{listed}outreach"))


@pytest.mark.duty("OW-16")
def test_a_case_shows_which_stages_were_tried_before_the_next_is_asked_for(acting, cast, signed_in):
    asha = acting("asha")
    made.pack(asha)
    pupil = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))
    client, at = signed_in("asha"), f"/pupils/{pupil.pk}/frameworks/"
    up = posted(stage=stage(3).pk, starts_on=asha.today, reason="Asked for by the school.")
    refused = client.post(f"{at}move/", up)
    assert refused.status_code == 422
    assert "2 School plan has not been shown as tried" in body(refused)

    tried = posted(
        stage=stage(2).pk,
        starts_on=asha.today - timedelta(days=90),
        ends_on=asha.today - timedelta(days=20),
        evidence="Plan of 1 September, reviewed twice.",
    )
    assert client.post(f"{at}tried/", tried)["Location"] == at
    assert client.post(f"{at}move/", up)["Location"] == at

    page = body(client.get(at))
    assert "Plan of 1 September, reviewed twice." in page and "told afterwards" in page
    first, last = stage(1), stage(4)
    rows = {
        s["what"]: s["word"] for s in pages.response(asha, queries.response(pupil, first.framework))
    }
    assert rows[f"1 {first.name}"] == "Passed, not tried"  # The ladder says passed, too.
    assert rows[f"4 {last.name}"] == "Not reached"
    assert Page(page).problems() == []


def test_a_case_page_shows_each_stage_as_tried_here_or_not_reached(case, signed_in):
    page = body(signed_in("asha").get(f"/cases/{case.pk}/"))

    assert "Stage, and what has been tried" in page
    assert "Plan reviewed twice." in page  # What shows that the school's plan was tried.
    for word in ("Tried", "Here now", "Not reached"):
        assert word in page


@pytest.mark.duty("OW-16")
def test_a_stage_that_a_version_took_out_is_still_shown_as_tried_with_its_evidence(
    robin, signed_in, acting
):
    mina = acting("mina")
    older = Framework.objects.get(key="eastmere-inclusion")
    draft = actions.begin_version(actor=mina, framework=older)
    actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(order=2))
    actions.publish(actor=mina, draft=draft, starts_on=mina.today, reason="One stage less.")
    newer = Framework.objects.get(pk=draft.pk)
    versions.move_to_version(actor=acting("asha"), framework=newer, reason="Better.", landing={})
    asha = signed_in("asha")

    page = body(asha.get(f"/pupils/{robin.pk}/frameworks/"))

    steps = page.split("What has been tried")[1].split("Every movement")[0]
    assert "School plan, a stage of an older version" in steps
    assert "Plan reviewed twice." in steps
    assert "Nothing written shows it" not in steps
    acting("asha")
    tried = queries.response(robin, newer)
    assert [(s.stage.name, s.is_gone) for s in tried][1] == ("School plan", True)
    assert [s.stage.name for s in tried if s.is_here] == ["Outreach"]


def test_a_stage_taken_out_without_a_word_of_evidence_says_that_it_is_out_of_the_framework(
    robin, acting
):
    asha = acting("asha")
    stood = list(queries.movements(asha, robin))
    outreach = next(one for one in stood if one.stage.name == "Outreach")
    outreach.ends_on = asha.today
    step = Step(outreach.stage, (outreach,), (), is_gone=True)
    still = Step(outreach.stage, (outreach,), ())

    gone, kept = pages.response(asha, [step, still])

    assert gone["bare"] == "This stage is no longer in the framework."
    assert kept["bare"] == "Nothing written shows it."


@pytest.mark.duty("SC-12")
def test_a_pupil_of_the_unit_has_a_tier_with_entry_exit_and_review_and_tiers_are_counted(
    acting, cast, signed_in
):
    sana = acting("sana")
    made.pack(sana)
    pupil = made.pupil(made.school(cast.places["orchard"], "Orchard Centre"), "Alex", "Placeholder")
    tier = Stage.objects.get(framework__key="orchard-three-tier", key="tier-2")
    client = signed_in("sana")
    moved = posted(
        stage=tier.pk,
        starts_on=sana.today,
        reason="The allocation meeting agreed to a part-time place.",
        passed_over_because="Moved in with a Tier 1 plan from another council.",
        decided_by="The allocation meeting",
        decided_on=sana.today,
        planned_exit_on=sana.today + timedelta(weeks=12),
        review_on=next_working_day(sana.today + timedelta(weeks=6)),
    )

    client.post(f"/pupils/{pupil.pk}/frameworks/move/", moved)

    page = body(client.get(f"/pupils/{pupil.pk}/frameworks/"))
    assert "Planned last day" in page and "Reviewed on" in page and "part-time place" in page
    at = f"/frameworks/{tier.framework_id}/"
    report = body(client.get(at))
    assert "1 pupil<" in report and "Stepped up to it" in report and "Orchard Centre" in report
    assert "Alex Placeholder" in body(client.get(f"{at}pupils/?stage=2"))
    assert "Nobody here" in body(client.get(f"{at}pupils/?stage=1"))
    file = client.get(f"{at}pupils/download/").content.decode()
    assert "Alex Placeholder,Orchard Centre,Orchard Centre three-tier model,2024,2 Tier 2" in file
    paper = body(client.get(f"{at}pupils/download/?stage=2&way=print"))
    assert "Alex Placeholder" in paper and "2 Tier 2" in paper
    assert "way=print" in body(client.get(f"{at}pupils/"))


def test_a_pupil_leaves_on_screen_and_their_ladder_says_so(robin, signed_in, acting):
    asha, today = signed_in("asha"), acting("asha").today
    standing = Standing.objects.get(ends_on=None)
    at = f"/pupils/{robin.pk}/frameworks/"

    asha.post(
        f"{at}{standing.pk}/leave/", posted(ends_on=today, reason="The school runs it alone.")
    )

    page = body(asha.get(at))
    assert "No longer on it" in page and "The school runs it alone." in page
    assert asha.get(f"{at}{standing.pk}/leave/").status_code == 404


def test_a_span_that_cannot_be_read_is_the_school_year(robin, signed_in, acting):
    acting("asha")
    at = f"/frameworks/{Framework.objects.get(key='eastmere-inclusion').pk}/"

    for span in ("", "weeks", "twelve", "moons"):
        assert signed_in("asha").get(f"{at}?span={span}").status_code == 200


def test_who_reads_a_summary_is_told_the_stage_and_not_why(case, signed_in):
    reason, shown = "Two reviews without change.", "Plan reviewed twice."
    pages = [f"/pupils/{case.pupil_id}/frameworks/", f"/cases/{case.pk}/"]

    for name, tells in (("asha", True), ("petra", True), ("hugo", False)):
        for page in pages:
            answer = signed_in(name).get(page)
            assert answer.status_code == 200, (name, page)
            said = body(answer)
            assert "Outreach" in said
            assert (reason in said, shown in said) == (tells, tells), (name, page)


def test_a_stage_that_was_left_is_not_called_never_reached(robin, signed_in, acting):
    asha = acting("asha")
    actions.move(
        actor=asha, pupil=robin, stage=stage(2), reason="The school goes on.", starts_on=asha.today
    )

    page = body(signed_in("asha").get(f"/pupils/{robin.pk}/frameworks/"))

    drawn = re.findall(r"<td>(?:\d )?(Outreach|Panel placement)</td>\s*<td>(.*?)</td>", page)
    assert drawn[:2] == [("Outreach", "Left"), ("Panel placement", "Not reached")]
