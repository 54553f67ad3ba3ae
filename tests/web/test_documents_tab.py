"""The Documents tab: files known by their bytes, read by class, shared, removed and put back."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.core import files
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry, StoredFile
from alongside.documents.actions import make_closure_report
from alongside.documents.closure_report import Recipient
from alongside.people.actions import documents as actions
from alongside.people.models import ChronologyEntry, Document
from alongside.referrals.models import Evidence, Referral
from tests.browser import problems, too_wide
from tests.pages import plain
from tests.routes import route  # noqa: F401

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 invented"
TITLE = "Letter from the clinic"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path


def archive(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as kept:
        for name in names:
            kept.writestr(name, "invented")
    return made.getvalue()


def add(actor, pupil, title=TITLE, of="C3", **told):
    return actions.add_document(
        actor=actor, pupil=pupil, title=title, information_class=InformationClass(of),
        upload=SimpleUploadedFile("letter.pdf", PDF + title.removeprefix(TITLE).encode()), **told,
    )  # fmt: skip


def tab(pupil, rest=""):
    return f"/pupils/{pupil.pk}/documents/{rest}"


def page_of(client, url):
    return client.get(url).content.decode()


def test_the_same_file_twice_is_said_and_not_kept(acting, route, letter):
    with pytest.raises(Problem, match=f"This file is here already: “{TITLE}”"):
        add(acting("asha"), route.pupil)

    assert Document.objects.count() == 1


def test_a_document_bears_no_day_before_the_child_was_born(acting, route):
    with pytest.raises(Problem, match="before the child was born"):
        add(acting("asha"), route.pupil, dated_on=date(1950, 1, 1))


@pytest.fixture
def letter(acting, route):
    return add(acting("asha"), route.pupil)


def test_a_file_is_added_found_on_the_tab_and_taken_away_as_it_was(signed_in, acting, route):
    client = signed_in("asha")
    told = {
        "upload": SimpleUploadedFile("letter.pdf", PDF), "title": TITLE, "information_class": "C3",
        "dated_on_0": "3", "dated_on_1": "2", "dated_on_2": "2026",
    }  # fmt: skip

    page = client.post(tab(route.pupil, "new/"), told, follow=True).content.decode()
    acting("asha")
    kept = Document.objects.get()
    listed = page_of(client, tab(route.pupil))
    file = client.get(tab(route.pupil, f"{kept.pk}/file/"))

    assert "Added. It is not shared with the school." in page
    for words in (TITLE, "PDF", "Asha Exampleton", "Casework"):
        assert words in listed
    assert "3 February 2026" in page
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    line = ChronologyEntry.objects.get(kind="DOCUMENT")
    assert (line.summary, line.information_class) == (f"Document added: {TITLE}", "C3")
    acting("dpo")
    kinds = set(
        AuditEntry.objects.filter(subject=f"document {kept.pk}").values_list("kind", flat=True)
    )
    assert kinds == {"document.added", "document.downloaded"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.pdf", b"<script>alert(1)</script>", "is not a PDF"),
        ("letter.exe", PDF, "is not a PDF"),
        ("letter.docx", archive("xl/workbook.xml"), "is not a PDF"),
        ("letter.docx", archive("word/document.xml", "word/vbaProject.bin"), "is not a PDF"),
        ("letter.xlsx", b"PK\x03\x04 not an archive", "is not a PDF"),
        ("letter.pdf", b"", "This file is empty"),
    ],
)
def test_what_a_file_is_not_is_said_beside_what_was_typed(
    signed_in, acting, route, name, content, words
):
    told = {"upload": SimpleUploadedFile(name, content), "title": TITLE, "information_class": "C3"}

    answer = signed_in("asha").post(tab(route.pupil, "new/"), told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert TITLE in page
    acting("asha")
    assert not Document.objects.exists()


def test_a_word_file_that_is_one_is_taken(acting, route):
    upload = SimpleUploadedFile("notes.docx", archive("word/document.xml"))

    kept = actions.add_document(
        actor=acting("asha"), pupil=route.pupil, title="Notes", upload=upload,
        information_class=InformationClass.CASEWORK,
    )  # fmt: skip

    assert kept.file.content_type.endswith("wordprocessingml.document")


def test_nothing_chosen_says_what_is_missing(signed_in, route):
    page = signed_in("asha").post(tab(route.pupil, "new/"), {}).content.decode()

    for words in ("Choose the file", "Enter what it is", "Choose"):
        assert words in page


def test_a_day_that_has_not_come_is_refused(signed_in, acting, route):
    on = acting("asha").today + timedelta(days=2)
    told = {
        "upload": SimpleUploadedFile("letter.pdf", PDF), "title": TITLE, "information_class": "C3",
        "dated_on_0": on.day, "dated_on_1": on.month, "dated_on_2": on.year,
    }  # fmt: skip

    assert signed_in("asha").post(tab(route.pupil, "new/"), told).status_code == 422


def test_a_class_that_the_role_does_not_write_is_not_offered_and_not_taken(signed_in, route):
    client, url = signed_in("asha"), tab(route.pupil, "new/")
    told = {"upload": SimpleUploadedFile("a.pdf", PDF), "title": TITLE, "information_class": "C5"}

    assert 'value="C5"' not in page_of(client, url)
    assert client.post(url, told).status_code == 422


@pytest.mark.parametrize("name", ["omar", "marta", "nell"])
def test_out_of_scope_is_the_same_as_absent(signed_in, letter, name):
    client = signed_in(name)

    for rest in ("", "new/", f"{letter.pk}/", f"{letter.pk}/file/", f"{letter.pk}/remove/"):
        unseen = client.get(tab(letter.pupil, rest))
        assert unseen.status_code in (403, 404)
        assert TITLE not in unseen.content.decode()


@pytest.mark.parametrize("name", ["petra", "hana"])
@pytest.mark.parametrize("of", ["C2", "C3", "C4", "C6"])
def test_a_school_meets_no_document_until_it_is_shared(signed_in, acting, route, name, of):
    kept = add(acting("asha"), route.pupil, of="C3" if of == "C4" else of)
    if of == "C4":  # Asha reads that class and does not write it.
        Document.objects.filter(pk=kept.pk).update(information_class="C4")
    client = signed_in(name)

    pages = [
        page_of(client, tab(route.pupil)),
        page_of(client, f"/pupils/{route.pupil.pk}/chronology/"),
    ]
    unseen = client.get(tab(route.pupil, f"{kept.pk}/"))
    absent = client.get(tab(route.pupil, "99999999/"))

    assert not any(TITLE in page for page in pages)
    assert plain(unseen.content) == plain(absent.content).replace("99999999", str(kept.pk))
    assert client.get(tab(route.pupil, f"{kept.pk}/file/")).status_code == 404


def test_shared_it_is_read_by_the_school_and_taken_back_it_is_not(signed_in, acting, letter):
    client, url = signed_in("asha"), tab(letter.pupil, f"{letter.pk}/")
    school = signed_in("petra")

    before = page_of(client, url)
    client.post(f"{url}share/", {"to": "share"})
    shared = [
        page_of(school, u)
        for u in (tab(letter.pupil), url, f"/pupils/{letter.pupil_id}/chronology/")
    ]
    file = school.get(f"{url}file/").content
    client.post(f"{url}share/", {"to": "take_back"})

    assert "Who would read it" in before
    assert "Petra Exampleton" in before
    assert all(TITLE in page for page in shared)
    assert "Share with the school" not in shared[1]
    assert file == PDF
    assert school.get(url).status_code == 404
    assert TITLE not in page_of(school, f"/pupils/{letter.pupil_id}/chronology/")
    acting("dpo")
    assert (
        AuditEntry.objects.filter(kind__in=["document.shared", "document.taken_back"]).count() == 2
    )


def test_what_the_family_keeps_from_the_school_is_never_shared(signed_in, acting, route):
    kept = add(acting("asha"), route.pupil, of="C6")
    url = tab(route.pupil, f"{kept.pk}/")

    page = page_of(signed_in("asha"), url)
    answer = signed_in("asha").post(f"{url}share/", {"to": "share"})

    assert "Family-confidential is not shared with a school." in page
    assert answer.status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=kept.pk).update(is_shared=True)


@pytest.mark.duty("SC-86")
@pytest.mark.parametrize(
    ("name", "sees"),
    [("dora", "title"), ("asha", "presence"), ("mina", "presence"), ("petra", "presence"),
     ("hana", "nothing"), ("hugo", "nothing"), ("dpo", "title")],
)  # fmt: skip
def test_a_restricted_document_is_read_told_of_or_not_known_as_the_matrix_says(
    signed_in, acting, for_a_purpose, route, name, sees
):
    route.children.refer(route.pupil, "outreach")
    for_a_purpose(route.pupil.pk)
    route.children.dsl_named("chalkhill")
    kept = add(acting("dora"), route.pupil, "Strategy meeting", "C5")

    page = page_of(signed_in(name), tab(route.pupil))

    told = "Safeguarding and social care document. To know more, ask K. Specimen, DSL"
    assert ("Strategy meeting" in page) == (sees == "title")
    assert (told in page) == (sees == "presence")
    status = signed_in(name).get(tab(route.pupil, f"{kept.pk}/file/")).status_code
    assert status == (200 if sees == "title" else 404)
    acting("dpo")
    opened = AuditEntry.objects.filter(kind="document.downloaded", staff_id=acting(name).staff_id)
    acting("dpo")
    assert opened.exists() == (status == 200)


@pytest.mark.wall
@pytest.mark.parametrize("name", ["asha", "petra", "hana"])
def test_the_database_itself_keeps_a_restricted_document_and_its_file(acting, route, name):
    add(acting("dora"), route.pupil, "Strategy meeting", "C5")

    acting(name)

    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_removed_with_a_reason_it_is_gone_and_put_back_it_is_there(signed_in, acting, letter):
    client, url = signed_in("asha"), tab(letter.pupil, f"{letter.pk}/")
    signed_in("asha").post(f"{url}share/", {"to": "share"})

    short = client.post(f"{url}remove/", {"reason": "Wrong"})
    gone = client.post(f"{url}remove/", {"reason": "It is about another child"}, follow=True)
    file, school = client.get(f"{url}file/"), signed_in("petra").get(url)
    back = client.post(f"{url}restore/", follow=True).content.decode()

    assert "Say in a sentence why" in short.content.decode()
    assert "Removed. If it was a slip, put it back below." in gone.content.decode()
    assert (file.status_code, school.status_code) == (404, 404)
    assert "It is back among the documents." in back
    assert client.get(f"{url}file/").content == PDF
    acting("asha")
    beneath = ChronologyEntry.objects.filter(corrects=letter.entry).order_by("pk")
    assert [line.summary for line in beneath] == [
        "Document removed: It is about another child", "Document put back",
    ]  # fmt: skip
    acting("dpo")
    kinds = AuditEntry.objects.filter(kind__in=["document.removed", "document.put_back"])
    assert kinds.count() == 2


def test_what_was_removed_is_listed_for_who_may_put_it_back_only(signed_in, acting, letter):
    asha = acting("asha")
    actions.remove_document(actor=asha, document=letter, reason="It is about another child")

    assert "Removed" in page_of(signed_in("asha"), tab(letter.pupil))
    assert TITLE not in page_of(signed_in("petra"), tab(letter.pupil))
    again = signed_in("asha").get(tab(letter.pupil, f"{letter.pk}/remove/")).content.decode()
    assert "This document was removed on" in again


@pytest.mark.parametrize(
    ("name", "reads"), [("petra", "write to the chronology"), ("hugo", "write")]
)
def test_who_only_reads_is_told_so(signed_in, route, letter, name, reads):
    route.children.refer(route.pupil, "outreach")
    client = signed_in(name)

    for rest in ("new/", f"{letter.pk}/remove/"):
        answer = client.get(tab(route.pupil, rest))
        assert answer.status_code == 403
        assert reads in answer.content.decode()
    assert "Add a document" not in page_of(client, tab(route.pupil))


def test_reports_made_and_papers_of_referrals_stand_beside(signed_in, acting, route):
    asha = acting("asha")
    make_closure_report(actor=asha, case=route.case, recipient=Recipient.SCHOOL, form="word")
    make_closure_report(actor=asha, case=route.case, recipient=Recipient.SERVICE, form="word")
    petra = acting("petra")
    referral = Referral.objects.create(
        reference="R-1", pupil=route.pupil, school=route.case.school, service=route.service,
        framework=route.framework, main_worry="LEAVING", sent_at=timezone.now(),
        sent_by_id=petra.staff_id,
    )  # fmt: skip
    upload = SimpleUploadedFile("support.txt", b"Tried a later start")
    file = files.store(actor=petra, upload=upload, information_class=InformationClass.CASEWORK)
    Evidence.objects.create(
        referral=referral, file=file, what="Support plan", added_by_id=petra.staff_id
    )

    mine, theirs = (page_of(signed_in(n), tab(route.pupil)) for n in ("asha", "petra"))

    for words in ("Support plan", "Referral R-1", "for the school"):
        assert words in mine and words in theirs
    assert "for the service and the council" in mine
    assert "for the service and the council" not in theirs


def test_without_any_the_tab_says_so(signed_in, route):
    page = page_of(signed_in("asha"), tab(route.pupil))

    assert "Letters, reports and assessments about the pupil stand here." in page


def test_sixty_documents_ask_no_more_of_the_database(
    signed_in, acting, route, django_assert_max_num_queries
):
    asha = acting("asha")
    for number in range(60):
        add(asha, route.pupil, f"Letter {number}")
    client = signed_in("asha")

    with django_assert_max_num_queries(24):
        page = page_of(client, tab(route.pupil))

    assert "Letter 0" in page and "Letter 59" in page


def test_a_failed_audit_adds_nothing(acting, route, monkeypatch):
    from alongside.core import audit

    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        add(asha, route.pupil)

    assert not Document.objects.exists()
    assert not ChronologyEntry.objects.filter(kind="DOCUMENT").exists()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_well_made_on_a_phone_and_a_desk(signed_in, browse, letter, width):
    page = browse(signed_in("asha"), width=width)

    for rest in ("", "new/", f"{letter.pk}/", f"{letter.pk}/remove/"):
        page.goto(tab(letter.pupil, rest))
        assert too_wide(page) <= 0, rest
        assert problems(page) == [], rest
