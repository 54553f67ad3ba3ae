"""The waiting list, signposting, and the weekly cut-off."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.cases.models import Task
from alongside.core import audit
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import Notice, Place
from alongside.people.models import ChronologyEntry, Involvement
from alongside.referrals import actions, policy, queries, waiting
from alongside.referrals.lists import Asked, find
from alongside.referrals.models import CutOff, Referral, Wait
from alongside.rules.working_days import count_working_days
from tests.referrals import made

pytestmark = pytest.mark.django_db


def outreach(cast) -> Place:
    return Place.objects.get(pk=cast.places["outreach"])


@pytest.mark.duty("LP-56")
def test_a_referral_goes_from_received_to_the_waiting_list_to_accepted_each_with_its_reason(
    acting, cast
):
    referral = made.waiting(acting, cast)
    done = actions.accept(
        actor=acting("asha"),
        referral=referral,
        reason="Omar has room from Monday.",
        version=referral.version,
    )

    taken = [(s.name, s.to_state, bool(s.reason)) for s in reversed(queries.steps_of(done))]
    assert taken == [
        ("send", "SENT", True),
        ("start_screening", "SCREENING", True),
        ("answer", "SCREENING", True),
        ("wait", "WAITING", True),
        ("accept", "ACCEPTED", True),
    ]
    assert done.case and Wait.objects.get().ends_on == acting("asha").today


def test_nothing_speaks_yet_for_what_no_criterion_is_answered_of(acting, cast):
    assert not policy.speaks_for_it(made.screening(acting, cast))


@pytest.mark.duty("LP-56")
def test_what_belongs_elsewhere_is_signposted_with_no_criterion_answered(acting, cast):
    referral = made.signposted(acting, cast)

    step = referral.steps.get(name="signpost")
    assert (referral.state, referral.signposted_to) == ("SIGNPOSTED", "Early Help, 01632 960100")
    assert "Early Help" in step.reason and "sleep" in step.reason and step.created_at
    assert not Involvement.objects.filter(ends_on=None).exists()
    assert "pointed the school to Early Help" in ChronologyEntry.objects.latest("id").summary


def test_the_school_is_told_what_it_waits_for_and_until_when(acting, cast):
    referral = made.waiting(acting, cast)

    wait = waiting.wait_of(referral)
    until = f"{wait.expected_on:%B %Y}"
    notice = Notice.objects.filter(staff_id=cast.staff["petra"]).latest("id")
    assert "on the waiting list" in notice.text and until in notice.text
    assert "A worker with room" in referral.steps.get(name="wait").reason


def test_the_screener_is_reminded_on_the_day_the_school_was_told(acting, cast):
    referral = made.waiting(acting, cast)

    task = Task.objects.get(owner_id=cast.staff["asha"], done_on=None)
    assert task.due_on == waiting.wait_of(referral).expected_on

    actions.accept(
        actor=acting("asha"), referral=referral, reason="Meets all", version=referral.version
    )
    assert not Task.objects.filter(done_on=None).exists()


def test_a_changed_wait_tells_the_school_again_and_moves_the_reminder(acting, cast):
    referral = made.waiting(acting, cast)
    asha = acting("asha")
    later = asha.today + timedelta(weeks=10)

    actions.change_wait(
        actor=asha,
        referral=referral,
        waits_for="TERM",
        expected_on=later,
        reason="Sofia leaves; her post is filled after Easter.",
        version=referral.version,
    )

    assert Task.objects.get(done_on=None).due_on == later
    assert Wait.objects.get().waits_for == "TERM"
    assert Notice.objects.filter(staff_id=cast.staff["petra"], kind="referral.wait_changed")


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"waits_for": "NEVER"}, "waits_for", "what it waits for"),
        ({"expected_on": "today"}, "expected_on", "still to come"),
        ({"expected_on": "far"}, "expected_on", "a long way ahead"),
        ({"reason": "  "}, "reason", "the school reads it"),
    ],
)
def test_a_wait_that_cannot_stand_is_told_at_its_field(acting, cast, changed, field, says):
    days = {"today": 0, "far": 400}
    if "expected_on" in changed:
        day = acting("asha").today + timedelta(days=days[changed["expected_on"]])
        changed = {"expected_on": day}

    with pytest.raises(Problem, match=says) as told:
        made.waiting(acting, cast, **changed)

    assert told.value.field == field


def test_a_change_of_nothing_is_refused(acting, cast):
    referral = made.waiting(acting, cast)
    wait = waiting.wait_of(referral)

    with pytest.raises(Problem, match="Nothing is different"):
        actions.change_wait(
            actor=acting("asha"),
            referral=referral,
            waits_for=wait.waits_for,
            expected_on=wait.expected_on,
            reason="Still.",
            version=referral.version,
        )


def test_two_screeners_at_once_do_not_both_decide_a_waiting_referral(acting, cast):
    referral = made.waiting(acting, cast)
    seen = referral.version
    actions.change_wait(
        actor=acting("omar"),
        referral=referral,
        waits_for="FAMILY",
        expected_on=acting("omar").today + timedelta(days=9),
        reason="The family is away.",
        version=seen,
    )

    with pytest.raises(Conflict):
        actions.decline(actor=acting("asha"), referral=referral, reason="Meets all", version=seen)


def test_a_school_withdraws_what_waits_and_the_wait_ends(acting, cast):
    referral = made.waiting(acting, cast)

    actions.withdraw(actor=acting("petra"), referral=referral, reason="The family moved.")

    assert Wait.objects.get().ends_on
    assert not Task.objects.filter(done_on=None).exists()


def test_a_pupil_who_waits_is_not_referred_again(acting, cast):
    referral = made.waiting(acting, cast)

    decision = policy.is_free(referral.pupil, referral.service)

    assert not decision and referral.reference in decision.reason
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="SENT")
        Referral.objects.create(
            reference="R-2",
            pupil=referral.pupil,
            school=referral.school,
            service=referral.service,
            framework=referral.framework,
            state="WAITING",
            main_worry="OTHER",
            last_incident="x",
            sent_at=referral.sent_at,
            sent_by_id=referral.sent_by_id,
        )


def test_the_usual_wait_is_said_once_three_have_ended(acting, cast):
    referral = made.waiting(acting, cast)
    asha = acting("asha")
    assert waiting.usual_wait(asha, referral) is None

    for days in (10, 20, 60):
        Wait.objects.create(
            referral=referral,
            waits_for="WORKER",
            starts_on=asha.today - timedelta(days=days),
            expected_on=asha.today,
            ends_on=asha.today,
            put_by_id=asha.staff_id,
        )
    Referral.objects.update(state="ACCEPTED")

    twenty = count_working_days(asha.today - timedelta(days=20), asha.today)
    assert waiting.usual_wait(asha, referral) == twenty  # School days, as everywhere.


def test_the_list_is_of_ones_own_service_longest_first(acting, cast):
    referral = made.waiting(acting, cast)

    found = waiting.waiting_list(acting("asha"))
    assert [w.referral_id for w in found.rows] == [referral.pk]
    assert (found.total, found.late, found.by_reason) == (1, 0, {"WORKER": 1})
    assert waiting.waiting_list(acting("petra")).total == 1
    assert waiting.waiting_list(acting("marta")).total == 0
    assert waiting.waiting_list(acting("lena")).total == 0


@pytest.mark.parametrize("step", ["wait", "signpost"])
def test_a_failed_audit_changes_nothing(acting, cast, step, monkeypatch):
    referral = made.answered(acting, cast, missing=0)

    def fail(**_):
        raise RuntimeError("audit")

    monkeypatch.setattr(audit, "record", fail)
    given = {"actor": acting("asha"), "referral": referral, "version": referral.version}
    with pytest.raises(RuntimeError), transaction.atomic():
        if step == "wait":
            day = acting("asha").today + timedelta(days=9)
            actions.put_on_waiting_list(
                **given, waits_for="TERM", expected_on=day, reason="Term starts."
            )
        else:
            actions.signpost(**given, reason="It belongs with Early Help.", signposted_to="Them")

    assert Referral.objects.get(pk=referral.pk).state == "SCREENING"
    assert not Wait.objects.exists()


def test_signposting_says_where_to(acting, cast):
    referral = made.screening(acting, cast)

    with pytest.raises(Problem, match="which service") as told:
        actions.signpost(
            actor=acting("asha"),
            referral=referral,
            reason="Elsewhere.",
            signposted_to=" ",
            version=referral.version,
        )

    assert told.value.field == "signposted_to"


def set_week(actor, cast, weekday: int = 2, at: time = time(12), triage: int = 3) -> CutOff:
    return actions.set_cut_off(
        actor=actor, service=outreach(cast), weekday=weekday, at=at, triage_weekday=triage
    )


def test_a_manager_sets_the_week_and_a_change_keeps_the_one_before(acting, cast):
    mina = acting("mina")
    set_week(mina, cast)
    set_week(mina, cast, weekday=1)

    assert [(c.weekday, c.ends_on) for c in CutOff.objects.order_by("id")] == [
        (2, mina.today),
        (1, None),
    ]
    with pytest.raises(Problem, match="Nothing is different"):
        set_week(mina, cast, weekday=1)


@pytest.mark.parametrize("name", ["asha", "petra", "ines", "lena"])
def test_who_does_not_manage_the_service_sets_no_week(acting, cast, name):
    with pytest.raises(Refused, match="Only who manages"):
        set_week(acting(name), cast)


def test_a_lead_of_a_neighbourhood_sets_the_week_of_the_whole_service(acting, cast):
    lena = acting("lena")
    primary = Place.objects.get(pk=cast.places["primary"])

    assert policy.set_cut_off(lena, primary)


def test_what_came_after_the_cut_off_waits_for_the_next_triage(acting, cast):
    referral = made.sent(acting, cast)
    set_week(acting("mina"), cast)
    asha = acting("asha")
    rhythm = waiting.rhythm_of(referral.service_id)
    cut_off = waiting.coming_triage(asha, rhythm).cut_off
    for sent_at, triage in ((cut_off, "this"), (cut_off + timedelta(minutes=1), "later")):
        Referral.objects.filter(pk=referral.pk).update(sent_at=sent_at)

        assert find(asha, Asked(triage=triage)).total == 1
        other = {"this": "later", "later": "this"}[triage]
        assert find(asha, Asked(triage=other)).total == 0


def test_a_moment_is_read_in_our_own_time_zone(acting, cast):
    made.sent(acting, cast)
    set_week(acting("mina"), cast)
    asha = acting("asha")
    rhythm = waiting.rhythm_of(cast.places["outreach"])
    noon = timezone.make_aware(
        datetime.combine(date(2026, 7, 1), time(12))
    )  # A Wednesday, in summer time.

    assert waiting.triage_for(asha, noon, rhythm).cut_off == noon
