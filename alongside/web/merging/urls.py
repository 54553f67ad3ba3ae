"""Two records of one child: find the other, look at both, merge; and undo it."""

from django.urls import path

from alongside.web.merging import views

urlpatterns = [
    path("pupils/<int:pupil_id>/merge/", views.start, name="merge"),
    path("pupils/<int:pupil_id>/merge/<int:other_id>/", views.compare, name="merge-compare"),
    path("pupils/<int:pupil_id>/merges/<int:merge_id>/undo/", views.undo, name="merge-undo"),
]
