"""Caseloads, and one case from allocation to its last sustained check."""

from django.urls import path

from alongside.web.cases import barriers, caseload, views

urlpatterns = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/download/", caseload.download, name="caseload-download"),
    path("caseload/barriers/", barriers.by_barrier, name="cases-by-barrier"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/allocate/", views.allocate, name="case-allocate"),
    path(
        "cases/<int:case_id>/allocations/<int:allocation_id>/end/",
        views.end_allocation,
        name="allocation-end",
    ),
    path("cases/<int:case_id>/checklist/", views.checklist_all, name="checklist"),
    path("cases/<int:case_id>/checklist/<int:item_id>/", views.checklist, name="checklist-item"),
    path("cases/<int:case_id>/close/", views.close, name="case-close"),
    path("cases/<int:case_id>/reopen/", views.reopen, name="case-reopen"),
    path("cases/<int:case_id>/checks/<int:check_id>/", views.check, name="sustained-check"),
]
