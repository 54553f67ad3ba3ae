"""What leaves on paper or in a file carries no concealed address, though its maker may not read it."""

import pytest

from alongside.documents.withheld import cleaned_list, withheld
from alongside.fieldwork.models import Session
from alongside.people.actions.around import add_carer, move_address
from alongside.people.actions.chronology import add_entry, correct_entry
from alongside.people.models import EntryKind
from tests.children import Children
from tests.plans.makers import make_case

pytestmark = pytest.mark.django_db
TOLD = "He ran home to 9  secret WAY, EX1 2MP; Pat Hiddenham was there."
LEFT = "He ran home to [address withheld], [address withheld]; [a person not to be contacted] was there."


@pytest.fixture
def case(acting, cast):
    return make_case(acting, cast).case


@pytest.fixture
def robin(acting, case):
    """Asha, who leads, wrote the address down and may no longer read it."""
    robin = case.pupil
    asha = acting("asha")
    where = {"line_1": "9 Secret Way", "town": "Eastmere", "postcode": "EX1 1AA"}
    move_address(actor=asha, pupil=robin, starts_on=asha.today, is_concealed=True, **where)
    add_carer(actor=asha, pupil=robin, name="Pat Hiddenham", is_do_not_contact=True)
    return robin


def tell(actor, case):
    entry = add_entry(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CONTACT,
        information_class="C3",
        summary=TOLD,
        detail=TOLD,
    )
    correct_entry(actor=actor, entry=entry, words=TOLD)
    Session.objects.create(
        pupil=case.pupil,
        case=case,
        kind="ONE_TO_ONE",
        starts_at=entry.occurred_at,
        minutes=45,
        attendance="ATTENDED",
        what_we_did=TOLD,
        recorded_by_id=actor.staff_id,
    )


def test_a_line_goes_however_it_is_spaced_and_a_postcode_goes_always(acting, robin):
    assert withheld(acting("asha"), robin).clean_all([TOLD, "", "In town"]) == [LEFT, "", "In town"]


def test_another_childs_words_stay_as_they_are(acting, cast, robin):
    other = Children(cast).pupil("Leo", "Placeholder")

    rows = cleaned_list(acting("asha"), [(robin.pk, [TOLD, 1]), (other.pk, [TOLD, 2])])

    assert [list(row) for row in rows] == [[LEFT, 1], [TOLD, 2]]


@pytest.mark.parametrize("address", ["chronology/csv/", "chronology/print/", "sessions/csv/"])
def test_no_list_that_is_taken_away_carries_it(acting, signed_in, robin, case, address):
    tell(acting("asha"), case)

    page = signed_in("asha").get(f"/pupils/{robin.pk}/{address}").content.decode().lower()

    assert "he ran home to [address withheld]" in page
    for hidden in ("secret", "ex1 2mp", "hiddenham"):
        assert hidden not in page


@pytest.fixture
def apart(acting, robin):
    """Two more whom nobody is to reach, and what may be said of others."""
    asha = acting("asha")
    add_carer(
        actor=asha,
        pupil=robin,
        name="Mr Karl Wexford-Hay",
        is_do_not_contact=True,
        phone="07700 900123",
        email="karl.hay@example.org",
    )
    add_carer(actor=asha, pupil=robin, name="Al", is_do_not_contact=True)
    add_carer(actor=asha, pupil=robin, name="Sam Testerly", is_do_not_contact=True)
    add_carer(actor=asha, pupil=robin, name="Sam Otherwise", phone="07700 900999")
    return robin


