"""Frameworks, and where a pupil stands on them."""

from django.urls import path

from alongside.web.frameworks import pupil_views, standing_lists, views

urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<int:framework_id>/", views.framework, name="framework"),
    path("frameworks/<int:framework_id>/pupils/", standing_lists.pupils, name="framework-pupils"),
    path(
        "frameworks/<int:framework_id>/pupils/download/",
        standing_lists.download,
        name="framework-pupils-download",
    ),
    path("pupils/<int:pupil_id>/frameworks/", pupil_views.pupil, name="pupil-frameworks"),
    path("pupils/<int:pupil_id>/frameworks/move/", pupil_views.move, name="pupil-move"),
    path("pupils/<int:pupil_id>/frameworks/tried/", pupil_views.tried, name="pupil-tried"),
    path(
        "pupils/<int:pupil_id>/frameworks/<int:standing_id>/leave/",
        pupil_views.leave,
        name="pupil-leave",
    ),
]
