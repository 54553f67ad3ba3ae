"""The closure report: what it says, to whom, and the same in every form."""

import re
import zipfile
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.db import transaction
from django.utils import timezone

from alongside.cases import actions as cases
from alongside.cases.models import Case, Task
from alongside.core import audit
from alongside.core.decisions import Refused
from alongside.core.models import AuditEntry
from alongside.documents.actions import make_closure_report, make_plan_sheet
from alongside.documents.blocks import Document, Section, Table, words_of
from alongside.documents.closure_report import Recipient, closure_report
from alongside.documents.pdf import as_images, as_pdf
from alongside.documents.plan_sheet import plan_sheet
from alongside.documents.word import as_word
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import Carer, ChronologyEntry, Flag
from alongside.plans.models import Plan, PlanAction
from alongside.plans.queries import get_plan

SERVICE, SCHOOL = Recipient.SERVICE, Recipient.SCHOOL


def said(document: Document) -> str:
    return " ".join(" ".join(words_of(document)).split())


def word_text(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as file:
        parts = [file.read(n).decode() for n in file.namelist() if re.search(r"document|footer", n)]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", " ".join(parts))).split())


def page_text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_report_says_what_changed_and_what_is_not_known(making):
    asha = making.acting("asha")

    text = said(closure_report(asha, making.case, SERVICE))

    for words in (
        "5 points lower, which is better on this scale; one measure, no interval known.",
        "1 of 2 scores not taken again",
        "1 of 2 targets met, over 1 plan.",
        "3 sessions offered, 2 attended in whole or part, 1 missed. 1 hour 30 minutes together.",
        "I want to stay in maths.",
        "I can show the card now.",
        "Keep a seat by the door",
        "The case is still open",
    ):
        assert words in text


def test_what_lasted_stands_under_a_heading_of_its_own(making):
    found = closure_report(making.acting("asha"), making.case, SERVICE)

    titles = [section.title for section in found.sections]
    assert titles.index("Has it lasted?") == titles.index("What is left") + 1


@pytest.mark.duty("OW-138")
def test_page_pdf_and_word_carry_the_same_words(making, signed_in):
    asha = making.acting("asha")
    document = closure_report(asha, making.case, SERVICE)
    word = word_text(as_word(document))

    page = page_text(signed_in("asha").get(f"/cases/{making.case.pk}/report/").content.decode())

    for words in words_of(document):
        tidy = " ".join(words.split())
        assert tidy in word, tidy
        assert tidy in page, tidy


def test_the_word_file_says_of_itself_what_it_is(making):
    made = as_word(closure_report(making.acting("asha"), making.case, SERVICE))

    about = docx.Document(BytesIO(made)).core_properties
    with zipfile.ZipFile(BytesIO(made)) as file:
        parts = file.namelist()

    assert (about.author, about.last_modified_by, about.comments) == ("Alongside", "Alongside", "")
    assert timezone.now() - about.created < timedelta(minutes=5)
    assert not [name for name in parts if "thumbnail" in name]


def test_the_pdf_is_tagged_titled_and_made_to_the_standard(making):
    pdf = as_pdf(closure_report(making.acting("asha"), making.case, SERVICE))

    assert pdf.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert mark in pdf


def test_the_schools_copy_leaves_out_what_is_not_shared(making):
    asha = making.acting("asha")
    Case.objects.filter(pk=making.case.pk).update(closing_notes="Mum told us in confidence.")
    PlanAction.objects.filter(party="FAMILY").update(is_shared=False)
    making.case.refresh_from_db()

    mine = said(closure_report(asha, making.case, SERVICE))
    theirs = said(closure_report(asha, making.case, SCHOOL))

    for words in ("Mum told us in confidence.", "Text school after a hard morning", "Parent"):
        assert words in mine
        assert words not in theirs
    made = make_closure_report(actor=asha, case=making.case, recipient=SCHOOL, form="pdf")
    line = AuditEntry.objects.filter(kind="document.made").latest("id")
    assert (line.staff_id, line.detail["recipient"]) == (asha.staff_id, "school")
    assert made.name.endswith("-school.pdf")


def test_a_concealed_address_and_a_person_not_to_contact_win_everywhere(making):
    asha = making.acting("asha")
    pupil = making.case.pupil
    Flag.objects.create(
        pupil=pupil,
        kind="CONCEALED_ADDRESS",
        weight="ACT",
        text="Address concealed",
        starts_on=date(2026, 1, 5),
        recorded_by_id=asha.staff_id,
    )
    Carer.objects.create(pupil=pupil, name="Sam Hiddenham", is_do_not_contact=True)
    told = "Seen by Sam Hiddenham near EX1 2MP."
    Case.objects.filter(pk=making.case.pk).update(closing_summary=told, reason=told)
    making.case.refresh_from_db()

    for recipient in Recipient:
        text = said(closure_report(asha, making.case, recipient))
        assert "EX1 2MP" not in text
        assert "Hiddenham" not in text
        assert "[address withheld]" in text


INJECTED = (
    "#import “x” $1+1$ {{ 7*7 }} {%p if x %} {#c#} </w:t><w:br/> &amp; \\ @ref *b* _i_ `code`"
)


def test_words_are_never_read_as_markup():
    table = Table("T", ("A", "B"), ((INJECTED, INJECTED),))
    document = Document(
        title=INJECTED, second=INJECTED, note=INJECTED, sections=(Section(INJECTED, (table,)),)
    )

    word = word_text(as_word(document))

    assert word.count(" ".join(INJECTED.split())) == len(
        [text for text in words_of(document) if text == INJECTED]
    )
    assert as_pdf(document).startswith(b"%PDF-")


def test_a_report_of_nothing_still_stands(acting, cast):
    from tests.plans.makers import make_case

    bare = make_case(acting, cast)
    document = closure_report(acting("asha"), bare.case, SCHOOL)

    assert as_pdf(document).startswith(b"%PDF-")
    assert "No session is recorded." in said(document)
    assert as_word(document).startswith(b"PK")


def test_a_plan_is_one_page(making):
    asha = making.acting("asha")
    plan = get_plan(asha, Plan.objects.get(case=making.case).pk)

    document = plan_sheet(asha, plan)

    assert len(as_images(document)) == 1
    assert f"The school on {making.today:%-d %B %Y}, the family on" in said(document)
    assert "Keep a seat by the door" in said(document)


def test_making_a_document_leaves_both_traces(making):
    asha = making.acting("asha")

    make_closure_report(actor=asha, case=making.case, recipient=SERVICE, form="word")

    entry = ChronologyEntry.objects.filter(kind="DOCUMENT").latest("id")
    assert entry.summary == "Closure report made as Word, for the service and the council"
    assert not entry.is_shared


def test_a_failed_audit_makes_no_document(making, monkeypatch):
    asha = making.acting("asha")

    def fail(**_):
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_closure_report(actor=asha, case=making.case, recipient=SERVICE, form="pdf")
    assert not ChronologyEntry.objects.filter(kind="DOCUMENT").exists()


def test_a_school_does_not_make_the_report_and_a_draft_is_not_printed(making):
    with pytest.raises(Refused, match="Ask the lead worker"):
        make_closure_report(
            actor=making.acting("petra"), case=making.case, recipient=SERVICE, form="pdf"
        )
    plan = Plan.objects.get(case=making.case)
    plan.state = "DRAFT"
    with pytest.raises(Refused, match="once it is approved"):
        make_plan_sheet(actor=making.acting("asha"), plan=plan)


def test_files_come_as_attachments(making, signed_in):
    client = signed_in("asha")
    for form, start in (("pdf", b"%PDF-"), ("word", b"PK")):
        answer = client.post(f"/cases/{making.case.pk}/report/{form}/", {"for": "school"})
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment")
    answer = client.post(f"/plans/{Plan.objects.get(case=making.case).pk}/pdf/")
    assert answer.content.startswith(b"%PDF-")


def test_a_plan_printed_twice_in_a_day_stands_once_in_the_chronology_and_twice_in_the_audit(
    making, signed_in
):
    client = signed_in("asha")
    at = f"/plans/{Plan.objects.get(case=making.case).pk}/pdf/"

    for _ in range(2):
        assert client.post(at).content.startswith(b"%PDF-")

    making.acting("asha")
    assert ChronologyEntry.objects.filter(summary__endswith="for the class team").count() == 1
    made = AuditEntry.objects.filter(kind="document.made", detail__document="plan_sheet")
    assert made.count() == 2


@pytest.mark.parametrize("name", ["omar", "carys", "nell"])
def test_the_report_of_another_team_is_absent(making, signed_in, name):
    assert signed_in(name).get(f"/cases/{making.case.pk}/report/").status_code == 404


def test_a_concealed_postcode_written_as_a_plans_aim_is_not_printed(making):
    asha = making.acting("asha")
    Flag.objects.create(
        pupil=making.case.pupil,
        kind="CONCEALED_ADDRESS",
        weight="ACT",
        text="Address concealed",
        starts_on=date(2026, 1, 5),
        recorded_by_id=asha.staff_id,
    )
    Plan.objects.filter(case=making.case).update(aim="Walk home to EX1 1AA alone")
    plan = get_plan(asha, Plan.objects.get(case=making.case).pk)

    text = said(plan_sheet(asha, plan))

    assert "EX1 1AA" not in text
    assert "[address withheld]" in text


def test_what_changed_is_read_by_the_school_and_notes_by_the_service_alone(making):
    asha = making.acting("asha")
    Case.objects.filter(pk=making.case.pk).update(
        closing_summary="He stays in lessons.", closing_notes="Ring mum in June."
    )
    making.case.refresh_from_db()

    mine = said(closure_report(asha, making.case, SERVICE))
    theirs = said(closure_report(asha, making.case, SCHOOL))

    assert "What changed, and what is left He stays in lessons." in mine
    assert "What changed, and what is left He stays in lessons." in theirs
    assert "Ring mum in June." in mine
    assert "Ring mum in June." not in theirs


@pytest.mark.parametrize("recipient", Recipient)
def test_a_step_that_was_agreed_and_not_done_is_told_as_left(making, recipient):
    asha, case = making.acting("asha"), making.case
    PlanAction.objects.filter(party="SCHOOL").update(done_on=asha.today)
    step = {"actor": asha, "case": case, "pupil": case.pupil, "owner_id": asha.staff_id}
    for text, met in (("Put the exit card in the folder", "/visits/1/"), ("Tidy my notes", "")):
        cases.add_task(text=text, due_on=asha.today, agreed_from=met, **step)
    done = cases.add_task(text="Ring home", due_on=asha.today, agreed_from="/visits/1/", **step)
    Task.objects.filter(pk=done.pk).update(done_on=asha.today)
    case.closed_on = asha.today

    report = closure_report(asha, case, recipient)

    left = next(section for section in report.sections if section.title == "What is left")
    text = said(Document(title="", second="", note="", sections=(left,)))
    assert "not done when the case was closed: Put the exit card in the folder (Asha" in text
    assert not any(words in text for words in ("No agreed", "Tidy my notes", "Ring home"))


def test_the_report_says_each_stage_where_they_stood_while_the_case_ran(making):
    asha, case = making.acting("asha"), making.case
    stages = {stage.name: stage for stage in case.framework.stages.all()}

    def stood(name, first, last=None, **more):
        """Days from the opening of the case."""
        Standing.objects.create(
            pupil=case.pupil,
            stage=stages[name],
            starts_on=case.opened_on + timedelta(days=first),
            ends_on=None if last is None else case.opened_on + timedelta(days=last),
            reason="Decided together.",
            moved_by_id=asha.staff_id,
            **more,
        )

    Standing.objects.filter(pupil=case.pupil).delete()
    stood("School plan", -60, -30, is_told=True)
    stood("Whole school", -20, -1)
    stood("Outreach", 0, 3)
    stood("School plan", 4, 5)
    stood("School plan", 6, since_on=case.opened_on)
    older = Framework.objects.create(
        key=case.framework.key,
        name=case.framework.name,
        owner=case.framework.owner,
        version="1999",
        starts_on=case.opened_on,
    )
    Stage.objects.filter(name="Outreach").update(framework=older, order=9)

    facts = dict(closure_report(asha, case, SERVICE).facts)

    assert facts[case.framework.name] == "Outreach to School plan"
