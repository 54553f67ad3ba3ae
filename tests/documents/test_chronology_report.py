"""A chronology for a hearing: complete, numbered, with both times, and never more than its maker reads."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from alongside.core.decisions import Refused
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry
from alongside.documents import actions
from alongside.documents.blocks import words_of
from alongside.documents.chronology_report import Wanted, chronology_report
from alongside.people.actions.chronology import add_entry, correct_entry
from alongside.people.models import ChronologyEntry, EntryKind, Flag
from alongside.people.queries.chronology import Chosen
from tests.children import Children
from tests.documents.reading import words_in

pytestmark = pytest.mark.django_db

CORE = frozenset(InformationClass(c) for c in ("C1", "C2", "C3", "C4"))


@pytest.fixture
def robin(db, cast):
    children = Children(cast)
    robin = children.pupil()
    for name in ("asha", "omar", "ben"):
        children.involve(robin, name)
    return robin


def write(actor, pupil, summary, days_ago=0, **told):
    return add_entry(
        actor=actor,
        pupil=pupil,
        **{
            "kind": EntryKind.CONTACT,
            "information_class": InformationClass.CASEWORK,
            "occurred_at": timezone.now() - timedelta(days=days_ago, minutes=1),
            **told,
        },
        summary=summary,
    )


def wanted(**told):
    return Wanted(**{"hearing": "the review panel", "chosen": Chosen(), "classes": CORE, **told})


def text(actor, pupil, **told):
    return "\n".join(words_of(chronology_report(actor, pupil, wanted(**told))))


def test_lines_are_numbered_oldest_first_with_both_times_and_corrections(acting, robin):
    asha = acting("asha")
    write(asha, robin, "Second")
    first = write(asha, robin, "First, told late", days_ago=3, detail="All of it.")
    correct_entry(actor=asha, entry=first, words="It was her aunt")

    said = text(asha, robin)

    assert said.index("\n1\n") < said.index("First, told late") < said.index("\n2\n")
    assert said.index("First, told late") < said.index("Second")
    assert "All of it." in said
    assert "Correction: It was her aunt" in said
    assert said.count("Recorded later") == 1


def test_only_the_chosen_classes_go_in_and_what_is_left_out_is_counted(acting, robin):
    asha = acting("asha")
    write(asha, robin, "Ordinary")
    write(asha, robin, "Not for the school", information_class=InformationClass.FAMILY)

    said = text(asha, robin)

    assert "Not for the school" not in said
    assert "1 line of the record left out" in said
    assert "Not for the school" in text(asha, robin, classes=CORE | {InformationClass.FAMILY})


def test_a_note_for_named_people_goes_in_only_when_asked_for(acting, robin, cast):
    asha = acting("asha")
    write(asha, robin, "Between two", readers=[cast.staff["omar"]])

    assert "Between two" not in text(asha, robin)
    assert "Between two" in text(asha, robin, has_named=True)
    assert "Between two" not in text(acting("mina"), robin, has_named=True)


def test_a_note_for_named_people_says_so_in_a_line_of_its_own(acting, robin, cast):
    asha = acting("asha")
    write(asha, robin, "Ordinary")
    write(asha, robin, "Between two", readers=[cast.staff["omar"]], is_hidden=True)

    said = text(asha, robin, has_named=True)

    assert said.count("For named people only, hidden from others") == 1
    assert said.index("Between two") < said.index("For named people only")


@pytest.mark.parametrize("name", ["asha", "omar", "bola"])
def test_a_note_for_named_people_looks_like_no_other_line_of_the_spreadsheet(
    signed_in, acting, robin, cast, name
):
    Children(cast).involve(robin, "bola")
    asha = acting("asha")
    write(asha, robin, "Ordinary", days_ago=1)
    write(asha, robin, "Between two", readers=[cast.staff["omar"]])

    answer = signed_in(name).get(f"/pupils/{robin.pk}/chronology/csv/")

    heads, ordinary, named = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert named[heads.index("For whom")] == "For named people only"
    assert ordinary[heads.index("For whom")] == ""
    assert ("Between two" in named) is (name != "bola")


def test_a_restricted_line_says_whom_to_ask_unless_left_out(acting, robin):
    dora = acting("dora")
    write(dora, robin, "Strategy meeting", information_class=InformationClass.SAFEGUARDING)
    asha = acting("asha")

    assert "Restricted entry. To know more, ask" in text(asha, robin)
    assert "Strategy" not in text(asha, robin)
    assert "Restricted entry" not in text(asha, robin, has_presence=False)


def test_a_concealed_address_never_stands_in_it(acting, robin):
    asha = acting("asha")
    Flag.objects.create(
        pupil=robin,
        kind="CONCEALED_ADDRESS",
        weight="ACT",
        text="Address concealed",
        starts_on=robin.born_on,
        recorded_by_id=asha.staff_id,
    )
    write(asha, robin, "Letter to EX1 1AA came back")

    said = text(asha, robin)

    assert "EX1 1AA" not in said
    assert "Letter to [address withheld] came back" in said


@pytest.mark.duty("RC-27")
def test_a_caseworker_takes_every_contact_decision_and_document_to_a_hearing_as_numbered_pages(
    signed_in, acting, cast
):
    children = Children(cast, maker="nell")
    pupil = children.pupil("Jamie", "Placeholder", at="fenland")
    children.involve(pupil, "nell")
    nell = acting("nell")
    for n in range(90):
        write(nell, pupil, f"Contact number {n}", days_ago=n, detail="What was said. " * 20)
    write(nell, pupil, "Decided to meet weekly", kind=EntryKind.NOTE)
    client = signed_in("nell")
    shown = client.get(f"/pupils/{pupil.pk}/chronology/").content.decode()
    assert "Decided to meet weekly" in shown
    assert "Contact number 1<" in shown or "Contact number 1" in shown

    answer = client.post(
        f"/pupils/{pupil.pk}/chronology/hearing/",
        {"hearing": "the review panel", "classes": ["C1", "C2", "C3", "C4"], "has_presence": "on"},
    )

    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) > 3
    said = words_in(answer.content)
    assert all(f"Contactnumber{n}" in said for n in range(90))
    assert "Decidedtomeetweekly" in said
    assert f"Page2of{len(reader.pages)}" in said
    acting("nell")
    assert ChronologyEntry.objects.filter(
        summary="Chronology made for the review panel", kind=EntryKind.DOCUMENT
    ).exists()
    assert AuditEntry.objects.filter(kind="document.made", pupil_ids=[pupil.pk]).exists()


def test_a_forty_page_note_goes_in_whole(acting, robin):
    asha = acting("asha")
    pages = "\n\n".join(f"Sheet {n} of it. " + "He waited by the door. " * 80 for n in range(1, 41))
    write(asha, robin, "A report, pasted", detail=pages)

    made = actions.make_chronology(actor=asha, pupil=robin, wanted=wanted())

    assert "Sheet40ofit." in words_in(made.content)
    assert len(PdfReader(BytesIO(made.content)).pages) > 20


def test_who_makes_no_documents_takes_none(acting, robin):
    with pytest.raises(Refused, match="Ask the lead worker"):
        actions.make_chronology(actor=acting("ben"), pupil=robin, wanted=wanted())


def test_with_nothing_chosen_the_page_says_so(signed_in, robin):
    client = signed_in("asha")
    address = f"/pupils/{robin.pk}/chronology/hearing/"

    page = client.post(address, {"hearing": "the panel"})

    assert page.status_code == 422
    last = {"to_on_0": 1, "to_on_1": 1, "to_on_2": 2026}
    first = {"from_on_0": 2, "from_on_1": 1, "from_on_2": 2026}
    page = client.post(address, {"hearing": "the panel", "classes": ["C3"], **first, **last})
    assert "The last day is before the first." in page.content.decode()
