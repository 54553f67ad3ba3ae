"""Cases change hands on the day that was said, whole, and by one choice at a time."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.cases import covering, planned, team
from alongside.cases.models import Allocation, Cover, PlannedHandover
from alongside.core.actor import acting_as_system
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice, RoleAssignment, Staff
from alongside.duties import handing_over
from alongside.duties.desk import desk_of
from alongside.duties.jobs import carry_out_handovers
from alongside.fieldwork.actions.visits import plan_visit
from alongside.fieldwork.models import Visit
from alongside.fieldwork.visits import between
from alongside.people.models import Capacity, ChronologyEntry, Involvement
from tests.web.test_team_caseload import day, words
from tests.world import OWN

pytestmark = pytest.mark.django_db


def lead_of(case) -> Allocation:
    return Allocation.objects.get(case=case, capacity=Capacity.LEAD, ends_on=None)


def visit(actor, route, days: int = 1) -> Visit:
    on = actor.today + timedelta(days=days)
    return plan_visit(
        actor=actor,
        school=route.case.school,
        pupil=route.pupil,
        starts_at=timezone.make_aware(datetime.combine(on, time(10))),
        minutes=60,
        purpose="Review meeting",
    )


def sent(route, to: str, starts_on) -> dict:
    told = {"to": route.staff(to).pk, "cases": [route.case.pk], "note": "Ring on Mondays"}
    return told | day("starts_on", starts_on)


def comes_the_day() -> int:
    """The day of every planned handover is today, and the job of the hour runs."""
    with acting_as_system(OWN["council"]):
        day = PlannedHandover.objects.latest("pk").created_at.date()
        PlannedHandover.objects.filter(state="PLANNED").update(starts_on=day)
    return carry_out_handovers(timestamp=0)


def planned_for(actor, route, *, to: str = "omar", days: int = 4, **told) -> PlannedHandover:
    handing_over.hand_over(
        actor=actor,
        cases=[route.case],
        former=route.staff("asha"),
        to=route.staff(to),
        starts_on=actor.today + timedelta(days=days),
        **{"note": "Ring on Mondays", "takes_checks": False} | told,
    )
    return PlannedHandover.objects.latest("pk")


def notices_of(route, name: str) -> list[str]:
    return list(Notice.objects.filter(staff=route.staff(name)).values_list("text", flat=True))


def test_until_the_first_day_of_a_handover_the_lead_leads_everywhere_and_on_it_the_other_does(
    signed_in, route, acting
):
    asha, omar = route.staff("asha"), route.staff("omar")
    planned = visit(acting("asha"), route, days=5)
    mina, client = acting("mina"), signed_in("mina")

    starts_on = mina.today + timedelta(days=4)
    page = client.post(
        f"/team/{asha.pk}/hand-over/", sent(route, "omar", starts_on), follow=True
    ).content.decode()

    assert "1 case will go to Omar Exampleton" in page
    assert "Robin Testerly" in page, "still in the list of who leads"
    assert "Robin Testerly" in signed_in("asha").get("/caseload/?view=mine").content.decode()
    assert "Asha Exampleton" in signed_in("asha").get(f"/pupils/{route.pupil.pk}/").content.decode()
    assert signed_in("omar").get(f"/pupils/{route.pupil.pk}/").status_code == 404
    acting("mina")
    assert lead_of(route.case).staff_id == asha.pk
    assert ChronologyEntry.objects.get(detail="Ring on Mondays").summary.startswith(
        "Omar Exampleton leads from"
    )

    assert carry_out_handovers(timestamp=0) == 0, "the day has not come"
    assert comes_the_day() == 1
    acting("mina")
    assert lead_of(route.case).staff_id == omar.pk
    assert lead_of(route.case).starts_on == mina.today
    assert Visit.objects.get(pk=planned.pk).staff_id == omar.pk
    assert "Robin Testerly" in signed_in("omar").get("/caseload/?view=mine").content.decode()
    assert "Omar Exampleton" in signed_in("omar").get(f"/pupils/{route.pupil.pk}/").content.decode()
    assert comes_the_day() == 0, "done twice, it changes nothing"


def test_a_case_given_to_another_meanwhile_stays_with_them_and_the_manager_is_told(
    signed_in, acting, route
):
    mina = acting("mina")
    handover = planned_for(mina, route)
    handing_over.allocate(
        actor=mina, case=route.case, staff=route.staff("hugo"), capacity=Capacity.LEAD,
        starts_on=mina.today,
    )  # fmt: skip

    assert comes_the_day() == 0
    acting("mina")
    assert lead_of(route.case).staff_id == route.staff("hugo").pk
    assert any(
        "0 of 1 case went. 1 has another lead by now." in said for said in notices_of(route, "mina")
    )
    page = signed_in("mina").get(f"/team/handovers/{handover.pk}/").content.decode()
    assert "Led by somebody else by then" in page


@pytest.mark.parametrize("leaves", ["the role", "the service"])
def test_a_planned_handover_comes_about_though_its_planner_has_left(acting, route, leaves):
    planned_for(acting("mina"), route)
    with acting_as_system(OWN["council"]) as system:
        if leaves == "the role":
            roles = RoleAssignment.objects.filter(staff=route.staff("mina"))
            roles.update(starts_on=system.today - timedelta(days=9),
                         ends_on=system.today - timedelta(days=1))  # fmt: skip
        else:
            Staff.objects.filter(pk=route.staff("mina").pk).update(is_active=False)

    assert comes_the_day() == 1

    acting("asha")
    assert lead_of(route.case).staff_id == route.staff("omar").pk
    said = ChronologyEntry.objects.get(summary="Handed over to Omar Exampleton").detail
    assert said.startswith("Planned by Mina")


def test_nobody_is_given_cases_after_leaving_and_who_allocates_now_is_told(acting, route):
    handover = planned_for(acting("mina"), route)
    with acting_as_system(OWN["council"]):
        Staff.objects.filter(pk=route.staff("omar").pk).update(is_active=False)

    assert comes_the_day() == 0

    acting("mina")
    handover.refresh_from_db()
    assert handover.state == "NOT_DONE"
    assert lead_of(route.case).staff_id == route.staff("asha").pk
    assert any("does not work here any more" in said for said in notices_of(route, "mina"))


def test_a_planned_handover_is_listed_and_called_off_with_a_reason(signed_in, route, acting):
    handover = planned_for(acting("mina"), route)
    client, asha = signed_in("mina"), route.staff("asha").pk

    for url in ("/team/board/", f"/team/{asha}/", f"/team/{asha}/hand-over/"):
        page = words(client.get(url).content.decode())
        assert "1 case from Asha Exampleton to Omar Exampleton" in page
        assert "planned by Mina" in page
    address = f"/team/handovers/{handover.pk}/call-off/"
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Omar stays in the north"})

    acting("mina")
    handover.refresh_from_db()
    assert (handover.state, handover.reason) == ("CALLED_OFF", "Omar stays in the north")
    for name in ("asha", "omar"):
        assert any("Omar stays in the north" in said for said in notices_of(route, name))
    assert AuditEntry.objects.filter(kind="caseload.handover_called_off").count() == 1
    assert "Planned handovers" not in client.get("/team/board/").content.decode()
    assert comes_the_day() == 0
    acting("mina")
    assert lead_of(route.case).staff_id == asha


def test_a_case_is_planned_for_one_handover_at_a_time(signed_in, route, acting):
    mina, asha = acting("mina"), route.staff("asha").pk
    planned_for(mina, route)

    page = words(signed_in("mina").get(f"/team/{asha}/hand-over/").content.decode())
    with pytest.raises(Problem, match="goes to Omar Exampleton on .* already"):
        acting("mina")
        planned_for(mina, route, to="hugo")

    assert "goes to Omar Exampleton on" in page


def test_only_who_allocates_the_cases_sees_or_calls_off_a_handover(signed_in, route, acting):
    handover = planned_for(acting("mina"), route)
    address = f"/team/handovers/{handover.pk}/"

    assert signed_in("asha").get(address).status_code == 403
    assert signed_in("carys").get(address).status_code in (403, 404)
    with pytest.raises(Refused):
        planned.call_off(actor=acting("asha"), handover=handover, reason="x")


def test_a_handover_from_a_day_gone_by_is_refused_in_words(signed_in, route, acting):
    mina, asha = acting("mina"), route.staff("asha").pk
    before = mina.today.replace(year=mina.today.year - 6)

    page = signed_in("mina").post(f"/team/{asha}/hand-over/", sent(route, "omar", before))

    assert page.status_code == 422
    assert "This day has gone by" in page.content.decode()
    acting("mina")
    assert lead_of(route.case).staff_id == asha


def test_a_lead_from_a_coming_day_never_leaves_a_case_without_one(signed_in, route, acting):
    mina = acting("mina")
    told = {"staff": route.staff("omar").pk, "capacity": "LEAD", "version": route.staff("asha").pk}
    told |= day("starts_on", mina.today + timedelta(days=4))

    page = signed_in("mina").post(f"/cases/{route.case.pk}/allocate/", told)

    assert page.status_code == 422
    assert "Asha Exampleton leads this case until then" in page.content.decode()


def test_planned_visits_are_named_and_go_along_with_the_case(signed_in, route, acting):
    planned = visit(acting("asha"), route)
    mina, client, asha = acting("mina"), signed_in("mina"), route.staff("asha").pk

    assert "it goes along" in client.get(f"/team/{asha}/hand-over/").content.decode()
    client.post(f"/team/{asha}/hand-over/", sent(route, "omar", mina.today))

    acting("mina")
    assert Visit.objects.get(pk=planned.pk).staff_id == route.staff("omar").pk
    assert "Review meeting" not in signed_in("asha").get("/planner/").content.decode()


def test_a_visit_never_names_a_child_whom_its_owner_may_not_open(acting, route):
    asha = acting("asha")
    visit(asha, route, days=0) if timezone.localtime().hour < 10 else visit(asha, route)
    until = asha.today + timedelta(days=1)
    assert [v.pupil_name for v in between(asha, asha.today, until)] == ["Robin Testerly"]
    gone = asha.today - timedelta(days=30)
    Involvement.objects.filter(staff_id=asha.staff_id, pupil=route.pupil).update(
        starts_on=gone, ends_on=gone, access_ends_on=gone
    )

    for seen in (between(asha, asha.today, until), desk_of(asha, asha.today, until).visits):
        assert [(v.purpose, v.pupil_name, v.pupil_id) for v in seen] == [
            ("Review meeting", "", None)
        ]


@pytest.mark.parametrize("begins", [0, 2])
def test_cover_of_a_case_ends_when_the_case_is_handed_over(acting, route, begins):
    mina = acting("mina")
    covering.arrange_cover(
        actor=mina,
        staff=route.staff("asha"),
        covered_by=route.staff("hugo"),
        starts_on=mina.today + timedelta(days=begins),
        ends_on=mina.today + timedelta(days=5),
    )

    team.hand_over(
        actor=mina, cases=[route.case], former=route.staff("asha"), to=route.staff("omar"),
        note="x", starts_on=mina.today,
    )  # fmt: skip

    given = Involvement.objects.filter(pupil=route.pupil, capacity=Capacity.COVER)
    assert [one.ends_on for one in given] == ([] if begins else [mina.today])
    assert ChronologyEntry.objects.filter(summary__startswith="No longer covered by").count() == 1


def test_nobody_covers_who_is_away_themselves(signed_in, route, acting):
    mina = acting("mina")
    days = {"starts_on": mina.today, "ends_on": mina.today + timedelta(days=5)}
    asha, omar, hugo = (route.staff(name) for name in ("asha", "omar", "hugo"))
    covering.arrange_cover(actor=mina, staff=omar, covered_by=hugo, **days)
    client = signed_in("mina")
    assert "away from" in client.get("/team/cover/").content.decode()
    told = {"staff": asha.pk, "covered_by": omar.pk, "reason": ""}
    told |= day("starts_on", mina.today) | day("ends_on", mina.today + timedelta(days=3))

    page = client.post("/team/cover/", told)

    assert page.status_code == 422
    assert "Omar Exampleton is away from" in page.content.decode()
    acting("mina")
    assert not Cover.objects.filter(staff=asha).exists()
    assert client.post("/team/cover/", told | {"despite": "Back each evening"}).status_code == 302
    acting("mina")
    assert Cover.objects.get(staff=asha).despite.endswith("Back each evening")


def test_a_handover_to_somebody_away_says_so_before_and_after(signed_in, route, acting):
    mina, client, asha = acting("mina"), signed_in("mina"), route.staff("asha").pk
    days = {"starts_on": mina.today, "ends_on": mina.today + timedelta(days=5)}
    covering.arrange_cover(
        actor=mina, staff=route.staff("omar"), covered_by=route.staff("hugo"), **days
    )

    at, told = f"/team/{asha}/hand-over/", sent(route, "omar", mina.today)
    before = words(client.get(at).content.decode())
    asked = client.post(at, told)
    after = client.post(at, told | {"despite": "Knows the family"}, follow=True).content.decode()

    assert "leads 0 open cases, away from" in before
    assert asked.status_code == 422
    assert "Say why it is Omar Exampleton all the same" in asked.content.decode()
    assert "Omar Exampleton is away from" in after
    acting("mina")
    kept = Allocation.objects.get(case=route.case, ends_on=None).despite
    assert kept.startswith("Omar Exampleton is away from") and kept.endswith("Knows the family")


def test_cases_given_up_meanwhile_are_not_said_to_be_handed_over(acting, route):
    planned = visit(acting("asha"), route)
    mina = acting("mina")
    told = {"former": route.staff("hugo"), "to": route.staff("omar"), "note": "x"}

    with pytest.raises(Problem, match="have another lead by now"):
        handing_over.hand_over(
            actor=mina, cases=[route.case], starts_on=mina.today, takes_checks=False, **told
        )

    planned.refresh_from_db()
    assert planned.staff_id == route.staff("asha").pk


def test_nobody_is_handed_more_cases_than_they_can_lead(acting, route):
    mina = acting("mina")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=1, knows=[])
    told = {"former": route.staff("asha"), "to": route.staff("omar"), "note": "x"}

    with pytest.raises(Problem, match="can lead 1 case and leads 0"):
        team.hand_over(actor=mina, cases=[route.case, route.case], starts_on=mina.today, **told)


def test_a_case_reassigned_from_a_page_gone_stale_is_not_given_again(signed_in, route, acting):
    client, asha = signed_in("mina"), route.staff("asha").pk
    address = f"/cases/{route.case.pk}/reassign/"
    assert f'name="led_by" value="{asha}"' in client.get(address).content.decode()
    client.post(address, {"staff": route.staff("omar").pk, "led_by": asha})

    second = client.post(address, {"staff": route.staff("mina").pk, "led_by": asha})

    assert second.status_code == 422
    page = second.content.decode()
    assert "Omar Exampleton leads this case now" in page
    again = client.post(address, {"staff": route.staff("omar").pk, "led_by": asha})
    assert "Omar Exampleton leads this case already." in again.content.decode()
    assert f'name="led_by" value="{route.staff("omar").pk}"' in page
    acting("mina")
    assert lead_of(route.case).staff_id == route.staff("omar").pk


def test_cases_not_on_the_list_are_answered_in_the_plural(signed_in, route, acting):
    mina, asha = acting("mina"), route.staff("asha").pk
    told = sent(route, "omar", mina.today) | {"cases": [987_654]}

    page = signed_in("mina").post(f"/team/{asha}/hand-over/", told).content.decode()

    assert "Which cases: choose one or more of these" in page
