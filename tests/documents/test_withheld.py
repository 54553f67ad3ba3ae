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
