"""Screens of a new version: begun, changed, previewed with whom it affects, published, moved to."""

import re
from datetime import timedelta

import pytest

from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.core.models import Place, Staff
from alongside.pathways import actions
from alongside.pathways.models import Framework, Stage, Standing
from alongside.web.dates import short_day, short_weekday
from tests.pathways import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


@pytest.fixture
def framework(acting, cast) -> Framework:
    """Robin, with an open case, stands at Outreach."""
    asha = acting("asha")
    made.pack(asha)
    pupil = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))
    framework = Framework.objects.get(key="eastmere-inclusion")
    actions.move(
        actor=asha,
        pupil=pupil,
        stage=framework.stages.get(order=3),
        reason="Accepted.",
        starts_on=asha.today - timedelta(days=20),
        passed_over_because="Moved in from elsewhere.",
    )
    mina = acting("mina")
    cases.open_case(
        actor=mina,
        pupil=pupil,
        school=pupil.enrolments.get().school,
        service=Place.objects.get(pk=cast.places["outreach"]),
        framework=framework,
        reason="Leaves lessons",
        opened_on=mina.today,
    )
    return framework


@pytest.fixture
def at(framework, signed_in, acting) -> str:
    """The address of the version that mina has begun."""
    return signed_in("mina").post(f"/frameworks/{framework.pk}/begin/")["Location"]


def hub(**changed) -> dict[str, object]:
    return {
        "name": "Hub",
        "order": "3",
        "entry": "Agreed at the hub meeting.",
        "exit": "Back in class.",
        "offers": "Morning hub\n\nLunch hub",
        "weeks_limit": "6",
    } | changed


def test_a_framework_is_edited_on_screen_as_a_new_version(framework, at, signed_in, acting):
    mina = signed_in("mina")
    assert "Nothing yet: it says the same" in body(mina.get(at))

    assert mina.post(f"{at}stages/new/", hub())["Location"] == at

    page = body(mina.get(at))
    assert "3 Hub" in page and "New stage" in page and "Morning hub; Lunch hub" in page
    assert "6 weeks. Check before relying on it" in page
    assert Page(page).problems() == []
    assert "Hub" not in body(mina.get(f"/frameworks/{framework.pk}/"))


def test_begun_twice_leads_to_the_version_that_is_being_written(framework, at, signed_in):
    answer = signed_in("mina").post(f"/frameworks/{framework.pk}/begin/", follow=True)

    assert answer.redirect_chain == [(at, 302)]
    assert "is being written already. Here it is." in body(answer)


def test_who_may_not_change_the_version_being_written_is_refused_to_begin_one(
    framework, at, signed_in
):
    assert signed_in("lena").post(f"/frameworks/{framework.pk}/begin/").status_code == 409


def test_the_preview_names_whom_the_change_affects(framework, at, signed_in):
    mina = signed_in("mina")
    mina.post(f"{at}stages/new/", hub())

    page = body(mina.get(f"{at}publish/"))

    assert "1 open case follows an older version." in page
    assert "3 Outreach, version 2024" in page and "Robin Testerly" in page
    assert "4 Outreach" not in page.split("Whom it affects")[1]  # It counts where they stand now.
    assert Page(page).problems() == []


def test_a_shorter_limit_says_who_is_past_it_at_once_and_then_is_due_to_somebody(
    framework, at, signed_in, acting, cast
):
    mina, today = signed_in("mina"), acting("mina").today
    draft = Framework.objects.get(is_draft=True)
    Stage.objects.filter(framework=draft, order=3).update(weeks_limit=2)

    preview = body(mina.get(f"{at}publish/"))
    told = day("starts_on", today) | {"reason": "Shorter.", "is_moving": "move"}
    mina.post(f"{at}publish/", told | {"move_reason": "Better."})

    assert "1 pupil is past the new time limit at once when moved</b>." in preview
    named = preview.split("Who is past it on the day")[1].split("</details>")[0]
    assert (
        "Robin Testerly" in named
        and f"the limit ended {short_weekday(today - timedelta(days=6))}" in named
    )
    acting("mina")
    new = Framework.objects.get(key=framework.key, ends_on=None)
    listed = body(mina.get(f"/frameworks/{new.pk}/pupils/?stage=3"))
    since, until = (short_day(today - timedelta(days=n)) for n in (20, 6))
    assert listed.index(since) < listed.index(until), "since comes before until"
    due = "1 pupil past the time limit of Eastmere"
    assert due in body(mina.get("/due/")) and due in body(mina.get("/")), "nobody leads it"
    case = Case.objects.get()
    cases.allocate(
        actor=acting("mina"), case=case, staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity="LEAD", starts_on=today,
    )  # fmt: skip
    decide = "Decide what follows Outreach: Robin Testerly"
    assert decide in body(signed_in("asha").get("/")) and decide in body(mina.get("/team/"))
    assert due not in body(mina.get("/due/"))


