"""Requests to other services, from the case they are sent for to their answer."""

from django.urls import path

from alongside.web.requests import views

urlpatterns = [
    path("requests/", views.requests_list, name="requests"),
    path("requests/<int:request_id>/", views.one, name="request"),
    path("requests/<int:request_id>/answer/", views.answer, name="request-answer"),
    path("requests/<int:request_id>/withdraw/", views.withdraw, name="request-withdraw"),
    path("cases/<int:case_id>/requests/", views.of_case, name="case-requests"),
    path("cases/<int:case_id>/requests/new/", views.send, name="request-new"),
]
