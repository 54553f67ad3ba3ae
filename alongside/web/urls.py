"""Every address of the service: one line a group of screens, each with its own module."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.desk.urls")),
]
