"""The team: its board, one person's cases, handing over, cover, comments and countersigning."""

from django.urls import path

from alongside.web.team import cases, handovers, news, people, signing, views

urlpatterns = [
    path("team/today/", views.team, name="team-today"),
    path("team/board/", views.board, name="team-board"),
    path("team/board/download/", views.download, name="team-board-download"),
    path("team/countersign/", signing.countersign, name="team-countersign"),
    path("team/signed/", signing.signed, name="team-signed"),
    path("team/announcements/new/", news.announce, name="announcement-new"),
    path(
        "team/announcements/<int:announcement_id>/end/",
        news.end_announcement,
        name="announcement-end",
    ),
    path("team/where/", news.say_where, name="where"),
    path("team/tasks/", news.tasks, name="team-tasks"),
    path("team/tasks/new/", news.assign, name="team-task-new"),
    path("team/tasks/<int:team_task_id>/priority/", news.prioritise, name="team-task-priority"),
    path("team/cover/", people.arrange_cover, name="cover-new"),
    path("team/cover/<int:cover_id>/end/", people.end_cover, name="cover-end"),
    path("team/handovers/<int:handover_id>/", handovers.handover, name="team-handover"),
    path(
        "team/handovers/<int:handover_id>/call-off/", handovers.call_off, name="handover-call-off"
    ),
    path("team/<int:worker_id>/", people.person, name="team-person"),
    path("team/<int:worker_id>/hand-over/", people.hand_over, name="team-hand-over"),
    path("team/<int:worker_id>/profile/", people.profile, name="team-profile"),
    path("cases/<int:case_id>/reassign/", cases.reassign, name="case-reassign"),
    path("cases/<int:case_id>/colleagues/", cases.add_colleague, name="case-colleague"),
    path("cases/<int:case_id>/comments/", cases.comment, name="case-comment"),
]
