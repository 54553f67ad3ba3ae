"""Reviews by school, inviting the school from the list, reminders, and cases without a plan."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alongside.core.actor import acting_as_system
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice
from alongside.duties import review_lists
from alongside.duties.review_lists import Wanted
from alongside.plans import actions
from alongside.plans.models import Plan, ReviewInvitation
from alongside.rules.words import count_of
from alongside.rules.working_days import count_working_days, next_working_day, working_days_before
from tests.plans.makers import Making
from tests.web.test_plans import day


def overdue(making: Making, days: int = 4) -> Plan:
    """A plan in use whose review was to be held some days ago."""
    plan = making.agreed()
    Plan.objects.filter(pk=plan.pk).update(
        starts_on=making.today - timedelta(weeks=7),
        review_due_on=making.today - timedelta(days=days),
    )
    plan.refresh_from_db()
    return plan


@pytest.mark.duty("LP-24")
def test_open_cases_without_a_plan_in_use_are_listed_with_days_since_acceptance(making, signed_in):
    (row,), _ = review_lists.page(making.acting("mina"), Wanted("none"))
    assert (row["pk"], row["plan_state"]) == (making.case.pk, None)
    page = signed_in("mina").get("/reviews/?view=none").content.decode()
    waited = count_working_days(making.case.opened_on, making.today)
    assert f"{waited} school days<" in page
    assert "Robin Testerly" in page

    making.approved()
    (row,), _ = review_lists.page(making.acting("mina"), Wanted("none"))
    assert row["plan_state"] == "APPROVED"


def test_a_case_with_a_plan_in_use_is_neither_listed_nor_counted_as_without(making):
    mina = making.acting("mina")
    assert review_lists.figures(mina).counts["none"] == 1

    making.agreed()

    mina = making.acting("mina")
    assert review_lists.page(mina, Wanted("none")) == ([], False)
    assert review_lists.figures(mina).counts["none"] == 0


@pytest.mark.duty("LP-27")
def test_reviews_overdue_due_and_done_show_by_school_and_the_school_is_invited_from_there(
    making, signed_in, cast
):
    plan = overdue(making)
    client = signed_in("mina")
    by_school = client.get("/reviews/").content.decode()
    assert f"?view=overdue&amp;school={making.case.school_id}" in by_school
    listed = client.get(f"/reviews/?view=overdue&school={making.case.school_id}").content.decode()
    late = count_working_days(plan.review_due_on, making.today)
    assert f"{count_of(late, 'school day')} overdue" in listed
    assert f"/plans/{plan.pk}/invite/" in listed

    sent = {
        "time": "10:30",
        "place": "Room 4",
        **day("on", next_working_day(making.today + timedelta(days=3))),
    }
    answer = client.post(f"/plans/{plan.pk}/invite/", sent)

    assert answer.status_code == 302
    making.acting("mina")
    made = ReviewInvitation.objects.get(plan=plan)
    assert "Petra Exampleton" in made.told
    assert Notice.objects.filter(staff_id=cast.staff["petra"], kind="review.invited").exists()
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=making.review())
    counts = review_lists.figures(making.acting("mina")).counts
    assert (counts["overdue"], counts["done"]) == (0, 1)


def test_no_child_is_named_in_the_e_mail_of_an_invitation(
    making, signed_in, django_capture_on_commit_callbacks
):
    plan = making.agreed()
    sent = {"time": "10:30", "place": "Room 4", **day("on", next_working_day(plan.review_due_on))}
    with django_capture_on_commit_callbacks(execute=True):
        signed_in("asha").post(f"/plans/{plan.pk}/invite/", sent)

    assert mail.outbox
    assert not any("Robin" in letter.body + letter.subject for letter in mail.outbox)


@pytest.mark.parametrize(
    ("change", "field"), [({"days": -1}, "on"), ({"place": " "}, "place"), ({"days": 4000}, "on")]
)
def test_an_invitation_that_cannot_stand_is_told_at_its_field(making, change, field):
    plan = making.agreed()
    told = {"days": 3, "place": "Room 4"} | change
    with pytest.raises(Problem) as problem:
        actions.invite(
            actor=making.acting("asha"),
            plan=plan,
            meets_at=timezone.now() + timedelta(days=told["days"]),
            place=told["place"],
        )
    assert problem.value.field == field


def test_a_reader_does_not_invite(making):
    plan = making.agreed()
    with pytest.raises(Refused):
        actions.invite(
            actor=making.acting("petra"), plan=plan, meets_at=timezone.now(), place="Room 4"
        )


@pytest.mark.duty("OW-37")
def test_who_leads_is_reminded_before_a_review_once_and_sees_it_overdue_after(
    making, signed_in, cast
):
    plan = making.agreed(review_due_on=making.today + timedelta(days=7))
    assert plan.review_due_on == making.today + timedelta(days=7)
    with acting_as_system("991") as system:
        assert [actions.remind_of_reviews(actor=system) for _ in range(2)] == [1, 0]
    making.acting("asha")
    (told,) = Notice.objects.filter(staff_id=cast.staff["asha"], kind="review.soon")
    assert told.url == f"/plans/{plan.pk}/review/"

    late = working_days_before(making.today, 2)
    Plan.objects.filter(pk=plan.pk).update(starts_on=late - timedelta(weeks=6), review_due_on=late)

    page = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()
    assert "Hold it now" in page
    said = f"{count_of(count_working_days(late, making.today), 'school day')} overdue"
    assert said in signed_in("asha").get("/reviews/?view=overdue").content.decode()


def test_a_review_that_is_far_off_reminds_nobody_yet(making):
    making.agreed(review_due_on=making.today + timedelta(days=8))

    with acting_as_system("991") as system:
        assert actions.remind_of_reviews(actor=system) == 0


def test_another_team_sees_none_of_it(making, signed_in):
    overdue(making)

    page = signed_in("carys").get("/reviews/?view=overdue").content.decode()

    assert "Robin" not in page
    assert "Nothing here" in page


def test_a_page_goes_on_after_the_last_row_it_showed(making, monkeypatch):
    overdue(making)
    monkeypatch.setattr(review_lists, "PAGE", 1)
    mina = making.acting("mina")

    rows, has_more = review_lists.page(mina, Wanted("overdue"))
    after = review_lists.key_of("overdue", rows[-1])

    assert not has_more
    assert review_lists.page(mina, Wanted("overdue", after=after)) == ([], False)
