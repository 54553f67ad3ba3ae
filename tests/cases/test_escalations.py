"""Something passed up is acknowledged and answered by who directs the work, and by nobody else."""

import pytest
from django.db import connection

from alongside.cases import actions, escalated, escalations, policy
from alongside.cases.models import Escalation
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice, Staff
from alongside.people.models import Capacity, ChronologyEntry

pytestmark = pytest.mark.django_db

Kind, Decision = Escalation.Kind, Escalation.Decision


def put(actor, route, asked="mina", **told):
    return escalations.raise_escalation(
        actor=actor,
        asked=route.staff(asked),
        answer_by=actor.today,
        **{"kind": Kind.DIRECTION, "words": "May the morning be shortened?", **told},
    )


def names(actor):
    return [person.name for person in escalated.who_directs(actor)]


def test_it_goes_to_the_manager_of_the_service_and_to_no_other_service(acting, route):
    assert names(acting("asha")) == [route.staff("mina").name]
    assert names(acting("ben")) == sorted([route.staff("lena").name, route.staff("carys").name])


def test_the_line_manager_comes_first(acting, route):
    acting("mina")
    Staff.objects.filter(pk=route.staff("asha").pk).update(line_manager=route.staff("hugo"))

    assert names(acting("asha")) == [route.staff("hugo").name, route.staff("mina").name]


def test_nobody_is_asked_who_does_not_direct_the_work(acting, route):
    with pytest.raises(Problem, match="does not direct your work"):
        put(acting("asha"), route, asked="carys")


def test_a_question_about_a_case_stands_on_its_record_with_the_direction(acting, route):
    one = put(acting("asha"), route, case=route.case)

    mina = acting("mina")
    escalations.answer_escalation(
        actor=mina, escalation=one, decision=Decision.DIRECTED, answer="Keep the morning whole."
    )

    lines = ChronologyEntry.objects.filter(url=f"/escalations/{one.pk}/").order_by("pk")
    assert [line.detail for line in lines] == ["", "Keep the morning whole."]
    assert AuditEntry.objects.filter(kind="escalation.answered").exists()


def test_the_worker_is_told_of_each_step(acting, route):
    one = put(acting("asha"), route)
    mina = acting("mina")

    escalations.acknowledge_escalation(actor=mina, escalation=one)
    escalations.answer_escalation(
        actor=mina, escalation=one, decision=Decision.NOT_AGREED, answer="Not our work."
    )

    told = Notice.objects.filter(staff=route.staff("asha"), kind__startswith="escalation")
    assert set(told.values_list("kind", flat=True)) == {
        "escalation.acknowledged",
        "escalation.answered",
    }


def test_an_answer_is_given_once_and_by_whom_was_asked(acting, route):
    one = put(acting("asha"), route, case=route.case)

    lena = acting("lena")
    with pytest.raises(Refused, match="was put to"):
        escalations.acknowledge_escalation(actor=lena, escalation=one)
    mina = acting("mina")
    told = {"decision": Decision.AGREED, "answer": "Yes."}
    escalations.answer_escalation(actor=mina, escalation=one, **told)
    with pytest.raises(Refused, match="was answered on"):
        escalations.answer_escalation(actor=mina, escalation=one, **told)


def test_the_line_manager_answers_for_somebody_away(acting, route):
    one = put(acting("asha"), route)
    mina = acting("mina")
    Staff.objects.filter(pk=mina.staff_id).update(line_manager=route.staff("hugo"))

    hugo = acting("hugo")

    assert policy.answer_escalation(hugo, escalated.get_escalation(hugo, one.pk))


def test_work_outside_the_brief_names_the_school(acting, route):
    with pytest.raises(Problem, match="Choose the school"):
        put(acting("asha"), route, kind=Kind.BRIEF)


def test_others_do_not_find_it(acting, route):
    one = put(acting("asha"), route, case=route.case)

    for name in ("omar", "lena", "petra", "sara"):
        with pytest.raises(NotFound):
            escalated.get_escalation(acting(name), one.pk)


def test_the_database_itself_shows_it_to_no_school(acting, route):
    one = put(acting("asha"), route, case=route.case)
    acting("petra")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_escalation WHERE id = %s", [one.pk])
        assert cursor.fetchone() == (0,)


def test_a_schools_own_people_pass_nothing_up_here(acting, route):
    with pytest.raises(Refused, match="Only those who work cases"):
        put(acting("petra"), route)


def test_who_waits_for_an_answer_and_who_owes_it_both_find_it(acting, route):
    one = put(acting("asha"), route)

    assert [e.pk for e in escalated.list_escalations(acting("asha"))] == [one.pk]
    assert [e.pk for e in escalated.list_escalations(acting("mina"))] == [one.pk]
    assert escalated.list_escalations(acting("omar")) == []


def test_own_cases_are_those_one_works_as_lead_or_co_worker(acting, route):
    mina = acting("mina")
    actions.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.CO_WORKER,
        starts_on=mina.today,
    )

    assert [case.pk for case in escalated.own_open_cases(acting("omar"))] == [route.case.pk]
    assert escalated.own_open_cases(acting("mina")) == []
