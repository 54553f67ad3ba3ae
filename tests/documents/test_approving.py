"""A headteacher reads the SEND records of their roll, and approves reports before they are shared."""

from datetime import date

import pytest

from alongside.assessments.models import Need
from alongside.core.actor import begin_staff
from alongside.core.decisions import Refused
from alongside.core.models import AuditEntry, Notice, Place, RoleAssignment, Staff
from alongside.core.permissions import Role
from alongside.documents import approving
from alongside.documents.actions import make_closure_report
from alongside.documents.blocks import words_of
from alongside.documents.closure_report import Recipient, closure_report
from alongside.people.models import ChronologyEntry, EntryKind
from tests.children import Children

pytestmark = pytest.mark.django_db
SCHOOL = Recipient.SCHOOL


@pytest.fixture
def head(acting, cast):
    """Hugo leads the unit itself: the school, not only its outreach."""
    acting("dpo")
    RoleAssignment.objects.filter(staff_id=cast.staff["hugo"]).update(
        place_id=cast.places["orchard"]
    )
    return "hugo"


def on_roll(cast, making):
    Children(cast, _urn=900500).enrol(making.case.pupil, "orchard", "S")


def send_in(making):
    return approving.ask_for_approval(actor=making.acting("asha"), case=making.case)


def decide(making, by, *, is_approved=True, reason=""):
    return approving.decide_report(
        actor=making.acting(by), case=making.case, is_approved=is_approved, reason=reason
    )


def make(making, by="asha"):
    return make_closure_report(
        actor=making.acting(by), case=making.case, recipient=SCHOOL, form="pdf"
    )


@pytest.mark.duty("SC-07")
def test_a_headteacher_reads_the_send_records_of_their_roll_and_approves_reports(
    making, signed_in, cast, head
):
    asha = making.acting("asha")
    pupil = making.case.pupil
    told = {"pupil": pupil, "recorded_by_id": asha.staff_id}
    Need.objects.create(
        kind="SUSPECTED_SEND", text="Speech and language need", recorded_on=asha.today, **told
    )
    ChronologyEntry.objects.create(
        kind=EntryKind.NOTE, information_class="C4", occurred_at="2026-10-01T10:00Z",
        summary="Report of the speech therapist", **told,
    )  # fmt: skip
    client = signed_in(head)
    at = f"/cases/{making.case.pk}/report/"

    assert client.get(f"/pupils/{pupil.pk}/").status_code == 404
    on_roll(cast, making)
    assert (
        "Speech and language need" in client.get(f"/pupils/{pupil.pk}/assessment/").content.decode()
    )
    assert (
        "Report of the speech therapist"
        in client.get(f"/pupils/{pupil.pk}/chronology/").content.decode()
    )
    signed_in("asha").post(f"{at}ask/")
    assert "Approve or return the closure report" in client.get("/due/").content.decode()
    done = client.post(f"{at}decide/", {"decision": "approve"}, follow=True)
    assert "Approved by" in done.content.decode()
    making.acting("asha")
    assert AuditEntry.objects.filter(kind="report.approved").exists()
    assert make(making).content.startswith(b"%PDF")


def test_a_headteacher_of_the_unit_writes_no_send_record_and_reads_no_other_class_more(
    acting, head
):
    hugo = acting(head)

    assert {c.value for c in hugo.reads} == {"C1", "C2", "C3", "C4", "C7", "C8", "C9"}
    assert not {"C2", "C3", "C4", "C5", "C6"} & {c.value for c in hugo.writes}


def test_a_report_sent_in_is_not_given_to_the_school_until_it_is_approved(making):
    make(making)
    send_in(making)

    with pytest.raises(Refused, match="waits for approval"):
        make(making)
    decide(making, "mina")
    assert make(making).content


def test_where_the_schools_own_head_approves_nothing_leaves_without(making, cast, signed_in):
    making.acting("dpo")
    RoleAssignment.objects.create(
        staff=Staff.objects.get(pk=cast.staff["hugo"]), role=Role.PRU_HEADTEACHER,
        place=Place.objects.get(pk=cast.places["chalkhill"]), starts_on=date(2024, 9, 1),
    )  # fmt: skip

    with pytest.raises(Refused, match="approved before the school has it"):
        make(making)
    page = signed_in("asha").get(f"/cases/{making.case.pk}/report/?for=school").content.decode()
    assert "Ask for approval" in page
    assert "Word</button>" not in page


def test_a_report_is_returned_with_what_is_to_change(making, signed_in):
    send_in(making)
    client, at = signed_in("mina"), f"/cases/{making.case.pk}/report/"

    empty = client.post(f"{at}decide/", {"decision": "return"})
    client.post(f"{at}decide/", {"decision": "return", "reason": "Say what maths will do."})

    assert "Say what is to change." in empty.content.decode()
    with pytest.raises(Refused, match="Say what maths will do"):
        make(making)
    asha = making.acting("asha")
    assert Notice.objects.filter(staff_id=asha.staff_id, kind="report.returned").exists()
    assert send_in(making).state == "WAITING"


def test_what_changed_since_it_was_approved_is_approved_again(making):
    send_in(making)
    decide(making, "mina")
    making.acting("asha")
    making.case.closing_summary = "He stays for whole lessons."
    making.case.save(update_fields=["closing_summary"])

    with pytest.raises(Refused, match="changed since it was approved"):
        make(making)


def test_nobody_approves_what_they_sent_in_and_none_but_those_who_approve(making, cast):
    approving.ask_for_approval(actor=making.acting("mina"), case=making.case)

    with pytest.raises(Refused, match="You sent this report in"):
        decide(making, "mina")
    with pytest.raises(Refused, match="A headteacher or manager"):
        decide(making, "asha")
    with pytest.raises(Refused, match="asked for approval already"):
        send_in(making)


def test_a_head_of_another_school_does_not_see_the_case(making, signed_in, head):
    answer = signed_in(head).get(f"/cases/{making.case.pk}/report/decide/")

    assert answer.status_code == 404
    assert begin_staff(making.cast.staff[head])


def test_who_reads_a_case_as_a_summary_approves_the_very_report_that_was_sent_in(
    making, signed_in, cast
):
    """Hugo leads the outreach service: its sessions are counted for him, and not told."""
    send_in(making)
    client, at = signed_in("hugo"), f"/cases/{making.case.pk}/report/"
    hers = words_of(closure_report(making.acting("asha"), making.case, SCHOOL))[:-1]
    his = words_of(closure_report(making.acting("hugo"), making.case, SCHOOL))[:-1]

    page = client.get(f"{at}?for=service").content.decode()
    client.post(f"{at}decide/", {"decision": "approve"})

    assert his == hers
    assert "Copy for: the school" in page, "the service's own copy draws on casework"
    assert "PDF</button>" not in page
    assert make(making).content
    with pytest.raises(Refused):
        make(making, by="hugo")
