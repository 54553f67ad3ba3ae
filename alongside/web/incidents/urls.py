"""Incidents: written on a case, read from the pupil's record."""

from django.urls import path

from alongside.web.incidents import views

urlpatterns = [
    path("cases/<int:case_id>/incidents/new/", views.write, name="incident-new"),
    path("incidents/<int:incident_id>/", views.read, name="incident"),
    path("pupils/<int:pupil_id>/incidents/", views.listed, name="pupil-incidents"),
]
