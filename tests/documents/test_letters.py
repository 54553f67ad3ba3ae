"""Whatever a child is called and whatever anybody types, the document is made and can be read."""

import logging
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.assessments.models import Voice
from alongside.core.models import AuditEntry
from alongside.documents import actions, glyphs
from alongside.documents.blocks import (
    Bullets,
    Document,
    Paragraph,
    Picture,
    Quote,
    Section,
    Table,
)
from alongside.documents.closure_report import Recipient
from alongside.documents.pdf import as_pdf, as_png
from alongside.documents.picture import Slope, before_and_after
from alongside.documents.word import as_word
from alongside.people.models import ChronologyEntry
from tests.documents.reading import words_in
from tests.documents.test_closure_report import word_text

WRITTEN = {
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਨੇ ਕਿਹਾ ਮੈਨੂੰ ਸਕੂਲ ਚੰਗਾ ਲੱਗਦਾ ਹੈ",
    "Gujarati": "મને શાળા ગમે છે",
    "Hindi": "मुझे स्कूल अच्छा लगता है",
    "Tamil": "எனக்கு பள்ளி பிடிக்கும்",
    "Polish": "Łukasz Gżegżółka, zażółć gęślą jaźń",
    "Greek": "Μου αρέσει το σχολείο",
    "Ukrainian": "Мені подобається школа, ґанок, їжак",
    "Romanian": "Ștefan Țurcanu",
    "Turkish": "İpek Işık Çağla",
    "Tigrinya": "ትምህርቲ እፈቱ",
}
# A letter drawn as several shapes at several heights is spelt out once for each of them.
IN_PARTS = {"Bengali": "আমি স্কুলে যেতে চাই", "Vietnamese": "Nguyễn Thị Hường"}
FROM_RIGHT = {"Urdu": "مجھے سکول پسند ہے", "Arabic": "أحب المدرسة", "Hebrew": "שלום"}


def one_line(text: str) -> Document:
    section = Section("Words", (Paragraph(text),))
    return Document(title="Words", second="", note="", sections=(section,))


def filled(text: str) -> Document:
    """A document with the same words in every place that takes words."""
    slope = Slope(text, text, 0, 10, 3, 5, "1 May", "2 May", text)
    svg, alt = before_and_after([slope], text)
    blocks = (
        Paragraph(text),
        Quote(text, text),
        Bullets((text,)),
        Table(text, (text, text), ((text, text),)),
        Picture(svg, alt),
    )
    return Document(
        title=f"About {text}",
        second=text,
        note=text,
        facts=((text, text),),
        sections=(Section(f"About {text}", blocks),),
        foot=text,
    )


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("tongue", WRITTEN)
def test_words_in_every_alphabet_can_be_read_from_the_pdf(tongue):
    text = WRITTEN[tongue]

    pdf = as_pdf(one_line(text))

    assert letters(text) in letters(words_in(pdf))
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize("tongue", IN_PARTS)
def test_letters_drawn_in_parts_stand_in_the_pdf_in_their_order(tongue):
    text = IN_PARTS[tongue]

    found = iter(letters(words_in(as_pdf(one_line(text)))))

    assert all(letter in found for letter in letters(text))


@pytest.mark.parametrize("tongue", FROM_RIGHT)
def test_words_from_right_to_left_keep_every_letter(tongue):
    text = FROM_RIGHT[tongue]

    found = words_in(as_pdf(one_line(text)))

    assert Counter(letters(text)) <= Counter(letters(found))


def test_a_sign_without_a_shape_is_named_and_the_word_copy_keeps_it():
    document = one_line("I felt 😀👍🏽 in 学校 ❤️ 🇵🇱")

    found = words_in(as_pdf(document))

    named = "I felt [grinning face][thumbs up sign] in [2 Chinese characters] "
    assert letters(f"{named}[heavy black heart] [flag PL]") in found
    assert letters("The Word copy shows them as they were written.") in found
    assert "😀👍🏽 in 学校" in word_text(as_word(document))


def test_plain_words_bring_no_note_of_signs_replaced():
    assert "squarebrackets" not in words_in(as_pdf(one_line("I like maths [a lot].")))


