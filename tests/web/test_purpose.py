"""Who answers for every record says what for, before anything of a child is shown to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.core import actions
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice, Purpose, RoleAssignment
from alongside.people.models import Capacity, Pupil
from tests.children import Children
from tests.routes import route  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db
FOR = {"kind": "COMPLAINT", "words": "Complaint 14"}


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def robin(route) -> Pupil:
    """Asha works with Robin."""
    return route.pupil


@pytest.mark.parametrize(
    "at", ["", "chronology/", "chronology/csv/", "access/", "plan/", "documents/"]
)
def test_every_address_of_a_child_asks_what_for_first(robin, signed_in, at):
    answer = signed_in("dpo").get(f"/pupils/{robin.pk}/{at}")

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/pupils/{robin.pk}/purpose/?next=")


def test_what_belongs_to_a_child_is_not_there_and_no_list_or_search_names_them(
    robin, route, signed_in
):
    dpo = signed_in("dpo")

    assert dpo.get(f"/cases/{route.case.pk}/").status_code == 404
    assert "/pupils/purpose/" in body(dpo.get(f"/cases/{route.case.pk}/"))
    for url in ("/caseload/", "/referrals/", f"/search/?q={robin.legal_surname}"):
        page = body(dpo.get(url, follow=True))
        assert f"/pupils/{robin.pk}/" not in page, url
    assert "Open a record for a purpose" in page


def test_the_page_that_asks_shows_nothing_of_the_child(robin, signed_in):
    page = body(signed_in("dpo").get(f"/pupils/{robin.pk}/purpose/"))

    assert robin.legal_surname not in page and robin.legal_forename not in page
    assert "What is this record for?" in page and "Nobody is told." in page
    assert Page(page).problems() == []


def test_once_said_it_opens_where_one_was_going_and_every_look_keeps_it(robin, signed_in, acting):
    dpo = signed_in("dpo")
    at = f"/pupils/{robin.pk}/chronology/"
    asked = dpo.get(at)["Location"]
    acting("dpo")
    told_before = Notice.objects.count()

    answer = dpo.post(asked, FOR | {"next": at})

    assert answer["Location"] == at
    assert robin.legal_surname in body(dpo.get(at))
    dpo.get(f"/pupils/{robin.pk}/")
    acting("dpo")
    lines = AuditEntry.objects.filter(pupil_ids__contains=[robin.pk], detail__has_key="purpose")
    assert set(lines.values_list("kind", flat=True)) >= {"purpose.given", "pupil.viewed"}
    assert {line.detail["purpose"] for line in lines} == {"A complaint: Complaint 14"}
    assert Notice.objects.count() == told_before


@pytest.mark.parametrize(
    "wrong", [{"kind": ""}, {"words": ""}, {"words": "x"}, {"kind": "NONE"}], ids=str
)
def test_without_a_purpose_in_words_it_stays_shut(robin, signed_in, acting, wrong):
    dpo = signed_in("dpo")

    answer = dpo.post(f"/pupils/{robin.pk}/purpose/", FOR | wrong)

    assert answer.status_code == 422
    assert dpo.get(f"/pupils/{robin.pk}/").status_code == 302
    acting("dpo")
    assert not Purpose.objects.exists()


def test_it_opens_one_child_only_and_lasts_four_hours(robin, for_a_purpose, signed_in, cast):
    other = Children(cast).pupil("Alex")
    Children(cast).involve(other, "omar", Capacity.LEAD)

    for_a_purpose(robin.pk)

    assert signed_in("dpo").get(f"/pupils/{robin.pk}/").status_code == 200
    assert signed_in("dpo").get(f"/pupils/{other.pk}/").status_code == 302
    left = Purpose.objects.get().ends_at - timezone.now()
    assert timedelta(hours=3, minutes=50) < left <= timedelta(hours=4)


def test_one_that_has_ended_opens_nothing(robin, signed_in, acting, cast):
    acting("dpo")
    Purpose.objects.create(
        staff_id=cast.staff["dpo"],
        pupil_id=robin.pk,
        kind="CHECK",
        words="Last week",
        ends_at=timezone.now() - timedelta(minutes=1),
    )

    assert signed_in("dpo").get(f"/pupils/{robin.pk}/").status_code == 302


def test_who_no_longer_holds_the_role_no_longer_reads_by_it(robin, for_a_purpose, acting, cast):
    for_a_purpose(robin.pk)
    RoleAssignment.objects.filter(staff_id=cast.staff["dpo"]).update(role="inclusion_officer")

    actor = acting("dpo")

    assert actor.opened_pupil_ids == () and actor.purposes == ()


def test_the_trail_and_the_childs_own_log_say_what_for(robin, for_a_purpose, signed_in):
    for_a_purpose(robin.pk)
    dpo = signed_in("dpo")
    dpo.get(f"/pupils/{robin.pk}/")

    assert "A complaint: Complaint 14" in body(dpo.get("/audit/?about=purpose"))
    log = body(signed_in("asha").get(f"/pupils/{robin.pk}/access/?shows=purpose"))
    assert "For: A complaint: Complaint 14" in log and "Opened it for a purpose" in log


@pytest.mark.parametrize("copy", ["service", "school"])
def test_the_closure_report_is_read_in_each_copy_for_a_purpose_and_taken_by_nobody_so(
    robin, route, for_a_purpose, signed_in, acting, copy
):
    at = f"/cases/{route.case.pk}/report/"
    assert signed_in("dpo").get(f"{at}?for={copy}").status_code == 404
    for_a_purpose(robin.pk)
    dpo = signed_in("dpo")

    answer = dpo.get(f"{at}?for={copy}")

    assert answer.status_code == 200 and "Closure report" in body(answer)
    assert "shown here" in body(answer) and f"{at}pdf/" not in body(answer)
    assert dpo.post(f"{at}pdf/", {"for": copy}).status_code == 409
    acting("dpo")
    line = AuditEntry.objects.filter(
        pupil_ids__contains=[robin.pk], detail__screen="closure report"
    ).last()
    assert line.detail["purpose"] == "A complaint: Complaint 14"


def test_a_record_is_found_by_who_the_child_is(robin, signed_in):
    dpo = signed_in("dpo")
    born = robin.born_on
    who = FOR | {
        "forename": robin.legal_forename,
        "surname": robin.legal_surname,
        "born_on_0": born.day,
        "born_on_1": born.month,
        "born_on_2": born.year,
    }

    wrong = dpo.post("/pupils/purpose/", who | {"surname": "Nobody"})
    right = dpo.post("/pupils/purpose/", who)

    assert wrong.status_code == 422 and "No record the council works with" in body(wrong)
    assert right["Location"] == f"/pupils/{robin.pk}/"


@pytest.mark.parametrize("next", ["https://example.org/", "//example.org/", "/pupils/999/", "/x\n"])
def test_it_leads_nowhere_but_to_that_childs_record(robin, signed_in, next):
    answer = signed_in("dpo").post(f"/pupils/{robin.pk}/purpose/", FOR | {"next": next})

    assert answer["Location"] == f"/pupils/{robin.pk}/"


def test_nobody_else_gives_a_purpose(robin, acting):
    with pytest.raises(Refused):
        actions.give_purpose(actor=acting("mina"), pupil_id=robin.pk, **FOR)
    with pytest.raises(Problem):
        actions.give_purpose(actor=acting("dpo"), pupil_id=robin.pk, kind="COMPLAINT", words=" ")
