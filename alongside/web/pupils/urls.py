"""The screens of one pupil's record."""

from django.urls import path

from alongside.web.pupils import views

urlpatterns = [
    path("pupils/<int:pupil_id>/", views.overview, name="pupil"),
]
