"""Incoming pupils against known ones: joined, doubted and kept apart. All are invented."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.rules import upn
from alongside.rules.matching import Kind, Matcher, Person, match


def number(rest):
    return upn.check_letter(rest) + rest


ONE, TWO, THREE = (number(f"99140012000{n}") for n in (1, 2, 3))
TEMPORARY = number("99140012000A")
ROBIN = Person("Robin", "Testerly", date(2014, 3, 5), upn=ONE, postcode="LU1 3XA", key="robin")
MORGAN = Person("Morgan", "Samplewood", date(2013, 11, 20), upn=TWO, key="morgan")
KNOWN = (ROBIN, MORGAN)


def matched(known=KNOWN, person=ROBIN, **changes):
    return match(replace(person, key=None, **changes), known)


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({}, Kind.SAME, "Same UPN; name and date of birth agree."),
        ({"legal_surname": "Placeholder"}, Kind.SAME, "surname was Testerly"),
        ({"legal_forename": "Robyn"}, Kind.SAME, "name and date of birth agree"),
        ({"born_on": date(2014, 3, 6)}, Kind.LIKELY, "differs: born 5 March 2014 is recorded"),
        ({"born_on": None}, Kind.LIKELY, "one date of birth is missing"),
        ({"legal_forename": "Jamie"}, Kind.DOUBTFUL, "Robin Testerly is recorded: a twin's number"),
        (
            {"legal_forename": "Leo", "legal_surname": "Specimen", "born_on": date(2012, 1, 1)},
            Kind.DOUBTFUL,
            "Same UPN; but Robin Testerly, born 5 March 2014, is recorded.",
        ),
        (
            {"legal_surname": "Specimen", "born_on": date(2012, 1, 1)},
            Kind.DOUBTFUL,
            "born 5 March 2014, is recorded",
        ),
    ],
)
def test_the_upn_is_looked_at_first_and_never_alone(changes, kind, words):
    found = matched(**changes)

    assert (found.kind, found.candidate) == (kind, ROBIN)
    assert words in found.reasons[0]


def test_a_number_recorded_without_a_birthday_is_doubtful_for_another_name():
    undated = replace(ROBIN, born_on=None)

    found = matched((undated,), legal_forename="Leo")

    assert found.kind == Kind.DOUBTFUL
    assert "Robin Testerly, without a date of birth, is recorded" in found.reasons[0]


@pytest.mark.parametrize(
    ("incoming", "known"),
    [
        ({"upn": THREE, "former_upns": (ONE,)}, ROBIN),
        ({}, replace(ROBIN, upn=THREE, former_upns=(ONE,))),
    ],
)
def test_a_former_upn_counts_on_either_side(incoming, known):
    found = matched((known,), **incoming)

    assert found.kind == Kind.SAME
    assert found.reasons[0].startswith("The UPN of one is a former UPN of the other; name")


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({}, Kind.SAME, "Same name and date of birth."),
        ({"legal_forename": "ROBIN ", "legal_surname": "Tésterly"}, Kind.SAME, "Same name"),
        ({"legal_forename": "Robyn"}, Kind.LIKELY, "the name is a form of Robin Testerly"),
        ({"legal_forename": "Robin Leo"}, Kind.LIKELY, "the name is a form of"),
        ({"legal_surname": "Testerlay"}, Kind.LIKELY, "the name is a form of"),
        ({"upn": TEMPORARY}, Kind.SAME, "Same name and date of birth."),
        ({"upn": THREE}, Kind.DOUBTFUL, "another UPN: two children, or one given two numbers?"),
        ({"legal_forename": "Dobin"}, Kind.DOUBTFUL, "one child spelt two ways, or twins?"),
        ({"legal_surname": "Mockford-Testerly"}, Kind.DOUBTFUL, "the surname is near Testerly"),
        ({"legal_surname": "Mockford"}, Kind.DOUBTFUL, "postcode; surname was Testerly"),
        (
            {"legal_forename": "Testerly", "legal_surname": "Robin"},
            Kind.DOUBTFUL,
            "changed places",
        ),
        (
            {"born_on": date(2014, 5, 3)},
            Kind.DOUBTFUL,
            "day and month of birth have changed places",
        ),
        ({"born_on": date(2014, 3, 15)}, Kind.DOUBTFUL, "the date of birth is near born 5 March"),
        ({"born_on": None}, Kind.DOUBTFUL, "one date of birth is missing"),
    ],
)
def test_without_a_upn_name_and_birthday_decide(changes, kind, words):
    found = matched(**({"upn": ""} | changes))

    assert (found.kind, found.candidate) == (kind, ROBIN)
    assert words in found.reasons[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"legal_forename": "Leo", "legal_surname": "Specimen"},
        {"legal_surname": "Mockford", "postcode": ""},
        {"legal_surname": "Mockford", "postcode": "LU2 7AA"},
        {"born_on": date(2014, 3, 15), "postcode": ""},
        {"born_on": date(2014, 4, 15)},
        {"born_on": date(2010, 3, 5), "legal_surname": "Mockford"},
        {"born_on": date(2010, 3, 5), "legal_forename": "Leo"},
    ],
)
def test_too_little_in_common_is_a_new_pupil(changes):
    found = matched(**({"upn": ""} | changes))

    assert (found.kind, found.candidate, found.contenders) == (Kind.NEW, None, ())
    assert found.reasons == ("No pupil with this UPN, or this name and date of birth.",)


@pytest.mark.parametrize(
    ("postcode", "words"),
    [
        ("LU1 3XA", "Same surname, date of birth and postcode as"),
        ("", "Same surname and date of birth as"),
    ],
)
def test_a_twin_is_kept_apart_and_the_reason_says_so(postcode, words):
    found = matched(legal_forename="Jamie", upn=TWO, known=(ROBIN,), postcode=postcode)

    assert (found.kind, found.candidate) == (Kind.NEW, None)
    assert found.reasons == (
        f"{words} Robin Testerly, another first name: kept apart, perhaps a twin.",
    )


def test_a_twin_whose_surname_is_spelt_otherwise_is_kept_apart_too():
    found = matched(legal_forename="Jamie", legal_surname="Testerlay", upn="", known=(ROBIN,))

    assert found.kind == Kind.NEW
    assert "kept apart" in found.reasons[0]


def test_each_twin_finds_its_own_record():
    jamie = replace(ROBIN, legal_forename="Jamie", upn=TWO, key="jamie")
    twins = Matcher([ROBIN, jamie])

    assert twins.match(replace(ROBIN, upn="")).candidate == ROBIN
    assert twins.match(replace(jamie, upn="")).candidate == jamie
    assert twins.match(replace(jamie, upn="")).kind == Kind.SAME


def test_the_sex_recorded_may_raise_a_doubt_only_when_both_are_known():
    known = replace(ROBIN, sex="F")

    assert matched((known,), upn="", sex="M").kind == Kind.DOUBTFUL
    assert "sex recorded differs" in matched((known,), upn="", sex="M").reasons[0]
    assert matched((known,), upn="", sex="F").kind == Kind.SAME
    assert matched((known,), upn="", sex="").kind == Kind.SAME
    assert matched((ROBIN,), upn="", sex="M").kind == Kind.SAME


def test_a_preferred_name_is_a_name():
    known = replace(MORGAN, preferred_forename="Priya", preferred_surname="Mockford")

    found = match(Person("Priya", "Mockford", MORGAN.born_on), (known,))

    assert (found.kind, found.candidate) == (Kind.SAME, known)


def test_two_equally_good_records_are_a_doubt():
    twice = (replace(ROBIN, upn="", key=1), replace(ROBIN, upn="", key=2))

    found = matched(twice)

    assert (found.kind, found.candidate) == (Kind.DOUBTFUL, None)
    assert found.contenders == twice
    assert found.reasons[0] == "2 pupils could be meant, and none is clearly nearer."
    assert found.reasons[1:] == ("Same name and date of birth.",)


def test_an_exact_name_beats_a_near_one():
    near = replace(ROBIN, legal_forename="Robyn", upn="", key="near")

    found = matched((near, replace(ROBIN, upn="")), upn="")

    assert (found.kind, found.candidate.key) == (Kind.SAME, "robin")


def test_among_equals_the_one_with_the_upn_is_meant():
    copy = replace(ROBIN, upn="", key="copy")

    found = matched((copy, ROBIN))

    assert (found.kind, found.candidate) == (Kind.SAME, ROBIN)


def test_the_upn_of_one_and_the_name_of_another_are_a_doubt():
    found = matched(upn=TWO)

    assert (found.kind, found.candidate) == (Kind.DOUBTFUL, None)
    assert set(found.contenders) == {ROBIN, MORGAN}


def test_a_upn_held_by_two_records_is_a_doubt():
    copy = replace(ROBIN, key="copy")

    assert matched((ROBIN, copy)).kind == Kind.DOUBTFUL


def test_a_swapped_birthday_is_found_only_where_it_is_another_day():
    born_5_may = replace(ROBIN, born_on=date(2014, 5, 5), postcode="")

    assert matched((born_5_may,), upn="", born_on=date(2014, 5, 6)).kind == Kind.NEW
    assert matched((born_5_may,), upn="", born_on=date(2014, 5, 25)).kind == Kind.NEW


def test_no_candidates_is_a_new_pupil():
    assert match(ROBIN, ()).kind == Kind.NEW


@pytest.mark.parametrize(
    ("forename", "surname"),
    [("Morgan", "Samplewood"), ("Robin", "Samplewood"), ("Morgan", "Testerly")],
)
def test_another_child_with_the_mirrored_birthday_is_nobody_we_know(forename, surname):
    other = Person(forename, surname, date(2014, 5, 3))

    assert matched((other,), upn="").kind == Kind.NEW


@pytest.mark.parametrize(("forename", "surname"), [("Testerly", "Mockford"), ("Mockford", "Robin")])
def test_one_name_in_the_others_place_is_not_enough(forename, surname):
    assert matched(upn="", legal_forename=forename, legal_surname=surname).kind == Kind.NEW


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"upn": ONE, "legal_surname": "Testerlay"}, Kind.SAME, "name and date of birth agree"),
        ({"legal_forename": "Dobin", "legal_surname": "Testerlay"}, Kind.DOUBTFUL, "or twins?"),
        (
            {"legal_forename": "Robyn", "legal_surname": "Mockford-Testerly"},
            Kind.DOUBTFUL,
            "near Testerly",
        ),
        (
            {"legal_forename": "Robyn", "legal_surname": "Mockford"},
            Kind.DOUBTFUL,
            "surname was Testerly",
        ),
        (
            {"legal_forename": "Robyn", "born_on": date(2014, 5, 3)},
            Kind.DOUBTFUL,
            "have changed places",
        ),
        (
            {"legal_surname": "Testerlay", "born_on": date(2014, 5, 3)},
            Kind.DOUBTFUL,
            "have changed places",
        ),
    ],
)
def test_a_slip_in_one_name_does_not_hide_what_else_is_so(changes, kind, words):
    found = matched(**({"upn": ""} | changes))

    assert found.kind == kind
    assert words in found.reasons[0]


def test_the_twelfth_of_a_month_has_a_mirror_and_the_thirteenth_has_none():
    december = replace(ROBIN, born_on=date(2014, 12, 5))

    assert matched((december,), upn="", born_on=date(2014, 5, 12)).kind == Kind.DOUBTFUL
    assert matched((december,), upn="", postcode="", born_on=date(2014, 5, 13)).kind == Kind.NEW


MAX = replace(ROBIN, upn="", former_names=(("Max", "Testerly"),))


@pytest.mark.parametrize(
    ("born_on", "kind"), [(ROBIN.born_on, Kind.LIKELY), (date(2014, 3, 6), Kind.DOUBTFUL)]
)
def test_by_a_name_it_once_had_a_person_looks_before_it_is_joined(born_on, kind):
    found = matched((MAX,), upn="", legal_forename="Max", born_on=born_on)

    assert (found.kind, found.candidate and found.candidate.key) in {(kind, "robin"), (kind, None)}
    assert "Robin Testerly was recorded as Max Testerly before." in found.reasons


def test_the_name_it_has_now_needs_no_other():
    found = matched((MAX,), upn="")

    assert found.kind == Kind.SAME
    assert not any("before" in reason for reason in found.reasons)
