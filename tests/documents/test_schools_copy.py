"""After closure the school reads, prints and takes its own copy of the report, and is told of it."""

import json
from datetime import date

import pytest

from alongside.cases.models import Case
from alongside.core.decisions import Refused
from alongside.core.models import AuditEntry, Notice
from alongside.documents import approving
from alongside.documents.actions import make_closure_report
from alongside.documents.blocks import document_from, words_of
from alongside.documents.closure_report import Recipient, closure_report
from alongside.people.models import Carer, Flag
from alongside.plans import actions
from alongside.plans.models import Party, Plan, PlanAction

pytestmark = pytest.mark.django_db
SCHOOL = Recipient.SCHOOL


@pytest.fixture
def closed(making):
    asha = making.acting("asha")
    making.case = actions.close_case(
        actor=asha, case=making.case, closed_on=asha.today, outcome="SUSTAINED", risk_at_end="LOW",
        closing_summary="He stays in lessons.", closing_notes="Ring mum in June.",
        not_measured_because="The parent was away.",
    )  # fmt: skip
    return making


def told(making, kind):
    making.acting("dpo")
    found = Notice.objects.filter(kind=kind, pupil_id=making.case.pupil_id)
    return set(found.values_list("staff_id", flat=True))


def people_of(cast, *names):
    return {cast.staff[name] for name in names}


@pytest.mark.parametrize("name", ["petra", "hana"])
def test_a_school_reads_and_takes_its_own_copy_once_the_case_is_closed(closed, signed_in, name):
    client, at = signed_in(name), f"/cases/{closed.case.pk}/report/"

    case_page = client.get(f"/cases/{closed.case.pk}/").content.decode()
    page = client.get(f"{at}?for=service").content.decode()
    files = [client.post(f"{at}{form}/", {"for": "school"}).content for form in ("pdf", "word")]

    assert f'href="{at}"' in case_page
    assert "He stays in lessons." in page
    assert "Copy for: the school" in page
    assert "The service and the council" not in page
    assert "Ring mum in June." not in page
    assert [content[:2] for content in files] == [b"%P", b"PK"]
    assert client.post(f"{at}pdf/", {"for": "service"}).status_code == 409


def test_the_school_reads_word_for_word_what_the_service_gives_it(closed):
    """What is withheld from the one is withheld from the other."""
    asha, pupil = closed.acting("asha"), closed.case.pupil
    Flag.objects.create(
        pupil=pupil, kind="CONCEALED_ADDRESS", weight="ACT", text="Address concealed",
        starts_on=date(2026, 1, 5), recorded_by_id=asha.staff_id,
    )  # fmt: skip
    Carer.objects.create(pupil=pupil, name="Sam Hiddenham", is_do_not_contact=True)
    PlanAction.objects.filter(party="FAMILY").update(is_shared=False)
    Case.objects.update(closing_summary="Seen by Sam Hiddenham near EX1 2MP.")
    closed.case.refresh_from_db()

    hers = words_of(closure_report(closed.acting("asha"), closed.case, SCHOOL))[:-1]
    theirs = words_of(closure_report(closed.acting("petra"), closed.case, SCHOOL))[:-1]

    assert theirs == hers
    assert not [words for words in theirs if "Hiddenham" in words or "EX1" in words]


def test_that_the_school_took_its_copy_is_written_down_and_leads_to_it(closed, signed_in):
    client, at = signed_in("petra"), f"/cases/{closed.case.pk}/report/"

    client.post(f"{at}pdf/", {"for": "school"})
    page = client.get(f"/pupils/{closed.case.pupil_id}/chronology/").content.decode()

    assert f'href="{at}"' in page
    petra = closed.acting("petra")
    closed.acting("dpo")
    line = AuditEntry.objects.filter(kind="document.made").latest("id")
    assert (line.staff_id, line.detail["recipient"]) == (petra.staff_id, "school")


def test_while_the_case_is_open_the_school_is_told_that_there_is_no_copy_yet(making, signed_in):
    answer = signed_in("petra").get(f"/cases/{making.case.pk}/report/", follow=True)

    assert "You have your copy once the case is closed." in answer.content.decode()
    with pytest.raises(Refused, match="once the case is closed"):
        make_closure_report(
            actor=making.acting("petra"), case=making.case, recipient=SCHOOL, form="pdf"
        )


def test_a_copy_that_waits_for_approval_is_not_read_by_the_school(closed, signed_in):
    approving.ask_for_approval(actor=closed.acting("asha"), case=closed.case)
    client, at = signed_in("petra"), f"/cases/{closed.case.pk}/report/"

    page = client.get(at, follow=True).content.decode()

    assert "The school’s copy waits for approval." in page
    assert "Copy for: the school" not in page
    assert client.post(f"{at}pdf/", {"for": "school"}).status_code == 409


