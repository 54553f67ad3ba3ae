"""Learning gaps with their subject and year; needs in national categories; the register."""

from datetime import timedelta

import pytest

from alongside.assessments import actions, policy, queries
from alongside.assessments.actions import Answer
from alongside.assessments.models import Need, SendNeeds
from alongside.cases.models import Case
from alongside.cases.suspected_needs import suspect_need
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.people.models import ChronologyEntry, Pupil
from tests.assessments.made import assess, lists

pytestmark = pytest.mark.django_db


def gaps(actor, route, *keys, **changes):
    told = {"source": "Test of 20 November", "found_on": actor.today}
    return actions.record_gaps(
        actor=actor, pupil=route.pupil, objectives=keys, **(told | changes)
    )  # fmt: skip


def test_a_gap_has_its_subject_year_and_words(acting, route):
    (gap,) = gaps(acting("asha"), route, "2-mathematics-3")

    assert (gap.subject, gap.year_group, gap.area) == ("Mathematics", "2", "Mathematics, Year 2")
    assert gap.text == "Knows the 2, 5 and 10 times tables"
    line = ChronologyEntry.objects.get(kind="ASSESSMENT")
    assert line.summary == "1 learning gap found: Mathematics, Year 2"


def test_a_gap_in_words_serves_older_pupils(acting, route):
    (gap,) = gaps(
        acting("asha"), route, own_words="Fractions of quantities", subject="Mathematics",
        year_group="8",
    )  # fmt: skip

    assert (gap.objective, gap.area) == ("", "Mathematics, Year 8")


def test_a_gap_that_is_known_is_not_doubled(acting, route):
    asha = acting("asha")
    gaps(asha, route, "2-mathematics-3")
    gaps(asha, route, "2-mathematics-3", "2-mathematics-4")

    assert len(queries.gaps_of(asha, route.pupil)) == 2
    with pytest.raises(Problem, match="Gaps known stay"):
        gaps(asha, route, "2-mathematics-3")


def test_a_gap_is_closed_on_a_day_and_may_open_again(acting, route):
    asha = acting("asha")
    (gap,) = gaps(asha, route, "2-mathematics-3", found_on=asha.today - timedelta(days=9))

    actions.end_need(actor=asha, need=gap, ended_on=asha.today, note="9 of 10 in the test")
    (again,) = gaps(asha, route, "2-mathematics-3")

    closed = Need.objects.get(pk=gap.pk)
    assert (closed.ended_on, closed.closing_note) == (asha.today, "9 of 10 in the test")
    assert again.pk != gap.pk
    assert ChronologyEntry.objects.filter(summary__startswith="Learning gap closed").exists()


@pytest.mark.parametrize(
    ("keys", "changes", "words"),
    [
        ((), {}, "Choose what is not learnt"),
        (("9-magic-1",), {}, "from the list"),
        (("2-mathematics-3",), {"source": " "}, "Say how you know"),
        (("2-mathematics-3",), {"found_on": timedelta(days=1)}, "has not come yet"),
    ],
)
def test_what_cannot_stand_is_refused(acting, route, keys, changes, words):
    asha = acting("asha")
    if "found_on" in changes:
        changes = {"found_on": asha.today + changes["found_on"]}

    with pytest.raises(Problem, match=words):
        gaps(asha, route, *keys, **changes)


@pytest.mark.parametrize("name", ["petra", "theo", "ines"])
def test_only_those_who_work_cases_record_gaps(acting, route, name):
    with pytest.raises(Refused, match="does not record"):
        gaps(acting(name), route, "2-mathematics-3")


def suspected(acting, route) -> Need:
    need, _ = suspect_need(
        actor=acting("asha"), pupil=route.pupil, text="Loses words", source="Seen in two lessons"
    )
    return need


def answer(actor, need, **changes):
    told = {"words": "Screened and put on the register", "outcome": "SUPPORT"}
    told |= {"assessed": "Speech screen by S. Sampler", "registered_on": actor.today} | changes
    return actions.answer_need(actor=actor, need=need, answer=Answer(**told))


def test_an_answer_brings_the_child_onto_the_register_with_its_day(acting, route):
    need = suspected(acting, route)
    Pupil.objects.filter(pk=route.pupil.pk).update(sen_provision="N")
    petra = acting("petra")

    answered = answer(petra, need)

    assert (answered.outcome, answered.registered_on) == ("SUPPORT", petra.today)
    assert Pupil.objects.get(pk=route.pupil.pk).sen_provision == "K"


