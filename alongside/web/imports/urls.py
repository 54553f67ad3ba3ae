"""Class lists of a school: hand one in, say what its columns are, look, decide, apply."""

from django.urls import path

from alongside.web.imports import views

_LISTS = "schools/<int:school_id>/lists/"
_ONE = f"{_LISTS}<int:list_id>/"

urlpatterns = [
    path(_LISTS, views.lists, name="lists"),
    path(f"{_LISTS}new/", views.new, name="list-new"),
    path(_ONE, views.one, name="list"),
    path(f"{_ONE}columns/", views.columns, name="list-columns"),
    path(f"{_ONE}lines/<int:row_id>/", views.decide, name="list-line"),
    path(f"{_ONE}apply/", views.apply, name="list-apply"),
    path(f"{_ONE}leave/", views.leave, name="list-leave"),
]
