"""The audit trail, and opening a record that is not one's own."""

from django.urls import path

from alongside.web.audit import glass, purposes, views

urlpatterns = [
    path("audit/", views.trail, name="audit"),
    path("audit/download/", views.download, name="audit-download"),
    path("pupils/purpose/", purposes.purpose, name="purpose-find"),
    path("pupils/<int:pupil_id>/purpose/", purposes.purpose, name="purpose-give"),
    path("pupils/open/", glass.break_glass, name="break-glass-find"),
    path("pupils/<int:pupil_id>/open/", glass.break_glass, name="break-glass"),
]
