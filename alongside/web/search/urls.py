"""Search, and the boxes that suggest."""

from django.urls import path

from alongside.web.search import casework, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("casework/", casework.casework, name="casework"),
    path("search/suggest/", views.suggest, name="search-suggest"),
    path("search/pupils/", views.pupil_options, name="search-pupils"),
    path("search/schools/", views.school_options, name="search-schools"),
]
