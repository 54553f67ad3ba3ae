"""Who has looked, and what is shared: for those it is for, and without giving restricted things away."""

import pytest

from alongside.core.actions import break_glass
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import add_entry
from alongside.people.models import Capacity, EntryKind
from tests.children import Children


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    children.involve(robin, "asha")
    children.refer(robin, "outreach")
    return robin


def access(client, pupil, asked=""):
    return client.get(f"/pupils/{pupil.pk}/access/{asked}")


def test_the_lead_sees_who_looked_and_a_broken_glass_stands_out(signed_in, acting, robin):
    signed_in("petra").get(f"/pupils/{robin.pk}/")
    reason = "Called out at night by the family"
    break_glass(actor=acting("omar"), pupil_id=robin.pk, reason=reason, tell_staff_ids=[])

    page = access(signed_in("asha"), robin).content.decode()

    assert "Petra Exampleton" in page
    assert "Out of the ordinary" in page
    assert reason in page
    only = access(signed_in("asha"), robin, "?shows=glass").content.decode()
    assert "Petra Exampleton" not in only
    by_name = access(signed_in("asha"), robin, "?who=petra").content.decode()
    assert reason not in by_name


def test_a_co_worker_reads_why_not(signed_in, children, robin):
    children.involve(robin, "omar", Capacity.CO_WORKER)

    answer = access(signed_in("omar"), robin)

    assert answer.status_code == 409
    assert "You do not lead this pupil" in answer.content.decode()


def test_that_there_was_a_concern_is_not_given_away_by_the_log(signed_in, robin, for_a_purpose):
    from tests.web.test_concerns import raise_one

    raise_one(signed_in("petra"), robin)

    assert "oncern raised" not in access(signed_in("asha"), robin).content.decode()
    for_a_purpose(robin.pk)
    assert "oncern raised" in access(signed_in("dpo"), robin).content.decode()


def test_pages_of_the_log_hold_every_line_once(signed_in, robin, monkeypatch):
    monkeypatch.setattr("alongside.people.queries.access.PAGE", 2)
    client = signed_in("asha")
    for _ in range(3):
        client.get(f"/pupils/{robin.pk}/chronology/")

    first = access(client, robin).content.decode()

    assert "?after=" in first
    assert access(client, robin, "?after=junk").status_code == 200


@pytest.mark.duty("LP-102")
def test_the_preview_is_what_the_school_reads(signed_in, acting, robin):
    asha = acting("asha")

    def write(words, code, is_shared=False):
        add_entry(
            actor=asha,
            pupil=robin,
            kind=EntryKind.NOTE,
            information_class=InformationClass(code),
            summary=words,
            is_shared=is_shared,
        )

    write("Core line", "C2")
    write("Shared line", "C3", is_shared=True)
    write("Kept line", "C3")
    write("Family line", "C6")

    seen = signed_in("asha").get(f"/pupils/{robin.pk}/shared/?as=sendco").content.decode()
    theirs = signed_in("petra").get(f"/pupils/{robin.pk}/chronology/").content.decode()

    for words in ("Core line", "Shared line", "Kept line", "Family line"):
        assert (words in seen) == (words in theirs), words
    assert "Kept line" not in seen
    assert "<b>2</b> lines of yours" in seen