def test_who_is_past_a_limit_that_the_version_does_not_change_is_not_counted_as_past_it_at_once(
    framework, at, signed_in, acting
):
    acting("mina")
    Stage.objects.filter(framework__key=framework.key, order=3).update(weeks_limit=2)

    preview = body(signed_in("mina").get(f"{at}publish/"))

    assert "past the new time limit at once" not in preview


def test_who_is_moved_to_a_version_has_stayed_once_at_the_stage_on_every_page(
    framework, at, signed_in, acting
):
    mina, today = signed_in("mina"), acting("mina").today
    told = day("starts_on", today) | {"reason": "Shorter.", "is_moving": "move"}
    mina.post(f"{at}publish/", told | {"move_reason": "Better."})
    case = Case.objects.get()

    pages = [
        body(mina.get(f"/cases/{case.pk}/")),
        body(mina.get(f"/pupils/{case.pupil_id}/frameworks/")),
    ]

    since, day_before = today - timedelta(days=20), today - timedelta(days=1)
    for page in pages:
        assert f"{since:%-d %B %Y} to now" in page
        assert f"to {day_before:%-d %B %Y}" not in page and f"{today:%-d %B %Y} to" not in page
    assert "Accepted." in pages[1] and "Better." in pages[1], "why they came, and why moved"


def test_who_sees_no_pupil_previews_no_name(framework, at, signed_in):
    page = body(signed_in("adam").get(f"{at}publish/"))

    assert "Your role sees no pupil by name" in page and "Testerly" not in page
    assert "Move to the new version now" not in page


def test_published_open_cases_stay_on_theirs(framework, at, signed_in, acting):
    mina, today = signed_in("mina"), acting("mina").today
    told = day("starts_on", today) | {"reason": "The panel asked.", "is_moving": "stay"}

    answer = mina.post(f"{at}publish/", told)

    acting("mina")
    new = Framework.objects.get(key=framework.key, ends_on=None)
    assert answer["Location"] == f"/frameworks/{new.pk}/"
    assert Case.objects.get().framework_id == framework.pk
    page = body(mina.get(answer["Location"]))
    assert "1 pupil whom you may see stands on another version" in page
    assert "The panel asked." in page


def test_published_and_moved_with_a_reason(framework, at, signed_in, acting):
    mina, today = signed_in("mina"), acting("mina").today
    told = day("starts_on", today) | {"reason": "The panel asked.", "is_moving": "move"}
    refused = mina.post(f"{at}publish/", told)
    assert refused.status_code == 422 and "Say why they are moved" in body(refused)

    page = body(mina.post(f"{at}publish/", told | {"move_reason": "Better."}, follow=True))

    assert "1 pupil and 1 open case moved." in page
    acting("mina")
    assert Standing.objects.get(ends_on=None).stage.framework_id != framework.pk