def test_a_plan_is_not_lowered_to_support(acting, route):
    need = suspected(acting, route)
    Pupil.objects.filter(pk=route.pupil.pk).update(sen_provision="E")

    answer(acting("petra"), need)

    assert Pupil.objects.get(pk=route.pupil.pk).sen_provision == "E"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"registered_on": None}, "on which day"),
        ({"outcome": "NONE"}, "Only a child put on the register"),
        ({"registered_on": timedelta(days=1)}, "has not come yet"),
    ],
)
def test_the_register_and_its_day_go_together(acting, route, changes, words):
    need = suspected(acting, route)
    petra = acting("petra")
    if isinstance(changes.get("registered_on"), timedelta):
        changes = {"registered_on": petra.today + changes["registered_on"]}

    with pytest.raises(Problem, match=words):
        answer(petra, need, **changes)


def categories(actor, route, primary="SEMH", secondary="SLCN", **more):
    return actions.record_send_needs(
        actor=actor, pupil=route.pupil, primary=primary, secondary=secondary, **more
    )


def test_primary_and_secondary_need_stand_with_their_barriers(acting, route):
    asha = acting("asha")
    barriers = lists()
    assess(asha, route.pupil, barriers["worry"])

    recorded = categories(asha, route, needs=queries.standing_barriers(route.pupil))

    assert queries.texts_of(asha, recorded.need_ids) == ["Worry that stops them starting"]
    assert Pupil.objects.get(pk=route.pupil.pk).sen_need == "SEMH"
    line = ChronologyEntry.objects.get(information_class="C2", kind="ASSESSMENT")
    assert line.summary.endswith("second: speech, language and communication needs")


def test_the_earlier_answer_is_kept_with_its_end(acting, route):
    asha = acting("asha")
    categories(asha, route)
    categories(asha, route, "ASD", "")

    now, before = queries.send_needs_of(route.pupil)
    assert (now.primary, now.ended_on) == ("ASD", None)
    assert (before.primary, before.ended_on) == ("SEMH", asha.today)


def test_the_schools_sendco_records_it_without_a_case(acting, route):
    Case.objects.update(state="CLOSED", closed_on=acting("asha").today)

    categories(acting("petra"), route)

    assert SendNeeds.objects.count() == 1


@pytest.mark.parametrize("name", ["hana", "theo", "marta", "ines"])
def test_nobody_else_of_a_school_records_it(acting, route, name):
    assert not policy.record_send(acting(name), route.pupil)


def test_two_alike_are_refused(acting, route):
    with pytest.raises(Problem, match="another than the first"):
        categories(acting("asha"), route, "SEMH", "SEMH")


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    for attempt in (lambda: categories(asha, route), lambda: gaps(asha, route, "2-reading-1")):
        with pytest.raises(RuntimeError):
            attempt()

    assert not SendNeeds.objects.exists()
    assert not Need.objects.exists()


@pytest.mark.parametrize("has_case", [True, False])
def test_the_schools_sendco_puts_a_pupil_on_the_register_herself(acting, route, has_case):
    petra = acting("petra")
    if not has_case:
        Case.objects.update(state="CLOSED", closed_on=petra.today)
    Pupil.objects.filter(pk=route.pupil.pk).update(sen_provision="N")
    told = {"actor": petra, "pupil": route.pupil, "primary": "SEMH", "provision": "K"}

    with pytest.raises(Problem, match="on which day"):
        actions.record_send_needs(**told)
    actions.record_send_needs(**told, registered_on=petra.today - timedelta(days=3))

    route.pupil.refresh_from_db()
    assert (route.pupil.sen_provision, route.pupil.sen_need) == ("K", "SEMH")
    line = ChronologyEntry.objects.get(summary="Put on the SEND register: SEN support")
    assert line.is_shared
    assert line.occurred_at.date() == petra.today - timedelta(days=3)


def test_nobody_but_the_sendco_changes_the_register(acting, route):
    Pupil.objects.filter(pk=route.pupil.pk).update(sen_provision="N")
    asha = acting("asha")

    with pytest.raises(Refused, match="SENDCo"):
        actions.record_send_needs(
            actor=asha, pupil=route.pupil, primary="SEMH", provision="K", registered_on=asha.today
        )


def test_the_sendco_finds_the_register_on_the_page_of_learning(acting, route, signed_in):
    Pupil.objects.filter(pk=route.pupil.pk).update(sen_provision="N")
    at = f"/pupils/{route.pupil.pk}/assessment"
    petra = signed_in("petra")

    assert "Change the SEND register" in petra.get(f"{at}/learning/").content.decode()
    on = acting("petra").today
    told = {"primary": "SEMH", "provision": "K"}
    told |= {f"registered_on_{n}": part for n, part in enumerate((on.day, on.month, on.year))}
    assert petra.post(f"{at}/send/", told).status_code == 302
    assert "register" not in signed_in("asha").get(f"{at}/send/").content.decode().lower()
