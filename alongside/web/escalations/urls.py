"""Passing something up, and answering it."""

from django.urls import path

from alongside.web.escalations import views

urlpatterns = [
    path("escalations/", views.escalations, name="escalations"),
    path("escalations/new/", views.raise_escalation, name="escalation-new"),
    path("escalations/<int:escalation_id>/", views.escalation, name="escalation"),
    path(
        "escalations/<int:escalation_id>/acknowledge/",
        views.acknowledge,
        name="escalation-acknowledge",
    ),
]