HIDDEN = "[a person not to be contacted]"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Karl  Wexford-Hay rang", f"{HIDDEN} rang"),
        ("karl wexford hay rang", f"{HIDDEN} rang"),
        ("Karl-Wexford Hay’s car", f"{HIDDEN}’s car"),
        ("Mr Wexford-Hay, again", f"{HIDDEN}, again"),
        ("WEXFORD HAY rang", f"{HIDDEN} rang"),
        ("Karl was there", f"{HIDDEN} was there"),
        ("Al was at Chalkhill", f"{HIDDEN} was at Chalkhill"),
        ("et al. and a final goal", "et al. and a final goal"),
        ("Al-Amin sat beside Karla", "Al-Amin sat beside Karla"),
        ("Sam  Testerly rang", f"{HIDDEN} rang"),
        ("Robin Testerly and Sam Otherwise", "Robin Testerly and Sam Otherwise"),
        ("Ring 07700900123 or 077 00-900 123.", f"Ring {HIDDEN} or {HIDDEN}."),
        ("+44 (0)7700 900 123", HIDDEN),
        ("+44 7700 900123", HIDDEN),
        ("Ring 07700 900999 or 07700 9001234", "Ring 07700 900999 or 07700 9001234"),
        ("Karl.Hay @ example.org wrote", f"{HIDDEN} wrote"),
        ("mail karl.hay@example.org.", f"mail {HIDDEN}."),
    ],
)
def test_whom_nobody_is_to_reach_is_withheld_by_whole_words_however_spaced(
    acting, apart, said, left
):
    assert withheld(acting("asha"), apart).clean_all([said]) == [left]


def test_a_name_that_is_the_schools_or_the_workers_too_stays(acting, apart, case):
    asha = acting("asha")
    add_carer(actor=asha, pupil=apart, name=case.school.name.split()[0], is_do_not_contact=True)
    add_carer(actor=asha, pupil=apart, name=asha.name.split()[0], is_do_not_contact=True)
    said = f"{asha.name} of {case.school.name}"

    assert withheld(asha, apart).clean_all([said]) == [said]


def test_a_name_that_is_a_month_leaves_the_days_alone(acting, robin):
    add_carer(actor=acting("asha"), pupil=robin, name="May Hiddenly", is_do_not_contact=True)

    cleaned = withheld(acting("asha"), robin).clean_all(["On 12 May 2026 May rang. He may go."])

    assert cleaned == [f"On 12 May 2026 {HIDDEN} rang. He may go."]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("14 Larch-Way", "[address withheld]"),
        ("14, LARCH  way", "[address withheld]"),
        ("14 Larchway", "[address withheld]"),
        ("14-Larch–Way, EX3-4ZZ", "[address withheld], [address withheld]"),
        ("EX3 - 4ZZ", "[address withheld]"),
        ("114 Larch Way", "114 Larch Way"),
        ("14 Larch Waylands", "14 Larch Waylands"),
        ("2 St Marys Court", "[address withheld]"),
        ("2 St. Mary’s-Court", "[address withheld]"),
    ],
)
def test_an_address_goes_with_hyphens_and_without_spaces(acting, case, said, left):
    asha = acting("asha")
    move_address(
        actor=asha,
        pupil=case.pupil,
        starts_on=asha.today,
        is_concealed=True,
        line_1="14 Larch Way",
        line_2="2 St. Mary's Court",
        town="Eastmere",
        postcode="EX3 4ZZ",
    )

    assert withheld(asha, case.pupil).clean_all([said]) == [left]


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Dad (Karl)", "Dad (Karl) rang, and Karl again", f"{HIDDEN} rang, and {HIDDEN} again"),
        ("Dad (Karl)", "Her new dad and Dad’s brother", "Her new dad and Dad’s brother"),
        ("Mum's ex-partner", "Mum's here, an ex-partner too", "Mum's here, an ex-partner too"),
        ("karl hidden-name", "Karl rang", f"{HIDDEN} rang"),
        ("Dad", "Dad rang", f"{HIDDEN} rang"),
    ],
)
def test_who_somebody_is_to_the_child_is_no_name_beside_one(acting, robin, name, said, left):
    add_carer(actor=acting("asha"), pupil=robin, name=name, is_do_not_contact=True)

    assert withheld(acting("asha"), robin).clean_all([said]) == [left]
