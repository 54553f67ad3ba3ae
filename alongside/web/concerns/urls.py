"""Raising a concern, and the list of who receives them."""

from django.urls import path

from alongside.web.concerns import views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/new/", views.raise_concern, name="concern-new"),
    path("concerns/raised/", views.raised, name="concerns-raised"),
    path("concerns/<int:concern_id>/", views.concern, name="concern"),
]
