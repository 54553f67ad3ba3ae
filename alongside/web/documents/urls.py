"""The screens of documents: the closure report, the plan on one page, the one-page profile."""

from django.urls import path

from alongside.web.documents import approving, hearing, views

urlpatterns = [
    path("cases/<int:case_id>/report/", views.report, name="closure-report"),
    path("cases/<int:case_id>/report/ask/", approving.ask, name="report-ask"),
    path("cases/<int:case_id>/report/decide/", approving.decide, name="report-decide"),
    path("cases/<int:case_id>/report/pdf/", views.report_pdf, name="closure-report-pdf"),
    path("cases/<int:case_id>/report/word/", views.report_word, name="closure-report-word"),
    path("plans/<int:plan_id>/pdf/", views.plan_pdf, name="plan-pdf"),
    path("pupils/<int:pupil_id>/chronology/hearing/", hearing.hearing, name="chronology-hearing"),
    path(
        "pupils/<int:pupil_id>/chronology/hearing/<int:approval_id>/",
        hearing.sent_in,
        name="chronology-sent-in",
    ),
    path(
        "pupils/<int:pupil_id>/chronology/hearing/<int:approval_id>/decide/",
        hearing.decide,
        name="chronology-decide",
    ),
    path(
        "pupils/<int:pupil_id>/chronology/hearing/<int:approval_id>/pdf/",
        hearing.pages,
        name="chronology-pages",
    ),
    path("pupils/<int:pupil_id>/profile/print/", views.profile, name="profile-print"),
]