def test_once_the_copy_is_approved_the_school_is_told_that_it_is_there(closed, cast, signed_in):
    approving.ask_for_approval(actor=closed.acting("asha"), case=closed.case)

    approving.decide_report(actor=closed.acting("mina"), case=closed.case, is_approved=True)

    assert told(closed, "report.for_school") == people_of(cast, "petra", "hana")
    page = signed_in("petra").get(f"/cases/{closed.case.pk}/report/").content.decode()
    assert "Copy for: the school" in page
    assert "Approved by" not in page, "who approved it is the service's own"


def test_who_reads_a_summary_is_shown_the_schools_copy_as_the_schools(closed, signed_in):
    page = signed_in("hugo").get(f"/cases/{closed.case.pk}/report/").content.decode()

    assert "For the school." not in page
    assert "shared with you" not in page
    assert "The school’s copy" in page


def test_the_school_is_told_of_a_plan_to_agree_and_of_the_closure(closed, cast):
    assert told(closed, "plan.to_agree") == people_of(cast, "petra", "hana")
    assert told(closed, "case.closed") == people_of(cast, "petra", "hana")


def test_the_school_is_told_of_a_review_that_was_held(making, cast):
    plan = Plan.objects.get(case=making.case)

    actions.record_review(actor=making.acting("asha"), plan=plan, facts=making.review())

    assert told(making, "plan.reviewed") == people_of(cast, "petra", "hana")


def test_a_school_that_agreed_by_approving_its_own_plan_is_not_asked_to_agree(making, cast):
    """Who approves it for the school has answered for the school."""
    asha = making.acting("asha")
    plan = Plan.objects.get(case=making.case)
    actions.record_review(actor=asha, plan=plan, facts=making.review())
    following = Plan.objects.get(previous=plan)
    making.acting("dpo")
    Plan.objects.filter(pk=following.pk).update(held_by=Party.SCHOOL)
    Notice.objects.all().delete()
    actions.submit(actor=making.acting("petra"), plan=following)

    actions.approve(actor=making.acting("hana"), plan=following)

    assert not told(making, "plan.to_agree")


def approved(closed):
    approving.ask_for_approval(actor=closed.acting("asha"), case=closed.case)
    approving.decide_report(actor=closed.acting("mina"), case=closed.case, is_approved=True)


def has_lasted(closed):
    """The first check is answered, which the report tells."""
    asha = closed.acting("asha")
    check = closed.case.sustained_checks.order_by("weeks").first()
    check.answer, check.done_on, check.done_by_id = "HELD", asha.today, asha.staff_id
    check.save(update_fields=["answer", "done_on", "done_by_id"])


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("", "What was recorded since is not approved yet."),
        ("asked", "A newer one waits for approval."),
        ("returned", "A newer one was returned, to be changed."),
    ],
)
def test_the_approved_copy_stays_the_schools_until_a_newer_one_is_approved(
    closed, signed_in, then, said
):
    approved(closed)
    has_lasted(closed)
    if then:
        approving.ask_for_approval(actor=closed.acting("asha"), case=closed.case)
    if then == "returned":
        approving.decide_report(
            actor=closed.acting("mina"), case=closed.case, is_approved=False, reason="Say where."
        )
    client, at = signed_in("petra"), f"/cases/{closed.case.pk}/report/"

    page = client.get(at).content.decode()

    assert "He stays in lessons." in page
    assert "Yes, it has lasted" not in page and "To be asked" in page
    assert said in page and "Say where." not in page
    assert client.post(f"{at}pdf/", {"for": "school"}).content.startswith(b"%PDF")
    theirs = signed_in("asha").get(f"{at}?for=school").content.decode()
    assert "Until then the school reads the copy approved by" in theirs


def test_once_the_newer_one_is_approved_the_school_reads_that(closed, signed_in):
    approved(closed)
    has_lasted(closed)
    approved(closed)

    page = signed_in("petra").get(f"/cases/{closed.case.pk}/report/").content.decode()

    assert closed.case.sustained_checks.order_by("weeks").first().get_answer_display() in page
    assert "A newer one" not in page and "not approved yet" not in page


def test_a_copy_kept_as_json_is_the_same_document(closed):
    document = closure_report(closed.acting("asha"), closed.case, SCHOOL)

    assert document_from(json.loads(json.dumps(document.as_data()))) == document


def test_what_must_not_leave_since_is_taken_out_of_the_approved_copy_too(closed, signed_in):
    Case.objects.update(closing_summary="Sam Hiddenham brings him.")
    closed.case.refresh_from_db()
    approved(closed)
    has_lasted(closed)
    Carer.objects.create(pupil=closed.case.pupil, name="Sam Hiddenham", is_do_not_contact=True)

    page = signed_in("petra").get(f"/cases/{closed.case.pk}/report/").content.decode()

    assert "[a person not to be contacted] brings him." in page
    assert "Hiddenham" not in page