ODD = st.text(
    st.one_of(
        st.sampled_from("aZ9ł.ਗਾ্ক়ا😀学\u0301\u200d\ufe0f\u202e\u0338\u093f\n"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@pytest.mark.parametrize("text", ["\u0312", "Ĥ\u061b", "Ĥ،", "Ȁؠ", "\u0f71", "a&\u0f71"])
def test_signs_that_no_one_face_has_together_still_print(text):
    assert as_pdf(filled(text)).startswith(b"%PDF-")


@settings(deadline=None, max_examples=60)
@given(ODD)
def test_no_text_at_all_stops_a_document(text):
    document = filled(text)

    assert as_pdf(document).startswith(b"%PDF-")
    assert as_word(document).startswith(b"PK")


@given(ODD)
def test_what_can_be_drawn_is_left_as_it_was_and_the_rest_is_drawable(text):
    said = glyphs.drawable(text)

    assert glyphs.drawable(said) == said
    assert not glyphs.CONTROLS.search(said)


def test_every_face_has_its_licence_beside_it():
    for face in glyphs.FONTS.glob("*.ttf"):
        licence = glyphs.FONTS / "licences" / f"{face.stem.split('-')[0]}.txt"
        assert "SIL Open Font License, Version 1.1" in licence.read_text()


def test_all_faces_together_stay_under_three_megabytes():
    assert sum(face.stat().st_size for face in glyphs.FONTS.glob("*.ttf")) < 3_000_000


def test_a_picture_with_any_name_becomes_an_image():
    svg, alt = before_and_after([Slope("Ђ😀学\x07", "ਗ", 0, 9, 1, 2, "a", "b", "c")], "T")

    assert as_png(Picture(svg, alt)).startswith(b"\x89PNG")


@pytest.fixture
def spoken(making):
    """The child of the report said something with a sign that no face has."""
    Voice.objects.create(
        pupil=making.case.pupil,
        said_on=making.today,
        words="Maths is 😀 ਗਣਿਤ",
        method="TALK",
        is_shared=True,
        recorded_by_id=making.acting("asha").staff_id,
    )
    return making


def test_a_report_with_an_emoji_is_handed_over(spoken, signed_in):
    at = f"/cases/{spoken.case.pk}/report/pdf/"

    answer = signed_in("asha").post(at, {"for": "service"})

    assert answer.status_code == 200
    assert letters("Maths is [grinning face] ਗਣਿਤ") in letters(words_in(answer.content))


@pytest.mark.parametrize("form", ["pdf", "word"])
def test_a_file_that_cannot_be_made_is_told_in_words_and_logged(
    form, making, signed_in, monkeypatch, caplog
):
    def broken(document: Document) -> bytes:
        raise RuntimeError("no layout")

    monkeypatch.setitem(actions.FORMS, form, (broken, *actions.FORMS[form][1:]))
    asked = signed_in("asha")
    before = ChronologyEntry.objects.count(), AuditEntry.objects.count()

    with caplog.at_level(logging.ERROR):
        answer = asked.post(f"/cases/{making.case.pk}/report/{form}/", {"for": "school"})

    assert answer.status_code == 422
    assert "The file could not be made" in answer.content.decode()
    assert f"/cases/{making.case.pk}/report/?for=school" in answer.content.decode()
    assert (ChronologyEntry.objects.count(), AuditEntry.objects.count()) == before
    assert "no layout" in caplog.text


def test_a_plan_that_cannot_be_laid_out_is_told_in_words(making, signed_in, monkeypatch, caplog):
    monkeypatch.setattr(actions, "as_pdf", lambda document: 1 / 0)
    plan = making.case.plans.get()

    answer = signed_in("asha").post(f"/plans/{plan.pk}/pdf/")

    assert answer.status_code == 422
    assert "Read the plan on screen" in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_the_report_names_what_it_is_and_for_whom_in_any_alphabet(making):
    asha = making.acting("asha")
    pupil = making.case.pupil
    pupil.legal_forename, pupil.legal_surname = "ਗੁਰਪ੍ਰੀਤ", "Żółć"
    pupil.save(update_fields=["legal_forename", "legal_surname"])

    made = actions.make_closure_report(
        actor=asha, case=making.case, recipient=Recipient.SCHOOL, form="pdf"
    )

    assert letters("Closure report: ਗੁਰਪ੍ਰੀਤ Żółć") in letters(words_in(made.content))
