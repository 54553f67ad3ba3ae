"""Today: the home of every role, and the list of everything due."""

from django.urls import path

from alongside.web.today import views

urlpatterns = [
    path("", views.today, name="today"),
    path("due/", views.due, name="due"),
    path("notices/", views.all_notices, name="notices"),
    path("tasks/new/", views.add_task, name="task-new"),
    path("tasks/<int:task_id>/", views.task, name="task"),
]
