"""The school's screens: choose, write, check, send. Nothing typed is lost; nothing is sent twice."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from alongside.core import drafts
from alongside.core.models import AuditEntry, StoredFile
from alongside.referrals.models import Referral
from tests.pathways import made as people
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def typed(**changed: object) -> dict[str, object]:
    """A sound form as a browser posts it."""
    return {
        "main_worry": "LEAVING",
        "days_suspended": "6",
        "last_incident": "Left maths after ten minutes.",
        "going_well": "Loves art.",
        "agreed_by": "Jo Testerly, mother",
        **day("agreed_on", timezone.localdate() - timedelta(weeks=9)),
        "agreed_how": "Text message",
        "tried-TOTAL_FORMS": "1",
        "tried-INITIAL_FORMS": "0",
        "tried-0-what": "Check-in with tutor",
        **day("tried-0-starts_on", date(2026, 6, 1)),
        **day("tried-0-reviewed_on", date(2026, 7, 1)),
    } | changed


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


@pytest.fixture
def robin(acting, cast):
    return made.ready(acting, cast)[0]


@pytest.fixture
def petra(robin, signed_in):
    return signed_in("petra")


@pytest.fixture
def url(robin) -> str:
    return f"/referrals/new/{robin.pk}/"


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.duty("RC-103")
def test_a_school_refers_a_pupil_itself_and_follows_what_becomes_of_it(petra, url, acting):
    answer = petra.post(url, typed())
    assert answer["Location"] == f"{url}check/"
    assert "Left maths after ten minutes." in body(petra.get(f"{url}check/"))

    answer = petra.post(f"{url}check/")

    acting("petra")
    referral = Referral.objects.get()
    assert answer["Location"] == f"/referrals/{referral.pk}/"
    page = body(petra.get(answer["Location"]))
    assert "Received" in page and "The service has not answered yet." in page
    assert referral.reference in body(petra.get("/referrals/"))


def test_days_before_the_childs_birth_are_said_at_their_fields(petra, url):
    long_ago = day("agreed_on", date(1926, 11, 1)) | day("tried-0-starts_on", date(1926, 1, 4))

    answer = petra.post(url, typed(**long_ago))

    assert answer.status_code == 422
    assert body(answer).count("This day is before the child was born") == 4, "at both, and on top"


def test_a_pupil_is_found_by_typing_on_ones_own_roll_only(petra, robin, cast, acting, signed_in):
    acting("marta")
    people.pupil(people.school(cast.places["marlpit"], "Marlpit Academy"), "Leo", "Testerly")

    assert "Robin Testerly" in body(petra.get("/referrals/pupils/?q=test"))
    assert "Leo" not in body(petra.get("/referrals/pupils/?q=test"))
    assert "Robin" not in body(signed_in("marta").get("/referrals/pupils/?q=robin"))


def test_without_script_words_that_match_one_pupil_go_on_to_the_form(petra, url):
    assert petra.post("/referrals/new/", {"pupil-words": "Testerly"})["Location"] == url


def test_without_script_words_that_match_several_ask_to_choose(petra, cast, acting):
    acting("petra")
    people.pupil(people.school(cast.places["chalkhill"]), "Jo", "Testerly")

    answer = petra.post("/referrals/new/", {"pupil-words": "Testerly"})

    assert answer.status_code == 422 and "2 match" in body(answer)


def test_a_page_pasted_into_the_box_of_names_holds_nothing_up(petra):
    with CaptureQueriesContext(connection) as asked:
        answer = petra.post("/referrals/new/", {"pupil-words": "Long words pasted " * 3_000})

    assert answer.status_code == 422
    assert max(len(query["sql"]) for query in asked) < 20_000
    assert "Nothing matches “Long words pasted" in body(answer)


@pytest.mark.parametrize("name", ["marta", "nora"])
def test_another_schools_pupil_is_the_same_page_as_none(url, signed_in, name):
    assert signed_in(name).get(url).status_code == 404
    assert signed_in(name).post(url, typed()).status_code == 404


def test_mistakes_are_told_in_words_with_everything_typed_still_there(petra, url):
    answer = petra.post(url, typed(days_suspended="61", last_incident="", going_well="Loves <art>"))

    page = body(answer)
    assert answer.status_code == 422
    assert "There are 2 things to fix" in page
    assert "Enter 45 days or fewer: no pupil may be suspended for more in a year" in page
    assert escape("Loves <art>") in page and "Check-in with tutor" in page
    assert Page(page).problems() == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"days_suspended": "2.3"}, "Enter whole or half days"),
        ({"days_suspended": "lots"}, "Days suspended this school year: type a number such as 10"),
        (day("agreed_on", date(2099, 1, 1)), "must be"),
        ({"agreed_by": ""}, "Say who agreed"),
        (day("tried-0-starts_on", date(2099, 1, 1)), "Cycle 1: Started must be"),
        ({"tried-0-what": ""}, "Cycle 1: Say what you did"),
        (day("tried-0-reviewed_on", date(2026, 5, 1)), "cannot be before the start"),
        ({"main_worry": "DRAGONS"}, "Main worry: choose one of these"),
        ({"agreed_on_1": "13"}, "the month must be 1 to 12"),
    ],
)
def test_each_mistake_says_what_to_do(petra, url, changed, says):
    answer = petra.post(url, typed(**changed))

    assert answer.status_code == 422 and says in body(answer)


@pytest.mark.parametrize(
    ("typed_day", "says"),
    [
        (("1", "1", "99999"), "When they agreed: the year must be 4 numbers"),
        (("5", "1", "26"), "When they agreed: the year must be 4 numbers"),
        (("٢", "١", "٢٠٢٦"), "When they agreed: the month must be 1 to 12"),
        (("31", "2", "2026"), "When they agreed must be a real date"),
        (("3", "", "2026"), "When they agreed must include a month"),
    ],
)
def test_a_day_that_cannot_be_read_is_told_when_it_is_saved_too(petra, url, typed_day, says):
    half = {f"agreed_on_{n}": part for n, part in enumerate(typed_day)} | {"last_incident": ""}

    answer = petra.post(url, typed(save="1", **half))

    page = body(answer)
    assert answer.status_code == 422 and says in page
    assert "There is 1 thing to fix" in page, "what is still empty is no mistake yet"
    assert f'value="{typed_day[2]}"' in page
    assert "is back." in body(petra.get(url))


def test_a_cycles_day_that_cannot_be_read_is_told_when_it_is_saved_too(petra, url):
    answer = petra.post(url, typed(save="1", **{"tried-0-starts_on_2": "26", "tried-0-what": ""}))

    assert answer.status_code == 422
    assert "Cycle 1: Started: the year must be 4 numbers" in body(answer)
    assert "Say what you did" not in body(answer)


def test_forty_pasted_pages_are_kept_and_told_where_else_they_go(petra, url, acting):
    pasted = "He walked out. " * 8000

    answer = petra.post(url, typed(last_incident=pasted))

    assert answer.status_code == 422
    assert "What happened in the last incident: this is about 40 pages" in body(
        answer
    ) and "Attach it as a paper" in body(answer)
    assert drafts.get_draft(acting("petra"), url).content["last_incident"] == [pasted]


def test_emoji_and_names_from_right_to_left_come_back_as_typed(petra, url):
    words = "قالت المعلّمة 😊"
    petra.post(url, typed(last_incident=words, agreed_by="ליאו דוגמה"))

    page = body(petra.get(f"{url}check/"))

    assert words in page and "ליאו דוגמה" in page


def test_rows_are_added_and_removed_without_script(petra, url):
    assert petra.post(url, typed(add_row="1"))["Location"].endswith("#id_tried-1-what")
    page = body(petra.get(url))
    assert "Cycle 2" in page and "Check-in with tutor" in page

    second = {"tried-TOTAL_FORMS": "2", "tried-1-what": "Calm space", "remove_row": "0"}
    petra.post(url, typed(**second))

    page = body(petra.get(url))
    assert "Cycle 2" not in page and "Calm space" in page and "Check-in" not in page


def test_a_draft_comes_back_after_leaving(petra, url):
    petra.post(url, typed(save="1", last_incident=""))

    page = body(petra.get(url))

    assert "is back." in page and "Loves art." in page and "Nothing was lost" in page


def test_what_was_sent_after_time_ran_out_comes_back_to_the_same_person_only(
    petra, url, signed_in, settings
):
    petra.get(url)
    session = petra.session
    session["seen_at"] = 0
    session.save()

    answer = petra.post(url, typed(draft_key=url))

    assert answer.status_code == 302 and "/sign-in/" in answer["Location"]
    assert "Left maths after ten minutes." in body(signed_in("petra").get(url))
    assert "Left maths" not in body(signed_in("hana").get(url))


def test_a_paper_survives_a_mistake_elsewhere(petra, url):
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 a plan")

    page = body(petra.post(url, typed(last_incident="", papers=[plan])))

    assert "plan.pdf" in page and 'name="paper"' in page


def test_a_hostile_file_is_refused_and_the_rest_is_kept(petra, url):
    bad = SimpleUploadedFile("plan.pdf", b"<script>alert(1)</script>")
    good = SimpleUploadedFile("review.pdf", b"%PDF-1.7 x")

    answer = petra.post(url, typed(papers=[bad, good]))

    page = body(answer)
    assert answer.status_code == 422 and "plan.pdf is not a PDF" in page
    assert "review.pdf" in page and "Left maths" in page


def test_a_paper_is_taken_away_as_a_file_and_never_as_a_page(petra, url, acting, signed_in):
    notes = SimpleUploadedFile("notes.txt", b"<script>alert(1)</script>")
    petra.post(url, typed(papers=[notes]))
    petra.post(f"{url}check/")
    acting("petra")
    paper = Referral.objects.get().evidence.get()
    at = f"/referrals/{paper.referral_id}/papers/{paper.pk}/"

    answer = petra.get(at)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("text/plain")
    assert signed_in("marta").get(at).status_code == 404


def test_sending_early_is_allowed_and_the_likely_result_is_said(petra, url):
    petra.post(
        url,
        typed(
            agreed_by="",
            agreed_how="",
            **dict.fromkeys(("agreed_on_0", "agreed_on_1", "agreed_on_2"), ""),
        ),
    )

    page = body(petra.get(f"{url}check/"))

    assert "You may send it now, but it is likely to come back." in page
    assert "Say who agreed and when" in page
    assert petra.post(f"{url}check/").status_code == 302


def test_sending_twice_makes_one_referral_and_says_so(petra, url, acting):
    petra.post(url, typed())
    petra.post(f"{url}check/")

    answer = petra.post(f"{url}check/", follow=True)

    acting("petra")
    assert Referral.objects.count() == 1
    assert "was already sent" in body(answer) and "Nothing was sent twice" in body(answer)


def test_two_people_who_refer_the_same_pupil_make_one_referral(petra, url, signed_in, acting):
    hana = signed_in("hana")
    petra.post(url, typed())
    hana.post(url, typed())
    petra.post(f"{url}check/")

    answer = hana.post(f"{url}check/", follow=True)

    acting("petra")
    assert Referral.objects.count() == 1
    assert "Nothing was sent twice" in body(answer)


def test_a_pupil_already_referred_says_so_and_leads_there(petra, url, acting):
    petra.post(url, typed())
    petra.post(f"{url}check/")
    acting("petra")
    referral = Referral.objects.get()

    page = body(petra.get(url))

    assert f"already has referral {referral.reference}" in page
    assert f'href="/referrals/{referral.pk}/"' in page


def test_a_pupil_with_an_open_case_says_so_and_leads_there(acting, cast, signed_in):
    referral = made.accepted(acting, cast)

    page = body(signed_in("petra").get(f"/referrals/new/{referral.pupil_id}/"))

    assert f'href="/cases/{referral.case_id}/"' in page


def test_names_shown_while_typing_are_in_the_audit_trail(petra, robin, acting):
    petra.get("/referrals/pupils/?q=test")

    acting("petra")
    line = AuditEntry.objects.filter(kind="pupil.searched").last()
    assert line.pupil_ids == [robin.pk]


def test_the_same_paper_chosen_twice_is_kept_once_and_said(petra, url, acting):
    plan = SimpleUploadedFile("plan.txt", b"The plan of May")
    again = SimpleUploadedFile("plan (1).txt", b"The plan of May")
    petra.post(url, typed(papers=[plan], save="1"), follow=True)
    first = str(acting("petra") and StoredFile.objects.get().pk)

    page = body(petra.post(url, typed(papers=[again], paper=first, save="1"), follow=True))
    petra.post(url, typed(paper=first))
    petra.post(f"{url}check/")

    assert "“plan (1).txt” is attached already, as “plan.txt”: kept once." in page
    acting("petra")
    assert Referral.objects.get().evidence.count() == 1
