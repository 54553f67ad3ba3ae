"""The service's screens: the list, the referral, screening, return and what the school then sees."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.core.models import AuditEntry
from alongside.referrals import actions
from alongside.referrals.models import Referral
from tests.pathways import made as people
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def answers_for(referral, finding: str = "MET", **changed: str) -> dict[str, str]:
    posted = {"version": str(referral.version)}
    for criterion in referral.framework.criteria.all():
        posted[f"finding_{criterion.pk}"] = finding
        posted[f"note_{criterion.pk}"] = f"Read: {criterion.order}."
    return posted | changed


def send_more(acting, first: Referral, count: int) -> None:
    petra = acting("petra")
    for number in range(count):
        child = people.pupil(first.school, "Jamie", f"Placeholder {number}")
        actions.send(
            actor=petra,
            pupil=child,
            framework=first.framework,
            told=made.told(petra.today),
            submission=uuid4(),
        )


@pytest.mark.duty("RC-74")
def test_all_referrals_are_seen_by_school_with_state_age_and_outcome(acting, cast, signed_in):
    referral = made.accepted(acting, cast)
    send_more(acting, referral, 1)
    Referral.objects.exclude(pk=referral.pk).update(sent_at=referral.sent_at - timedelta(days=14))

    page = body(signed_in("mina").get("/referrals/?view=all&school=chalkhill"))

    assert "Accepted" in page and f"{referral.case.reference}: waiting to be allocated" in page
    assert "Received" in page and "school days ago" in page
    assert Page(page).problems() == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("view=waiting", 2),
        ("view=returned", 1),
        ("view=all", 3),
        ("view=all&state=RETURNED", 1),
        ("view=all&school=marlpit", 0),
        ("view=all&age=over", 1),
        ("view=all&age=2", 2),
        ("view=nonsense&sort=nonsense&age=x&after=x|y", 3),
    ],
)
def test_the_list_is_filtered(acting, cast, signed_in, query, count):
    referral = made.returned(acting, cast)
    send_more(acting, referral, 2)
    last = Referral.objects.order_by("-id").first()
    Referral.objects.filter(pk=last.pk).update(sent_at=last.sent_at - timedelta(days=30))

    page = body(signed_in("asha").get(f"/referrals/?{query}"))

    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("sort", ["old", "new", "school"])
def test_the_list_goes_on_from_the_last_row_seen(acting, cast, signed_in, sort, monkeypatch):
    monkeypatch.setattr("alongside.referrals.lists.find.__kwdefaults__", {"most": 2})
    send_more(acting, made.sent(acting, cast), 4)
    asha, seen, url = signed_in("asha"), [], f"/referrals/?view=all&sort={sort}"

    while url:
        answer = asha.get(url)
        seen += [cells["cells"][0]["url"] for cells in answer.context["table"]["rows"]]
        url = (answer.context["pages"] or {}).get("next_url")
        url = f"/referrals/{url}" if url else ""

    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("name", "count"),
    [("petra", 1), ("hana", 1), ("marta", 0), ("asha", 1), ("mina", 1), ("lena", 0), ("ben", 0)],
)
def test_a_school_sees_its_own_and_a_service_its_own(acting, cast, signed_in, name, count):
    made.sent(acting, cast)

    page = body(signed_in(name).get("/referrals/?view=all"))

    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("name", ["marta", "lena", "carys", "ben", "nell", "sara"])
def test_a_referral_of_another_team_or_council_is_the_same_page_as_none(
    acting, cast, signed_in, name
):
    referral = made.sent(acting, cast)

    assert signed_in(name).get(f"/referrals/{referral.pk}/").status_code == 404


def test_the_download_is_the_list_with_no_cell_that_runs(acting, cast, signed_in):
    referral = made.sent(acting, cast)
    referral.pupil.legal_forename = "=1+1"
    referral.pupil.save(update_fields=["legal_forename"])

    answer = signed_in("asha").get("/referrals/download/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == referral.reference and rows[1][1].startswith("'=1+1")
    acting("asha")
    assert AuditEntry.objects.get(kind="referrals.exported").pupil_ids == [referral.pupil_id]


def test_a_school_user_has_no_download(acting, cast, signed_in):
    made.sent(acting, cast)

    assert signed_in("petra").get("/referrals/download/").status_code == 403


def test_a_screener_starts_answers_and_returns(acting, cast, signed_in):
    referral = made.sent(acting, cast)
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}"
    assert asha.post(f"{at}/start/")["Location"] == f"{at}/screen/"
    acting("asha")
    referral.refresh_from_db()
    posted = answers_for(referral, "NOT_YET")
    assert asha.post(f"{at}/screen/", posted)["Location"] == f"{at}/"
    acting("asha")
    referral.refresh_from_db()

    version = str(referral.version)
    asha.post(f"{at}/return/", {"reason": "Six things.", "version": version})

    page = body(signed_in("petra").get(f"{at}/"))
    assert "Returned" in page and "Read: 4." in page
    assert "What would meet it" in page and "Add what is missing" in page


def test_nothing_answered_is_not_saved(acting, cast, signed_in):
    referral = made.screening(acting, cast)

    answer = signed_in("asha").post(
        f"/referrals/{referral.pk}/screen/", {"version": str(referral.version)}
    )

    assert answer.status_code == 422 and "Answer at least one criterion." in body(answer)


def test_two_screeners_at_once_see_both_versions_and_choose(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    seen = answers_for(referral, "MET")
    made.answer_all(acting("omar"), referral, missing=6)
    at = f"/referrals/{referral.pk}/screen/"

    answer = signed_in("asha").post(at, seen)

    page = body(answer)
    assert answer.status_code == 409
    assert "Omar Exampleton saved this" in page and "Keep what I chose" in page


def test_the_school_does_not_see_a_screening_before_its_answer(acting, cast, signed_in):
    referral = made.answered(acting, cast)

    page = body(signed_in("petra").get(f"/referrals/{referral.pk}/"))

    assert "Seen: 5." not in page and "has not answered yet" in page


def test_only_what_came_back_is_asked_for_again(acting, cast, signed_in):
    referral = made.returned(acting, cast, missing=1)

    page = body(signed_in("petra").get(f"/referrals/{referral.pk}/again/"))

    assert "Seen: 6." in page
    assert 'name="last_incident"' in page and 'name="agreed_by"' not in page


def test_the_second_round_shows_the_first_rounds_answers(acting, cast, signed_in):
    referral = made.returned(acting, cast)
    petra, at = signed_in("petra"), f"/referrals/{referral.pk}"
    posted = {
        "version": str(referral.version),
        "main_worry": "LEAVING",
        "last_incident": "Left maths. The plan is attached now.",
        "words": "We added the plan.",
    }
    assert petra.post(f"{at}/again/", posted)["Location"] == f"{at}/"
    asha = signed_in("asha")
    asha.post(f"{at}/start/")

    page = body(asha.get(f"{at}/screen/"))

    assert "Round 1" in page and "Seen: 5." in page
    assert "<summary>What the school wrote</summary>" in page, "Folded above the form on a phone."
    assert "We added the plan." in body(asha.get(f"{at}/"))


def test_a_step_out_of_turn_is_a_page_that_says_why(acting, cast, signed_in):
    referral = made.declined(acting, cast)
    asha = signed_in("asha")

    for step in ("screen", "return", "accept", "decline"):
        at = f"/referrals/{referral.pk}/{step}/"
        assert "This referral was declined." in body(asha.get(at))
        assert asha.post(at, {"reason": "Because."}).status_code == 409


def test_accepting_on_screen_opens_the_case_and_moves_the_pupil(acting, cast, signed_in):
    referral = made.answered(acting, cast, missing=0)
    stage = referral.framework.stages.get(order=3)
    posted = {
        "version": str(referral.version),
        "reason": "School support is not enough.",
        "stage": str(stage.pk),
        "risk_at_start": "MEDIUM",
    }
    asha = signed_in("asha")

    asha.post(f"/referrals/{referral.pk}/accept/", posted)

    page = body(asha.get(f"/referrals/{referral.pk}/"))
    assert "Accepted" in page and "waiting to be allocated" in page
    assert "Outreach" in body(asha.get(f"/pupils/{referral.pupil_id}/frameworks/"))


def test_accepting_what_is_not_met_is_looked_at_twice_and_its_reason_is_read(
    acting, cast, signed_in
):
    referral = made.answered(acting, cast, missing=2)
    at = f"/referrals/{referral.pk}/"
    posted = {
        "version": str(referral.version),
        "reason": "Waived",
        "stage": str(referral.framework.stages.get(order=3).pk),
        "risk_at_start": "HIGH",
    }
    asha = signed_in("asha")

    asked = asha.post(f"{at}accept/", posted)
    sure = posted | {"sure": "reason:accepted"}
    short = asha.post(f"{at}accept/", sure)
    done = asha.post(f"{at}accept/", sure | {"reason": "He cannot wait for the plan’s review."})

    assert "It meets 4 of 6 criteria. Does the reason say why it is accepted" in body(asked)
    assert "Say in a sentence why it is accepted all the same" in body(short)
    assert done["Location"] == at
    for reader in ("asha", "petra"):
        assert "He cannot wait for the plan’s review." in body(signed_in(reader).get(at))


def test_a_decision_on_an_old_page_is_not_taken(acting, cast, signed_in):
    referral = made.answered(acting, cast)
    old = str(referral.version)
    made.answer_all(acting("omar"), referral, missing=6)

    asha, at = signed_in("asha"), f"/referrals/{referral.pk}/decline/"

    answer = asha.post(at, {"version": old, "reason": "Too far from us."}, follow=True)

    acting("asha")
    assert Referral.objects.get().state == "SCREENING"
    assert "Look again first: what you wrote is kept as a draft" in body(answer)
    assert "Too far from us." in body(asha.get(at))


def test_who_may_not_read_casework_sees_no_words_of_the_school(acting, cast, signed_in):
    referral = made.screening(acting, cast)

    page = body(signed_in("ines").get(f"/referrals/{referral.pk}/"))

    assert "Left maths" not in page and "is casework" in page


@pytest.mark.parametrize(
    ("name", "tells"),
    [("asha", True), ("petra", True), ("hana", True), ("hugo", False),
     ("ines", False)],
)  # fmt: skip
def test_why_a_referral_was_accepted_is_told_alike_on_every_page(
    acting, cast, signed_in, name, tells
):
    referral = made.answered(acting, cast, missing=0)
    accepted = actions.accept(
        actor=acting("asha"),
        referral=referral,
        reason="School support is not enough.",
        stage=referral.framework.stages.get(order=3),
        version=referral.version,
    )
    pages = (
        f"/referrals/{referral.pk}/",
        f"/cases/{accepted.case_id}/",
        f"/pupils/{referral.pupil_id}/frameworks/",
        f"/pupils/{referral.pupil_id}/",
        f"/pupils/{referral.pupil_id}/chronology/",
    )
    answers = {page: signed_in(name).get(page) for page in pages}

    read = {page: body(one) for page, one in answers.items() if one.status_code == 200}
    assert read, "somebody who sees nothing proves nothing"
    told = {page: "School support is not enough." in said for page, said in read.items()}
    wrote = {page: "Left maths" in said for page, said in read.items()}
    assert any(told.values()) == tells, told
    assert not any(wrote.values()) or tells, wrote
    assert tells or not any("Fewer late marks" in said for said in read.values())
