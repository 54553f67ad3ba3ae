"""What a team tells itself: announcements, where each person is, and tasks given out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import policy, team_news, team_queries
from alongside.cases.models import Announcement, Task
from alongside.core.permissions import Permission
from alongside.web import form_pages
from alongside.web.dates import short_weekday
from alongside.web.screens import Request, screen
from alongside.web.team.news_forms import AnnounceForm, AssignForm, WhereForm
from alongside.web.team.views import views_of


@screen(needs=Permission.TEAM_COORDINATE)
def announce(request: Request) -> HttpResponse:
    actor = request.actor
    places = {str(place.pk): place for place in team_queries.services(actor)}
    form = form_pages.bind(
        request,
        AnnounceForm,
        choices={"place": [(pk, place.name) for pk, place in places.items()]},
        initial={"starts_on": actor.today, "place": next(iter(places), "")},
    )

    def do(data: dict[str, Any]) -> Announcement:
        return team_news.announce(actor=actor, **(data | {"place": places[data["place"]]}))

    if form_pages.attempt(request, form, do):
        messages.success(request, "The team sees it on this page.")
        return redirect("/team/today/")
    return _form(request, form, "Tell the team", "Announce", "/team/today/")


@screen(needs=Permission.TEAM_COORDINATE, methods=("POST",))
def end_announcement(request: Request, announcement_id: int) -> HttpResponse:
    found = team_queries.get_announcement(request.actor, announcement_id)
    team_news.end_announcement(actor=request.actor, announcement=found)
    messages.success(request, "Taken down.")
    return redirect("/team/today/")


@screen(needs=Permission.CASE_WORK)
def say_where(request: Request) -> HttpResponse:
    """For oneself; a manager for anybody of the team."""
    actor = request.actor
    people = {str(m.staff.pk): m.staff for m in team_queries.members(actor)}
    may = {pk: staff for pk, staff in people.items() if policy.say_where(actor, staff)}
    form = form_pages.bind(
        request,
        WhereForm,
        choices={"staff": [(pk, staff.name) for pk, staff in may.items()]},
        initial={"staff": str(actor.staff_id), "first": actor.today, "last": actor.today},
    )

    def do(data: dict[str, Any]) -> int:
        return team_news.say_where(actor=actor, **(data | {"staff": may[data["staff"]]}))

    days = form_pages.attempt(request, form, do)
    if days:
        messages.success(request, f"Said for {days} {'day' if days == 1 else 'days'}.")
        return redirect("/team/today/")
    return _form(request, form, "Where you are", "Save", "/team/today/")


@screen(needs=Permission.CASE_WORK, methods=("GET",))
def tasks(request: Request) -> HttpResponse:
    """What the team is to do, who does it and by when; what was put first stands first."""
    actor, is_done = request.actor, request.GET.get("show") == "done"
    found = team_queries.team_tasks(actor, is_done=is_done)
    return render(
        request,
        "team/tasks.html",
        {
            "heading": "Team’s tasks",
            "second": "Done" if is_done else "To do, those put first before the others",
            "views": views_of(request, "tasks"),
            "rows": [_row(request, task) for task in found],
            "is_done": is_done,
            "may_assign": actor.may(Permission.TEAM_COORDINATE),
        },
    )


def _row(request: Request, task: Task) -> dict[str, Any]:
    late = not task.done_on and task.due_on < request.actor.today
    return {
        "task": task,
        "by": short_weekday(task.done_on or task.due_on),
        "state": "met" if task.done_on else "overdue" if late else "waiting",
        "word": "Done" if task.done_on else "Late" if late else "To do",
        "may": not task.done_on and policy.coordinate_task(request.actor, task),
    }


@screen(needs=Permission.TEAM_COORDINATE)
def assign(request: Request) -> HttpResponse:
    actor = request.actor
    people = {str(m.staff.pk): m.staff for m in team_queries.members(actor)}
    away = team_queries.away_in_words(actor, [staff.pk for staff in people.values()])
    places = {str(place.pk): place for place in team_queries.services(actor)}
    form = form_pages.bind(
        request,
        AssignForm,
        choices={
            "owner": [
                (pk, ": ".join(filter(None, (staff.name, away.get(staff.pk)))))
                for pk, staff in people.items()
            ],
            "team": [(pk, place.name) for pk, place in places.items()],
        },
        initial={"team": next(iter(places), "")},
    )

    def do(data: dict[str, Any]) -> Task:
        named = {"owner": people[data["owner"]], "team": places[data["team"]]}
        return team_news.assign_task(actor=actor, **(data | named))

    done = form_pages.attempt(request, form, do)
    if done:
        messages.success(request, f"{done.owner.name} has been told.")
        return redirect("/team/tasks/")
    return _form(request, form, "A task for the team", "Give it out", "/team/tasks/")


@screen(needs=Permission.TEAM_COORDINATE, methods=("POST",))
def prioritise(request: Request, team_task_id: int) -> HttpResponse:
    task = team_queries.get_team_task(request.actor, team_task_id)
    is_priority = request.POST.get("is_priority") == "yes"
    team_news.set_task_priority(actor=request.actor, task=task, is_priority=is_priority)
    messages.success(request, "It stands first." if is_priority else "It stands among the others.")
    return redirect("/team/tasks/")


def _form(request: Request, form: Any, heading: str, button: str, back: str) -> HttpResponse:
    context = {"heading": heading, "button": button, "back_url": back, "back_label": "Team"}
    return form_pages.show(request, "team/form.html", form, context)
