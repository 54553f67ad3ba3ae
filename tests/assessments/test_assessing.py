"""Needs assessments: whole, numbered, never rewritten; they suggest, a person decides."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Need, NeedsAssessment, SupportLevel
from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.people.models import ChronologyEntry
from alongside.referrals.models import Referral
from tests.assessments.made import assess, lists, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def barriers(acting, route):
    acting("asha")
    return lists()


def test_barriers_chosen_stand_with_everybodys_words(acting, route, barriers):
    asha = acting("asha")

    made = assess(
        asha, route.pupil, barriers["worry"], barriers["money"],
        pupil_words="The gate is too loud", family_words="Mornings are hard",
        family_name="Jo Testerly", strengths=("Kind to younger pupils", " "),
    )  # fmt: skip

    needs = {(n.kind, n.text) for n in queries.needs_of(asha, route.pupil)}
    assert needs == {
        ("BARRIER", "Worry that stops them starting"),
        ("BARRIER", "Money is short"),
        ("STRENGTH", "Kind to younger pupils"),
    }
    assert (made.pupil_words, made.family_words) == ("The gate is too loud", "Mornings are hard")
    line = ChronologyEntry.objects.get(kind="ASSESSMENT")
    assert line.summary == "Needs assessment 1, at the start: 11 of 33, 2 barriers"
    assert line.information_class == "C3"


def test_the_next_assessment_keeps_ends_and_adds(acting, route, barriers):
    asha = acting("asha")
    before = asha.today - timedelta(days=40)
    first = assess(asha, route.pupil, barriers["worry"], barriers["money"], on=before)

    second = assess(asha, route.pupil, barriers["money"], barriers["noise"], after=1)

    stands = {need.text for need in queries.standing_barriers(route.pupil)}
    assert stands == {"Money is short", "Noise is too much"}
    over = Need.objects.get(barrier=barriers["worry"])
    assert (over.recorded_on, over.ended_on) == (before, asha.today)
    assert len(set(first.need_ids) & set(second.need_ids)) == 1  # The same barrier, not another.


def test_the_same_strength_is_not_written_twice(acting, route, barriers):
    asha = acting("asha")
    assess(asha, route.pupil, strengths=("Kind",))
    assess(asha, route.pupil, strengths=("Kind", "Draws"), after=1)

    assert Need.objects.filter(kind="STRENGTH").count() == 2


def test_a_scored_baseline_stands_beside_later_assessments(acting, route, barriers):
    asha = acting("asha")
    assess(asha, route.pupil, ratings=ratings(2, FEELINGS=3))
    assess(asha, route.pupil, ratings=ratings(1, FEELINGS=0), occasion="REVIEW", after=1)

    shown = queries.beside(queries.assessments_of(asha, route.pupil))
    lines = {line.domain: line for line in queries.domain_lines(shown)}

    assert [one.total for one in shown] == [23, 10]
    assert lines["FEELINGS"].ratings == (3, 0)
    assert lines["FEELINGS"].change == "Less in the way"


def test_many_assessments_show_the_first_and_the_newest_three(acting, route, barriers):
    asha = acting("asha")
    for number in range(6):
        assess(asha, route.pupil, after=number)

    shown = queries.beside(queries.assessments_of(asha, route.pupil))

    assert [one.number for one in shown] == [1, 4, 5, 6]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ratings": {"HOME": 1}}, "Rate every part"),
        ({"on": timedelta(days=1)}, "has not come yet"),
        ({"strengths": ("x" * 501,)}, "under 500"),
    ],
)
def test_what_cannot_stand_is_refused(acting, route, barriers, changes, words):
    asha = acting("asha")
    if "on" in changes:
        changes = {"on": asha.today + changes["on"]}

    with pytest.raises(Problem, match=words):
        assess(asha, route.pupil, **changes)

    assert not NeedsAssessment.objects.exists()
    assert not Need.objects.exists()


def test_two_people_at_once_make_one_and_the_second_is_told(acting, route, barriers):
    assess(acting("asha"), route.pupil)

    with pytest.raises(Problem, match="Assessment 1 was completed since you opened this page"):
        assess(acting("mina"), route.pupil)


def test_an_assessment_is_not_before_the_last(acting, route, barriers):
    asha = acting("asha")
    assess(asha, route.pupil)

    with pytest.raises(Problem, match="cannot be before it"):
        assess(asha, route.pupil, after=1, on=asha.today - timedelta(days=1))


@pytest.mark.duty("LP-98")
def test_an_assessment_at_referral_suggests_level_hours_and_strategies(acting, route, barriers):
    Case.objects.update(state="CLOSED", closed_on=acting("asha").today)
    refer(route, acting("petra"))
    lena = acting("mina")

    made = assess(
        lena, route.pupil, barriers["worry"], occasion="REFERRAL", ratings=ratings(2)
    )  # fmt: skip

    assert (made.suggested.key, made.suggested.hours_a_week) == ("much", 3)
    needs = queries.standing_barriers(route.pupil)
    assert queries.strategies_for(needs) == [
        ("Worry that stops them starting", ["Say what will happen"])
    ]
    decided = actions.decide_support(
        actor=lena, assessment=made, level=made.suggested, hours=Decimal(3)
    )
    assert (decided.agreed, decided.agreed_by_id) == (made.suggested, lena.staff_id)


def refer(route, sender) -> Referral:
    return Referral.objects.create(
        reference="R-1", pupil=route.pupil, school=route.case.school, service=route.service,
        framework=route.framework, main_worry="ABSENCE", last_incident="Not in since Monday",
        sent_at="2026-11-20T09:00Z", sent_by_id=sender.staff_id,
    )  # fmt: skip


def test_without_a_case_or_a_referral_nothing_is_assessed(acting, route, barriers):
    Case.objects.update(state="CLOSED", closed_on=acting("asha").today)

    assert "no open case and no referral" in policy.assess(acting("asha"), route.pupil).reason


def test_other_support_than_suggested_needs_a_reason(acting, route, barriers):
    asha = acting("asha")
    made = assess(asha, route.pupil)
    level = SupportLevel.objects.get(key="much")

    with pytest.raises(Problem, match="why it is not what the assessment suggests"):
        actions.decide_support(actor=asha, assessment=made, level=level, hours=Decimal(3))
    actions.decide_support(
        actor=asha, assessment=made, level=level, hours=Decimal(3), because="Sits exams in May"
    )

    with pytest.raises(Refused, match="This was decided on"):
        actions.decide_support(actor=asha, assessment=made, level=level, hours=Decimal(3))


def test_an_assistant_assesses_and_does_not_decide(acting, route, barriers):
    made = assess(acting("asha"), route.pupil)

    assert "lead worker or a manager" in policy.decide_support(acting("ben"), made).reason


def test_an_assessment_of_the_wrong_child_is_withdrawn_and_kept(acting, route, barriers):
    asha = acting("asha")
    made = assess(asha, route.pupil, barriers["worry"])

    actions.withdraw_assessment(actor=asha, assessment=made, reason="Made of the wrong child")

    (kept,) = queries.assessments_of(asha, route.pupil)
    assert kept.withdrawn_because == "Made of the wrong child"
    assert queries.beside([kept]) == []
    assert queries.standing_barriers(route.pupil) == []
    assert ChronologyEntry.objects.filter(summary__contains="1 withdrawn").exists()
    with pytest.raises(Refused, match="was withdrawn"):
        actions.withdraw_assessment(actor=asha, assessment=made, reason="Again")


@pytest.mark.parametrize("name", ["petra", "hana", "theo"])
def test_a_school_reads_shared_barriers_and_no_ratings(acting, route, barriers, name):
    made = assess(acting("asha"), route.pupil, barriers["worry"], is_shared=True)

    actor = acting(name)

    assert queries.assessments_of(actor, route.pupil) == []
    assert [n.text for n in queries.needs_of(actor, route.pupil)] == [
        "Worry that stops them starting"
    ]
    with pytest.raises(NotFound):
        queries.get_assessment(actor, route.pupil, made.pk)


@pytest.mark.parametrize("name", ["petra", "ines", "dora", "tom"])
def test_only_those_who_work_cases_assess(acting, route, barriers, name):
    with pytest.raises(Refused, match="does not record"):
        assess(acting(name), route.pupil)


def test_another_council_reads_nothing(acting, route, barriers):
    assess(acting("asha"), route.pupil)

    assert queries.assessments_of(acting("nell"), route.pupil) == []
    assert queries.barriers(acting("nell")) == []


def test_the_audit_names_the_child(acting, route, barriers):
    assess(acting("asha"), route.pupil)

    acting("dpo")
    assert AuditEntry.objects.get(kind="assessment.completed").pupil_ids == [route.pupil.pk]


def test_a_failed_audit_changes_nothing(acting, route, barriers, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        assess(asha, route.pupil, barriers["worry"])

    assert not NeedsAssessment.objects.exists()
    assert not Need.objects.exists()
