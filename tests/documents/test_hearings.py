"""A chronology is approved before a hearing has it: the very lines that were sent in, and no others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.core.decisions import Problem, Refused
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry, Notice
from alongside.documents import actions, hearings
from alongside.people.actions.chronology import add_entry, correct_entry
from alongside.people.models import EntryKind
from tests.documents.reading import words_in
from tests.documents.test_chronology_report import wanted, write
from tests.routes import route  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(acting, route):
    """A chronology of two lines, sent in by the lead of a case."""
    route.children.refer(route.pupil, "outreach")
    asha = acting("asha")
    write(asha, route.pupil, "Rang home", days_ago=2)
    write(asha, route.pupil, "Saw him in maths", days_ago=1)
    return hearings.ask_for_approval(actor=asha, pupil=route.pupil, wanted=wanted())


def decide(acting, approval, by="mina", **told):
    return hearings.decide(actor=acting(by), approval=approval, **{"is_approved": True, **told})


def pages(acting, route, approval=None, by="asha"):
    return actions.make_chronology(
        actor=acting(by), pupil=route.pupil, wanted=wanted(), approval=approval
    )


@pytest.mark.duty("RC-27")
def test_a_chronology_is_sent_in_read_approved_and_then_taken_to_the_hearing(
    signed_in, acting, route
):
    route.children.refer(route.pupil, "outreach")
    write(acting("asha"), route.pupil, "Decided to meet weekly", kind=EntryKind.NOTE)
    client, lead = signed_in("asha"), signed_in("mina")
    at = f"/pupils/{route.pupil.pk}/chronology/hearing/"
    form = client.get(at).content.decode()
    assert "Ask for approval" in form and "Make the pages" not in form
    sent = client.post(
        at, {"hearing": "the review panel", "classes": ["C1", "C2", "C3", "C4"]}, follow=True
    ).content.decode()
    assert "Sent in." in sent and "Waiting for approval" in sent and "Make the pages" not in sent

    due = lead.get("/due/").content.decode()
    assert "Approve or return the chronology for a hearing: Robin Testerly" in due
    url = due.split("Approve or return the chronology")[0].rpartition('href="')[2].split('"')[0]
    read = lead.get(url).content.decode()
    assert "Decided to meet weekly" in read and Page(read).problems() == []
    assert Page(lead.get(f"{url}decide/").content.decode()).problems() == []
    lead.post(f"{url}decide/", {"decision": "approve"})

    page = client.get(at).content.decode()
    assert "Approved by Mina Exampleton" in page and Page(page).problems() == []
    made = client.post(f"{url}pdf/")
    assert made["Content-Type"] == "application/pdf"
    assert "Decidedtomeetweekly" in words_in(made.content)
    assert "Approve or return" not in lead.get("/due/").content.decode()
    acting("dpo")
    kinds = ["chronology.sent_in", "chronology.approved", "document.made"]
    assert (
        list(
            AuditEntry.objects.filter(kind__in=kinds).order_by("id").values_list("kind", flat=True)
        )
        == kinds
    )


def test_nothing_leaves_without_approval_where_somebody_could_give_it(acting, route, asked):
    with pytest.raises(Refused, match="approved before a hearing has it"):
        pages(acting, route)
    with pytest.raises(Refused, match="is not approved"):
        pages(acting, route, asked)


def test_what_is_written_after_it_was_sent_in_is_not_part_of_it(acting, route, asked):
    asked = decide(acting, asked)
    write(acting("asha"), route.pupil, "Written later")

    said = words_in(pages(acting, route, asked).content)

    assert "Ranghome" in said and "Writtenlater" not in said and "sentinforapproval" not in said


def test_a_line_put_right_since_is_approved_again(acting, route, asked):
    asked = decide(acting, asked)
    line = route.pupil.chronology.get(summary="Rang home")
    correct_entry(actor=acting("asha"), entry=line, words="It was her aunt.")

    with pytest.raises(Refused, match="has changed since it was approved"):
        pages(acting, route, asked)


def test_it_is_returned_with_what_is_to_change(acting, route, asked):
    with pytest.raises(Problem, match="what is to change"):
        decide(acting, asked, is_approved=False)

    asked = decide(acting, asked, is_approved=False, reason="Leave the family's words out.")

    asha = acting("asha")
    assert Notice.objects.filter(staff_id=asha.staff_id, kind="chronology.returned").exists()
    with pytest.raises(Refused, match="is not approved"):
        pages(acting, route, asked)
    assert hearings.ask_for_approval(actor=asha, pupil=route.pupil, wanted=wanted())


def test_one_waits_at_a_time_and_nobody_approves_their_own(acting, route, asked):
    with pytest.raises(Refused, match="asked for approval of one already"):
        hearings.ask_for_approval(actor=acting("asha"), pupil=route.pupil, wanted=wanted())
    with pytest.raises(Refused, match="A headteacher or manager"):
        decide(acting, asked, by="asha")
    own = decide(acting, asked)
    assert own.decided_by_id == route.staff("mina").pk


def test_who_does_not_read_every_line_returns_it_and_does_not_approve_it(acting, route, cast):
    route.children.refer(route.pupil, "outreach")
    asha = acting("asha")
    add_entry(
        actor=asha,
        pupil=route.pupil,
        kind=EntryKind.NOTE,
        information_class=InformationClass.CASEWORK,
        occurred_at=timezone.now() - timedelta(hours=1),
        summary="Between two",
        readers=[cast.staff["omar"]],
    )
    asked = hearings.ask_for_approval(actor=asha, pupil=route.pupil, wanted=wanted(has_named=True))

    with pytest.raises(Refused, match="1 line of it you do not read"):
        decide(acting, asked)
    assert decide(acting, asked, is_approved=False, reason="Without that note.").state == "RETURNED"


def test_who_reads_outreach_cases_as_a_summary_is_asked_to_approve_no_chronology(
    signed_in, acting, asked
):
    assert "chronology" not in signed_in("hugo").get("/due/").content.decode().lower()
    people = hearings.approvers_of(asked.pupil, acting("asha").today, 0)
    assert not [name for _, name in people if name.startswith("Hugo")]


@pytest.mark.parametrize("name", ["carys", "marta", "nell"])
def test_a_manager_of_another_team_or_council_has_no_part_in_it(signed_in, route, asked, name):
    assert signed_in(name).get(hearings.url_of(asked)).status_code in (403, 404)
    assert "chronology" not in signed_in(name).get("/due/").content.decode().lower()
