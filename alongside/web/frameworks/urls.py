"""Frameworks, and where a pupil stands on them."""

from django.urls import path

from alongside.web.frameworks import views

urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<int:framework_id>/", views.framework, name="framework"),
    path("pupils/<int:pupil_id>/frameworks/", views.pupil, name="pupil-frameworks"),
    path("pupils/<int:pupil_id>/frameworks/move/", views.move, name="pupil-move"),
]
