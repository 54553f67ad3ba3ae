"""Caseloads, and one case from allocation to its last sustained check."""

from django.urls import path

from alongside.web.cases import (
    allocating,
    barriers,
    behaviours,
    caseload,
    correcting,
    judgements,
    priority,
    views,
)

urlpatterns = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/download/", caseload.download, name="caseload-download"),
    path("caseload/barriers/", barriers.by_barrier, name="cases-by-barrier"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/allocate/", allocating.allocate, name="case-allocate"),
    path(
        "cases/<int:case_id>/allocations/<int:allocation_id>/end/",
        views.end_allocation,
        name="allocation-end",
    ),
    path("cases/<int:case_id>/checklist/", views.checklist_all, name="checklist"),
    path("cases/<int:case_id>/checklist/<int:item_id>/", views.checklist, name="checklist-item"),
    path("cases/<int:case_id>/behaviours/", behaviours.behaviours, name="behaviours"),
    path("cases/<int:case_id>/behaviours/new/", behaviours.tell_behaviour, name="behaviour-new"),
    path("cases/<int:case_id>/marks/", priority.marks, name="case-marks"),
    path("priority/<int:case_id>/", priority.place, name="case-priority"),
    path(
        "priority/<int:case_id>/facts/",
        priority.let_facts_decide,
        name="case-priority-end",
    ),
    path("cases/<int:case_id>/judgements/", judgements.listed, name="judgements"),
    path("cases/<int:case_id>/judgements/new/", judgements.record, name="judgement-new"),
    path("cases/<int:case_id>/judgements/<int:judgement_id>/", judgements.one, name="judgement"),
    path("cases/<int:case_id>/close/", views.close, name="case-close"),
    path("cases/<int:case_id>/close/correct/", correcting.correct, name="case-close-correct"),
    path("cases/<int:case_id>/reopen/", views.reopen, name="case-reopen"),
    path("cases/<int:case_id>/checks/<int:check_id>/", views.check, name="sustained-check"),
]
