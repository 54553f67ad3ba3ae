"""Reading ages: the published formula done by hand, and counts a reader would make."""

import pytest

from alongside.rules.reading_age import reading_age, split_sentences, syllables

PLAIN = (
    "We met at school on Monday. We talked about what helps you learn. "
    "You told us that you like art. We will meet you again next week. "
    "Please call us if you want to ask about the plan."
)
OFFICIAL = (
    "Notwithstanding the aforementioned considerations, the authority's multidisciplinary "
    "professionals subsequently recommended individualised educational provision incorporating "
    "therapeutic interventions, notwithstanding representations communicated previously by "
    "parental representatives throughout the consultation undertaken in accordance with regulations."
)


def test_the_formula_by_hand():
    # 40 words, 5 sentences, 44 syllables: 0.39*8 + 11.8*1.1 - 15.59 = 0.51; and five is 5.5.
    text = " ".join(["The cat sat on the big mat today."] * 4 + ["The cat sat on the big red mat."])

    found = reading_age(text)

    assert (found.words, found.sentences) == (40, 5)
    assert found.age == 6


def test_a_plain_letter_suits_and_an_official_one_does_not():
    plain, official = reading_age(PLAIN), reading_age(OFFICIAL)

    assert plain.suits()
    assert plain.age <= 9
    assert official.age == 20
    assert not official.suits()
    assert official.long_sentences == (OFFICIAL,)
    assert official.in_words == "About age 20. 1 sentence is longer than 25 words."
    assert plain.in_words == f"About age {plain.age}."


def test_one_long_sentence_is_enough_to_look_again():
    long = " ".join(["we"] * 26) + "."
    exact = " ".join(["we"] * 25) + "."

    assert not reading_age(f"{PLAIN} {long}").suits()
    assert reading_age(f"{PLAIN} {exact}").suits()
    assert "1 sentence is longer" in reading_age(f"{PLAIN} {long}").in_words
    assert "2 sentences are longer" in reading_age(f"{PLAIN} {long} {long}").in_words


def test_a_younger_reader_may_be_asked_for():
    found = reading_age(PLAIN)

    assert found.suits(found.age)
    assert not found.suits(found.age - 1)


def test_a_few_words_are_a_rough_answer():
    assert reading_age(" ".join(["we met."] * 15)).is_rough is False
    assert reading_age("We met.").in_words == "About age 5, from only 2 words."


@pytest.mark.parametrize("text", ["", "   ", "12.30 – 14!", "..."])
def test_nothing_to_read_has_no_age(text):
    assert reading_age(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dear Mrs. Mockford. We met Dr. Specimen.", 2),
        ("Is it so? It is! Good.", 3),
        ("We will:\n- call you\n- write to you\n", 3),
        ("Dear Priya\n\nWe met today.\nIt went well.", 3),
        ("She said “yes.” We agreed.", 2),
        ("At 9.30 we met", 1),
    ],
)
def test_where_sentences_end(text, count):
    assert len(split_sentences(text)) == count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (
            1,
            (
                "the school asked played goes makes placed one came tree please named dies rules whole "
                "clothes read year plan notes smiles"
            ),
        ),
        (
            2,
            (
                "table little people lion station social wanted houses before special children because "
                "being reading quiet parents rhythm simple apples agree needed lesson pencils meeting "
                "going bridges boxes region question language equal review weekly agreed changes judges "
                "sources O’Brien"
            ),
        ),
        (
            3,
            (
                "created area video idea manual radio initial serious actual exclusion suspension family "
                "attendance"
            ),
        ),
        (4, "education evaluate situation criticism safeguarding"),
    ],
)
def test_syllables_as_a_reader_says_them(count, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)
