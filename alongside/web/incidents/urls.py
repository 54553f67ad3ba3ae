"""Incidents: written on a case, read from the pupil's record, put right."""

from django.urls import path

from alongside.web.incidents import putting_right, views

urlpatterns = [
    path("cases/<int:case_id>/incidents/new/", views.write, name="incident-new"),
    path("incidents/<int:incident_id>/", views.read, name="incident"),
    path("incidents/<int:incident_id>/edit/", putting_right.correct, name="incident-edit"),
    path("incidents/<int:incident_id>/move/", putting_right.move, name="incident-move"),
    path(
        "incidents/<int:incident_id>/strike-out/",
        putting_right.strike_out,
        name="incident-strike-out",
    ),
    path("pupils/<int:pupil_id>/incidents/", views.listed, name="pupil-incidents"),
]