def test_a_stage_taken_out_asks_where_its_pupils_go(framework, at, signed_in, acting):
    mina, today = signed_in("mina"), acting("mina").today
    draft = Framework.objects.get(is_draft=True)
    outreach = Stage.objects.get(framework=draft, order=3)
    assert mina.post(f"{at}stages/{outreach.pk}/drop/")["Location"] == at
    told = day("starts_on", today) | {
        "reason": "No outreach.",
        "is_moving": "move",
        "move_reason": "It ends.",
    }
    refused = mina.post(f"{at}publish/", told)
    assert "Say where those go who stand at Outreach" in body(refused)
    assert "Panel placement (who decides: The inclusion panel)" in body(refused)
    assert "ask them before you move pupils there" in body(refused)
    assert "The inclusion panel. 1 person is told" in body(refused)
    assert "The school. Nobody is told: ask them yourself" in body(refused)

    acting("mina")
    place = Stage.objects.get(framework=draft, name="Panel placement")
    mina.post(f"{at}publish/", told | {"landing_outreach": place.pk})

    acting("mina")
    assert Standing.objects.get(ends_on=None).stage_id == place.pk


def test_moved_later_from_the_frameworks_own_page(framework, at, signed_in, acting):
    mina, today = signed_in("mina"), acting("mina").today
    stay = day("starts_on", today) | {"reason": "The panel asked.", "is_moving": "stay"}
    new = mina.post(f"{at}publish/", stay)["Location"]
    asha = signed_in("asha")
    assert "Robin Testerly" in body(asha.get(f"{new}older/"))

    page = body(asha.post(f"{new}older/", {"move_reason": "Agreed at the review."}, follow=True))

    assert "1 pupil and 1 open case moved." in page


def test_nobody_is_asked_back_to_a_version_that_has_ended(framework, at, signed_in, acting):
    mina, today = signed_in("mina"), acting("mina").today
    move = day("starts_on", today) | {
        "reason": "The panel asked.", "is_moving": "move", "move_reason": "Agreed at the review.",
    }  # fmt: skip
    mina.post(f"{at}publish/", move)

    old = body(signed_in("asha").get(f"/frameworks/{framework.pk}/"))

    assert "1 pupil whom you may see stands on another version" in old
    assert "move them to this one" not in old


def test_somebody_elses_change_to_a_stage_is_not_overwritten(at, signed_in, acting):
    mina = signed_in("mina")
    acting("mina")
    stage = Stage.objects.get(framework__is_draft=True, order=3)
    page = body(mina.get(f"{at}stages/{stage.pk}/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    mina.post(f"{at}stages/{stage.pk}/", hub(seen=seen))

    late = mina.post(f"{at}stages/{stage.pk}/", hub(seen=seen, name="Late"))

    assert late.status_code == 409
    assert re.search(r"Mina \w+ saved this record at \d+(:\d\d)?[ap]m while you were", body(late))
    assert "Hub" in body(mina.get(at)) and "Late" not in body(mina.get(at))


def test_criteria_and_the_framework_itself_are_changed(framework, at, signed_in):
    mina = signed_in("mina")
    mina.post(
        f"{at}head/",
        {"name": "Eastmere ladder", "review_weeks": "4", "source": "Panel, 3 November"},
    )
    mina.post(
        f"{at}criteria/new/",
        {
            "text": "A meeting with the family",
            "order": "1",
            "guidance": "Meet once.",
            "shown_by": "JUDGEMENT",
            "is_required": "on",
        },
    )

    page = body(mina.get(at))

    assert "Eastmere ladder" in page and "A meeting with the family" in page
    assert "Check before relying on it" in page


def test_what_is_not_right_is_told_and_kept(at, signed_in):
    answer = signed_in("mina").post(f"{at}stages/new/", hub(entry="", weeks_limit="999"))

    assert answer.status_code == 422
    assert "Morning hub" in body(answer)


def test_thrown_away_nothing_has_changed(framework, at, signed_in, acting):
    mina = signed_in("mina")

    assert mina.post(f"{at}discard/")["Location"] == f"/frameworks/{framework.pk}/"

    assert mina.get(at).status_code == 404


@pytest.mark.parametrize(("name", "code"), [("asha", 403), ("petra", 403), ("nils", 404)])
def test_who_may_not_change_it_is_told_so(at, signed_in, name, code):
    assert signed_in(name).get(at).status_code == code


def test_another_service_reads_the_new_version_but_does_not_change_it(at, signed_in):
    page = body(signed_in("lena").get(at))

    assert "is changed by Eastmere outreach service, who owns it" in page
    assert signed_in("lena").post(f"{at}discard/").status_code == 409
