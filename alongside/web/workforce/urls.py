"""The people somebody line-manages, and the notes between the two."""

from django.urls import path

from alongside.web.workforce import views

urlpatterns = [
    path("my-team/", views.my_team, name="my-team"),
    path("my-team/mine/", views.mine, name="my-notes"),
    path("my-team/<int:member_id>/", views.member, name="my-team-member"),
    path("my-team/<int:member_id>/notes/new/", views.write_note, name="staff-note-new"),
    path(
        "my-team/<int:member_id>/notes/<int:note_id>/show/", views.show_note, name="staff-note-show"
    ),
]
