"""A calendar is changed after checks were set from it: they move, their owners are told, access lasts."""

from datetime import timedelta

import pytest

from alongside.cases import actions as cases
from alongside.cases import closing
from alongside.cases.models import Allocation, SustainedCheck
from alongside.core.models import AuditEntry, Notice
from alongside.duties.recounting import recount
from alongside.pathways.models import HoldCheck
from alongside.schools.models import NonTeachingDay, Term
from tests.pathways import made
from tests.pathways.test_alternatives import begin

pytestmark = pytest.mark.django_db


def term(actor, starts, ends, name="Autumn"):
    return Term.objects.create(
        name=name,
        starts_on=actor.today + timedelta(days=starts),
        ends_on=actor.today + timedelta(days=ends),
    )


@pytest.fixture
def closed(acting, route):
    """Closed today within one long term; the three checks stand on school days."""
    asha = acting("asha")
    term(asha, -60, 300)
    return closing.close_case(
        actor=asha, case=route.case, closed_on=asha.today, outcome="SUSTAINED",
        risk_at_end="LOW", closing_summary="The school runs the exit card.",
    )  # fmt: skip


def first(case) -> SustainedCheck:
    return SustainedCheck.objects.get(case=case, weeks=6)


def test_a_closure_moves_the_check_that_stood_on_it(acting, route, closed):
    asha, before = acting("asha"), first(closed).due_on
    NonTeachingDay.objects.create(
        school=route.case.school, kind="CLOSURE", reason="Flood", learned_on=asha.today,
        starts_on=before, ends_on=before + timedelta(days=30),
    )  # fmt: skip

    moved = recount(actor=asha, school=route.case.school)

    assert (moved, first(closed).due_on > before + timedelta(days=30)) == (1, True)
    assert Notice.objects.filter(kind="sustained_check.moved").count() == 1
    acting("dpo")
    assert AuditEntry.objects.get(kind="sustained_check.moved").pupil_ids == [route.pupil.pk]


def test_the_lead_keeps_access_until_the_day_it_moved_to(acting, route, closed):
    asha = acting("asha")
    involvement = Allocation.objects.get(case=closed, capacity="LEAD").involvement
    last = SustainedCheck.objects.get(case=closed, weeks=24).due_on
    NonTeachingDay.objects.create(
        kind="CLOSURE", reason="Flood", learned_on=asha.today,
        starts_on=last, ends_on=last + timedelta(days=40),
    )  # fmt: skip

    recount(actor=asha, school=None)

    involvement.refresh_from_db()
    assert involvement.access_ends_on > last + timedelta(days=40)


def test_what_is_answered_and_what_another_school_owes_stays(acting, route, closed):
    asha = acting("asha")
    SustainedCheck.objects.filter(case=closed).update(due_on=asha.today, done_on=asha.today)

    assert recount(actor=asha, school=None) == 0
    SustainedCheck.objects.filter(case=closed).update(done_on=None)
    assert recount(actor=asha, school=route.children.school("marlpit")) == 0


def test_whether_an_alternative_held_is_asked_when_the_moved_term_ends(acting, cast):
    asha = acting("asha")
    made.pack(asha)
    robin = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))
    for name, starts, ends in (("A", -300, -150), ("B", -140, -60), ("C", -50, 40)):
        term(asha, starts, ends, name)
    alternative = begin(asha, robin)
    last = HoldCheck.objects.get(alternative=alternative, terms=2)
    Term.objects.filter(name="C").update(ends_on=asha.today + timedelta(days=60))

    recount(actor=asha, school=None)

    assert last.due_on == asha.today + timedelta(days=40)
    last.refresh_from_db()
    assert last.due_on == asha.today + timedelta(days=60)


def test_saving_a_term_on_screen_says_what_moved(acting, signed_in, route, closed):
    acting("asha")
    known = Term.objects.get()
    end = first(closed).due_on - timedelta(days=1)
    told = {"name": "Autumn"}
    for field, on in (("starts_on", known.starts_on), ("ends_on", end)):
        told |= {f"{field}_0": on.day, f"{field}_1": on.month, f"{field}_2": on.year}
    back = known.ends_on
    Term.objects.create(
        name="Spring", starts_on=end + timedelta(days=30), ends_on=back + timedelta(days=90)
    )
    Term.objects.filter(pk=known.pk).update(ends_on=end + timedelta(days=20))

    page = signed_in("mina").post(f"/calendar/terms/{known.pk}/", told, follow=True)

    assert "already set moved with it" in page.content.decode()


def test_a_case_opened_again_needs_its_next_plan_from_that_day(acting, route, closed, signed_in):
    asha, mina = acting("asha"), acting("mina")
    case = closing.reopen_case(actor=mina, case=closed, reason="The place did not last")
    assert case.reopened_on == asha.today
    cases.allocate(
        actor=mina, case=case, staff=route.staff("asha"), capacity="LEAD", starts_on=mina.today
    )

    page = signed_in("asha").get("/due/").content.decode()

    assert "plan: Robin Testerly" in page
    assert "when it was opened again" in page
