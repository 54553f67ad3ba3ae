"""The screens of one pupil's record."""

from django.urls import path

from alongside.web.pupils.views import chronology, overview

urlpatterns = [
    path("pupils/<int:pupil_id>/", overview.overview, name="pupil"),
    path("pupils/<int:pupil_id>/chronology/", chronology.chronology, name="pupil-chronology"),
    path("pupils/<int:pupil_id>/chronology/new/", chronology.add_entry, name="pupil-entry-new"),
    path(
        "pupils/<int:pupil_id>/chronology/<int:entry_id>/correct/",
        chronology.correct_entry,
        name="pupil-entry-correct",
    ),
    path("pupils/<int:pupil_id>/chronology/csv/", chronology.download, name="pupil-chronology-csv"),
    path(
        "pupils/<int:pupil_id>/chronology/print/", chronology.printed, name="pupil-chronology-print"
    ),
]
