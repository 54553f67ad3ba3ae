"""The screens of one pupil's record."""

from django.urls import path

from alongside.web.pupils import together
from alongside.web.pupils.views import (
    access,
    chronology,
    documents,
    needs,
    overview,
    people,
    registers,
)

_DOCUMENT = "pupils/<int:pupil_id>/documents/<int:document_id>"

urlpatterns = [
    path("pupils/<int:pupil_id>/", overview.overview, name="pupil"),
    path("pupils/<int:pupil_id>/together/", together.together_page, name="pupil-together"),
    path("pupils/<int:pupil_id>/chronology/", chronology.chronology, name="pupil-chronology"),
    path("pupils/<int:pupil_id>/chronology/new/", chronology.add_entry, name="pupil-entry-new"),
    path("pupils/<int:pupil_id>/chronology/<int:entry_id>/", chronology.entry, name="pupil-entry"),
    path(
        "pupils/<int:pupil_id>/chronology/<int:entry_id>/correct/",
        chronology.correct_entry,
        name="pupil-entry-correct",
    ),
    path("pupils/<int:pupil_id>/chronology/csv/", chronology.download, name="pupil-chronology-csv"),
    path(
        "pupils/<int:pupil_id>/chronology/print/", chronology.printed, name="pupil-chronology-print"
    ),
    path("pupils/<int:pupil_id>/people/", people.people, name="pupil-people"),
    path("pupils/<int:pupil_id>/people/change/", people.edit_pupil, name="pupil-change"),
    path("pupils/<int:pupil_id>/people/carers/new/", people.add_carer, name="carer-new"),
    path(
        "pupils/<int:pupil_id>/people/carers/<int:carer_id>/",
        people.edit_carer,
        name="carer-change",
    ),
    path(
        "pupils/<int:pupil_id>/people/professionals/new/",
        people.add_professional,
        name="professional-new",
    ),
    path(
        "pupils/<int:pupil_id>/people/professionals/<int:professional_id>/end/",
        people.end_professional,
        name="professional-end",
    ),
    path("pupils/<int:pupil_id>/people/pathways/new/", needs.start_pathway, name="pathway-new"),
    path(
        "pupils/<int:pupil_id>/people/pathways/<int:spell_id>/end/",
        needs.end_pathway,
        name="pathway-end",
    ),
    path(
        "pupils/<int:pupil_id>/people/conditions/new/", needs.record_condition, name="condition-new"
    ),
    path(
        "pupils/<int:pupil_id>/people/conditions/<int:condition_id>/",
        needs.follow_condition,
        name="condition-follow",
    ),
    path("pupils/<int:pupil_id>/people/address/", people.move_address, name="pupil-address"),
    path("pupils/<int:pupil_id>/people/flags/new/", people.add_flag, name="flag-new"),
    path("pupils/<int:pupil_id>/people/flags/<int:flag_id>/end/", people.end_flag, name="flag-end"),
    path("pupils/<int:pupil_id>/people/schools/move/", registers.move, name="roll-move"),
    path("pupils/<int:pupil_id>/people/schools/second/", registers.second, name="roll-second"),
    path(
        "pupils/<int:pupil_id>/people/schools/<int:enrolment_id>/leave/",
        registers.leave,
        name="roll-leave",
    ),
    path(
        "pupils/<int:pupil_id>/people/schools/<int:enrolment_id>/correct/",
        registers.correct,
        name="roll-correct",
    ),
    path(
        "pupils/<int:pupil_id>/people/schools/changes/<int:change_id>/undo/",
        registers.undo,
        name="roll-undo",
    ),
    path("pupils/<int:pupil_id>/documents/", documents.documents, name="pupil-documents"),
    path("pupils/<int:pupil_id>/documents/new/", documents.add, name="document-new"),
    path(f"{_DOCUMENT}/", documents.document, name="document"),
    path(f"{_DOCUMENT}/file/", documents.download, name="document-file"),
    path(f"{_DOCUMENT}/share/", documents.share, name="document-share"),
    path(f"{_DOCUMENT}/change/", documents.change, name="document-change"),
    path(f"{_DOCUMENT}/remove/", documents.remove, name="document-remove"),
    path(f"{_DOCUMENT}/restore/", documents.restore, name="document-restore"),
    path("pupils/<int:pupil_id>/shared/", access.shared, name="pupil-shared"),
    path("pupils/<int:pupil_id>/access/", access.access, name="pupil-access"),
]
