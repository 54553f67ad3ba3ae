"""Today: the home of every role, and the list of everything due."""

from django.urls import path

from alongside.web.today import feed, planner, team, views

urlpatterns = [
    path("", views.today, name="today"),
    path("due/", views.due, name="due"),
    path("due/download/", views.download, name="due-download"),
    path("notices/", views.all_notices, name="notices"),
    path("calendar/<str:secret>.ics", feed.calendar_feed, name="calendar-feed"),
    path("planner/", planner.planner, name="planner"),
    path("visits/new/", planner.plan_visit, name="visit-new"),
    path("visits/<int:visit_id>/done/", planner.record_visit, name="visit-done"),
    path("visits/<int:visit_id>/cancel/", planner.cancel_visit, name="visit-cancel"),
    path("team/", team.team, name="team"),
    path("team/download/", team.download, name="team-download"),
    path("team/give/<slug:deadline>/", team.give_on, name="deadline-give"),
    path("team/statutory/new/", team.add_step, name="statutory-new"),
    path("tasks/new/", views.add_task, name="task-new"),
    path("tasks/<int:task_id>/", views.task, name="task"),
]
