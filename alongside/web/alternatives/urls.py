"""What is used in place of permanent exclusion: one, its steps and checks, and how they have held."""

from django.urls import path

from alongside.web.alternatives import reports, views

ONE = "alternatives/<int:alternative_id>/"

urlpatterns = [
    path("alternatives/", reports.alternatives, name="alternatives"),
    path("alternatives/download/", reports.download, name="alternatives-download"),
    path("pupils/<int:pupil_id>/alternatives/new/", views.begin, name="alternative-new"),
    path(ONE, views.alternative, name="alternative"),
    path(f"{ONE}steps/<int:step_id>/", views.step, name="alternative-step"),
    path(f"{ONE}checks/<int:hold_id>/", views.check, name="alternative-check"),
    path(f"{ONE}end/", views.end, name="alternative-end"),
]
