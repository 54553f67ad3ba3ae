"""Line management: workforce records for the manager, no case through it, notes between the two."""

from datetime import timedelta

import pytest
from django.db import connection

from alongside.cases import actions as cases
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Staff
from alongside.people.models import Capacity, Involvement
from alongside.workforce import actions, queries
from alongside.workforce.models import StaffNote

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode()


def manage(route, acting, who, manager):
    acting("mina")
    Staff.objects.filter(pk=route.staff(who).pk).update(line_manager=route.staff(manager))


def write(actor, about, **told):
    return actions.write_note(
        actor=actor,
        about=about,
        **{
            "kind": StaffNote.Kind.SUPERVISION,
            "held_on": actor.today,
            "words": "Spoke about the long days",
            "agreed": "One day at the desk",
            **told,
        },
    )


def in_database(note):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workforce_staffnote WHERE id = %s", [note.pk])
        return cursor.fetchone()[0]


def test_only_the_line_manager_writes_of_somebody(acting, route):
    manage(route, acting, "bola", "lena")

    write(acting("lena"), Staff.objects.get(pk=route.staff("bola").pk))
    with pytest.raises(Refused, match="Only the line manager"):
        write(acting("carys"), route.staff("bola"))


@pytest.mark.parametrize("name", ["carys", "mina", "hugo", "dpo", "adam", "ines", "bola"])
def test_nobody_else_reads_it_by_any_way(acting, route, name):
    manage(route, acting, "bola", "lena")
    note = write(acting("lena"), route.staff("bola"))

    acting(name)

    assert in_database(note) == 0


def test_once_shown_the_person_reads_it_too(acting, route):
    manage(route, acting, "bola", "lena")
    lena = acting("lena")
    note = write(lena, route.staff("bola"))

    actions.show_note(actor=lena, note=note)

    assert [n.pk for n in queries.shown_to(acting("bola"))] == [note.pk]
    with pytest.raises(Refused, match="reads this already"):
        actions.show_note(actor=acting("lena"), note=note)


def test_a_new_manager_does_not_read_the_notes_of_the_one_before(acting, route):
    manage(route, acting, "bola", "lena")
    write(acting("lena"), route.staff("bola"))
    manage(route, acting, "bola", "carys")

    assert queries.notes_about(acting("carys"), route.staff("bola")) == []


def test_a_day_that_has_not_come_is_refused(acting, route):
    manage(route, acting, "bola", "lena")
    lena = acting("lena")

    with pytest.raises(Problem, match="has not come yet"):
        write(lena, route.staff("bola"), held_on=lena.today + timedelta(days=1))


def test_the_trail_says_that_it_was_written_and_nothing_of_it(acting, route):
    manage(route, acting, "bola", "lena")
    write(acting("lena"), route.staff("bola"))

    line = AuditEntry.objects.get(kind="staff_note.written")
    assert line.detail == {"kind": "SUPERVISION"}


def test_whom_one_does_not_manage_one_does_not_find(acting, route):
    with pytest.raises(NotFound):
        queries.get_member(acting("lena"), route.staff("bola").pk)


@pytest.mark.duty("LP-02")
def test_a_host_schools_manager_sees_workforce_records_and_no_case_of_other_schools(
    signed_in, acting, route
):
    """Marta of another school line-manages Asha; Robin, whom Asha works with, is not on her roll."""
    adam = signed_in("adam")
    acting("adam")
    asha, marta = route.staff("asha"), route.staff("marta")
    employer = marta.assignments.get().place
    address = f"/staff/{asha.pk}/employment/"
    seen = adam.get(address).context["form"].instance_version
    answer = adam.post(
        address,
        {"version": seen, "employer": str(employer.pk), "line_manager": str(marta.pk)},
    )
    assert answer.status_code == 302
    client = signed_in("marta")

    page = body(client.get(f"/my-team/{asha.pk}/"))

    assert asha.name in body(client.get("/my-team/"))
    assert "Outreach Worker" in page
    assert employer.name in page
    assert "Testerly" not in page
    assert "No case of theirs is yours to see" in page
    assert client.get(f"/pupils/{route.pupil.pk}/").status_code == 404
    assert client.get(f"/cases/{route.case.pk}/").status_code == 404


@pytest.mark.duty("LP-11")
def test_a_lead_practitioner_sees_the_teachers_pupils_and_programmes_and_keeps_notes_privately(
    signed_in, acting, route
):
    manage(route, acting, "bola", "lena")
    mina = acting("mina")
    cases.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("bola"),
        capacity=Capacity.CO_WORKER,
        starts_on=mina.today,
    )
    north = route.staff("lena").assignments.get().place
    Involvement.objects.create(
        pupil=route.pupil, place=north, capacity="REFERRED_TO", starts_on=mina.today
    )
    client, bola = signed_in("lena"), route.staff("bola")
    today = acting("lena").today

    page = body(client.get(f"/my-team/{bola.pk}/"))
    assert "Robin Testerly" in page
    assert "No plan in use" in page
    assert "0 sessions recorded in the last four weeks" in page
    assert client.get(f"/cases/{route.case.pk}/").status_code == 200

    kept = client.post(
        f"/my-team/{bola.pk}/notes/new/",
        {
            "kind": "APPRAISAL",
            "words": "Teaches well, tired by travel.",
            "held_on_0": today.day,
            "held_on_1": today.month,
            "held_on_2": today.year,
        },
    )
    assert kept.status_code == 302
    assert "Teaches well, tired by travel." in body(client.get(f"/my-team/{bola.pk}/"))
    assert "Teaches well" not in body(signed_in("bola").get("/my-team/mine/"))
    assert signed_in("carys").get(f"/my-team/{bola.pk}/").status_code == 404


def test_who_manages_nobody_reads_so(signed_in, cast):
    assert "You line-manage nobody here" in body(signed_in("omar").get("/my-team/"))
