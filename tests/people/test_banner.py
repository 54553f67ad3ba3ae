"""The banner of a pupil: the longest name, five flags, two schools, and few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people.queries import banner
from tests.children import Children

LONGEST = ("Maximilian-Bartholomew Oluwaseun", "Featherstonehaugh-Ramanathapuram Testerly")


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    """Robin with everything that a banner may hold."""
    robin = children.pupil(*LONGEST, status="M", pronouns="he, him")
    children.enrol(robin, "orchard", "S")
    children.dsl_named("chalkhill")
    children.involve(robin, "asha")
    children.carer(robin, "Sam Testerly", relationship="father", is_do_not_contact=True)
    children.flag(robin, "OTHER", "KNOW", "SEN support: SEMH")
    children.flag(robin, "SAFETY_PLAN", "ACT", "Safety plan: read first")
    children.flag(robin, "SOCIAL_WORKER", "RESTRICTED", "Social worker: L. Placeholder")
    children.flag(robin, "COMMUNICATION", "KNOW", "Exit card")
    return robin


def test_the_name_stands_first_with_year_age_birthday_and_pronouns(acting, robin):
    shown = banner(acting("asha"), robin)

    assert shown["name"] == " ".join(LONGEST)
    assert shown["who"].startswith("Year 9 · 13 years ")
    assert shown["who"].endswith("born 14 March 2013 · he, him")


@pytest.mark.duty("OW-06")
def test_dual_registration_is_one_record_with_both_schools(acting, robin):
    facts = banner(acting("asha"), robin)["facts"]

    assert [(fact["label"], fact["value"]) for fact in facts] == [
        ("On roll and responsible (main)", "Chalkhill High School"),
        ("Also taught at (subsidiary)", "Orchard Centre"),
        ("Lead worker", "Asha Exampleton (asha@example.org)"),
    ]


def test_flags_to_act_on_come_first_and_do_not_contact_before_them(acting, robin):
    words = [flag["word"] for flag in banner(acting("asha"), robin)["flags"]]

    assert words == [
        "Do not contact father",
        "Safety plan: read first",
        "Has a social worker: ask K. Specimen, DSL",
        "SEN support: SEMH",
        "Exit card",
    ]


def test_a_restricted_flag_is_read_only_by_the_cleared(acting, robin):
    def words_for(name):
        return [
            f["word"] for f in banner(acting(name), robin)["flags"] if f["kind"] == "restricted"
        ]

    assert words_for("dora") == ["Social worker: L. Placeholder"]
    assert words_for("asha") == ["Has a social worker: ask K. Specimen, DSL"]
    assert words_for("hana") == []


def test_with_no_named_lead_the_holder_of_the_role_is_asked(acting, children):
    robin = children.pupil()
    children.flag(robin, "SOCIAL_WORKER", "RESTRICTED", "x")

    assert banner(acting("asha"), robin)["ask"] == "Dora Exampleton, DSL"


def test_an_ended_flag_and_a_past_lead_are_not_shown(acting, children):
    actor = acting("asha")
    robin = children.pupil()
    children.flag(robin, "OTHER", "KNOW", "Was so", ends_on=actor.today.replace(year=2020))
    past = children.involve(robin, "omar")
    past.ends_on = past.starts_on
    past.save(update_fields=["ends_on"])

    shown = banner(acting("asha"), robin)

    assert shown["flags"] == []
    assert [fact["label"] for fact in shown["facts"]] == ["On roll and responsible"]


def test_the_banner_costs_one_query(acting, robin):
    actor = acting("asha")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        banner(actor, robin)

    assert len(queries) == 1
