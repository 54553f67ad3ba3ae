"""A pupil's record: who may open it, what stands on it, and that opening it leaves a trace."""

import pytest

from alongside.core.models import AuditEntry
from tests.children import Children


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil(pronouns="he, him")
    children.involve(robin, "asha")
    return robin


def test_the_record_opens_for_who_works_with_the_pupil(signed_in, robin):
    page = signed_in("asha").get(f"/pupils/{robin.pk}/")

    assert page.status_code == 200
    for words in ("Robin Testerly", "Year 9", "Chalkhill High School", "Who has looked"):
        assert words in page.content.decode()


@pytest.mark.parametrize("name", ["omar", "carys", "marta", "nell"])
def test_the_record_is_absent_for_everyone_else(signed_in, robin, name):
    assert signed_in(name).get(f"/pupils/{robin.pk}/").status_code == 404


@pytest.mark.duty("OW-69")
def test_opening_the_record_leaves_a_line_in_the_audit_trail(signed_in, acting, robin):
    signed_in("asha").get(f"/pupils/{robin.pk}/")

    acting("dpo")
    line = AuditEntry.objects.latest("id")
    assert (line.kind, line.pupil_ids) == ("pupil.viewed", [robin.pk])


@pytest.mark.duty("OW-69")
def test_a_change_of_the_record_leaves_one_too_and_nobody_else_opens_it(signed_in, acting, robin):
    client, today = signed_in("asha"), acting("asha").today
    told = {"kind": "NOTE", "summary": "Rang home", "information_class": "C3"}
    on = {"occurred_on_0": today.day, "occurred_on_1": today.month, "occurred_on_2": today.year}

    written = client.post(f"/pupils/{robin.pk}/chronology/new/", told | on)
    unseen = signed_in("omar").post(f"/pupils/{robin.pk}/chronology/new/", told | on)

    assert (written.status_code, unseen.status_code) == (302, 404)
    acting("dpo")
    line = AuditEntry.objects.filter(pupil_ids=[robin.pk]).latest("id")
    assert line.kind == "chronology.written" and line.staff_id == acting("asha").staff_id


def test_who_has_looked_is_a_tab_of_the_lead_and_the_manager_only(
    signed_in, children, robin, for_a_purpose
):
    from alongside.people.models import Capacity

    children.involve(robin, "omar", Capacity.CO_WORKER)
    children.refer(robin, "outreach")
    for_a_purpose(robin.pk)

    def has_tab(name):
        return "Who has looked" in signed_in(name).get(f"/pupils/{robin.pk}/").content.decode()

    assert [has_tab(name) for name in ("asha", "mina", "dpo", "omar", "petra")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_the_record_is_printed_in_few_queries(signed_in, robin, django_assert_max_num_queries):
    client = signed_in("asha")

    with django_assert_max_num_queries(15):
        client.get(f"/pupils/{robin.pk}/")
