"""What a team tells itself: announcements, where people are, tasks given out without managing anybody."""

from datetime import timedelta

import pytest

from alongside.cases import policy, team_news, team_queries
from alongside.cases.models import Announcement, Task, Whereabouts
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice, Place, Staff

pytestmark = pytest.mark.django_db


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def place(cast, name):
    return Place.objects.get(pk=cast.places[name])


@pytest.mark.duty("SA-80")
def test_an_assistant_sees_announcements_cover_and_who_is_where_of_the_whole_service(
    signed_in, acting, cast
):
    carys, lena = acting("carys"), signed_in("lena")
    told = {"place": cast.places["primary"], "title": "The hall is shut on Friday"}
    days = day("starts_on", carys.today) | day("ends_on", carys.today)
    lena.post("/team/announcements/new/", told | days)
    where = {"staff": cast.staff["carys"], "kind": "SCHOOL", "note": "Marlpit until noon"}
    signed_in("carys").post(
        "/team/where/", where | day("first", carys.today) | day("last", carys.today)
    )
    cover = {"staff": cast.staff["carys"], "covered_by": cast.staff["lena"]}
    signed_in("carys").post("/team/cover/", cover | days)

    page = signed_in("ben").get("/team/today/").content.decode()

    assert "The hall is shut on Friday" in page
    assert "In a school: Marlpit until noon" in page
    assert "Away, covered by Lena Exampleton" in page


def test_another_service_reads_no_announcement_of_this_one(signed_in, acting, cast):
    lena = acting("lena")
    team_news.announce(
        actor=lena,
        place=place(cast, "primary"),
        title="Ours alone",
        text="",
        starts_on=lena.today,
        ends_on=lena.today,
    )

    assert "Ours alone" in signed_in("ben").get("/team/today/").content.decode()
    assert "Ours alone" not in signed_in("asha").get("/team/today/").content.decode()


def test_an_announcement_is_taken_down_and_never_for_a_team_that_is_not_ones_own(acting, cast):
    lena = acting("lena")
    told = {"title": "A line", "text": "", "starts_on": lena.today, "ends_on": lena.today}
    made = team_news.announce(actor=lena, place=place(cast, "primary"), **told)

    with pytest.raises(Refused, match="You do not work in"):
        team_news.announce(actor=lena, place=place(cast, "outreach"), **told)
    with pytest.raises(Refused):
        team_news.announce(actor=acting("ben"), place=place(cast, "primary"), **told)
    assert policy.coordinate(acting("lena"), made.place)


def test_an_announcement_of_yesterday_shows_no_more(acting, cast):
    lena = acting("lena")
    Announcement.objects.create(
        place=place(cast, "primary"),
        title="Old",
        starts_on=lena.today - timedelta(days=3),
        ends_on=lena.today - timedelta(days=1),
        written_by_id=lena.staff_id,
    )

    assert team_queries.announcements(lena) == []


def test_where_one_is_leaves_weekends_out_and_is_said_again(acting):
    asha = acting("asha")
    monday = asha.today - timedelta(days=asha.today.weekday())
    staff = Staff.objects.get(pk=asha.staff_id)
    told = {"actor": asha, "staff": staff, "first": monday, "last": monday + timedelta(days=6)}

    assert team_news.say_where(kind="SCHOOL", **told) == 5
    assert team_news.say_where(kind="HOME", **told) == 5

    assert set(Whereabouts.objects.values_list("kind", flat=True)) == {"HOME"}
    with pytest.raises(Problem, match="weekend"):
        saturday = monday + timedelta(days=5)
        team_news.say_where(actor=asha, staff=staff, kind="HOME", first=saturday, last=saturday)


def test_nobody_says_where_a_colleague_is(acting, cast):
    with pytest.raises(Refused, match="themselves or a manager"):
        asha = acting("asha")
        team_news.say_where(
            actor=asha,
            staff=Staff.objects.get(pk=cast.staff["omar"]),
            kind="AWAY",
            first=asha.today,
            last=asha.today,
        )


@pytest.mark.duty("RC-78")
def test_a_caseworker_gives_out_and_tracks_team_tasks_without_managing_anybody(
    signed_in, acting, cast
):
    nell, client = acting("nell"), signed_in("nell")
    assert not policy.manage_team(nell)
    told = {
        "text": "Book the training room",
        "owner": cast.staff["rhys"],
        "team": cast.places["reintegration"],
    }

    client.post("/team/tasks/new/", told | day("due_on", nell.today))
    listed = client.get("/team/tasks/").content.decode()
    acting("nell")
    task = Task.objects.get()
    first = client.post(
        f"/team/tasks/{task.pk}/priority/", {"is_priority": "yes"}, follow=True
    ).content.decode()
    his = signed_in("rhys")
    his.post(f"/tasks/{task.pk}/", {})
    done = client.get("/team/tasks/?show=done").content.decode()

    assert "Book the training room" in listed
    assert "Rhys Exampleton" in listed
    assert "<b>First</b>" in first
    acting("rhys")
    assert Notice.objects.filter(staff=cast.staff["rhys"], kind="task.assigned").count() == 1
    assert "Book the training room" in done
    assert client.get(f"/staff/{cast.staff['rhys']}/").status_code == 403, "no staff files"


def test_who_tracks_a_team_task_may_tick_it_and_an_outsider_may_not(acting, cast):
    nell = acting("nell")
    task = team_news.assign_task(
        actor=nell,
        team=place(cast, "reintegration"),
        owner=Staff.objects.get(pk=cast.staff["rhys"]),
        text="Ring the hall",
        due_on=nell.today,
    )

    assert policy.complete_task(nell, task)
    alone = Task.objects.create(
        owner_id=cast.staff["rhys"], text="x", due_on=nell.today, made_by_id=cast.staff["rhys"]
    )
    assert not policy.complete_task(nell, alone)
    assert not policy.coordinate_task(nell, alone)


def test_an_assistant_reads_team_tasks_and_gives_none_out(signed_in):
    client = signed_in("ben")

    assert client.get("/team/tasks/").status_code == 200
    assert client.get("/team/tasks/new/").status_code == 403
