"""Sessions and daily logs: written on a case, read from the pupil's Sessions tab."""

from django.urls import path

from alongside.web.fieldwork import diary, logs, next_steps, sessions, sharing

urlpatterns = [
    path("pupils/<int:pupil_id>/sessions/", diary.sessions_tab, name="pupil-sessions"),
    path("pupils/<int:pupil_id>/sessions/csv/", diary.download, name="pupil-sessions-csv"),
    path("cases/<int:case_id>/sessions/new/", sessions.write, name="session-new"),
    path("sessions/<int:session_id>/", sessions.read, name="session"),
    path("sessions/<int:session_id>/edit/", sessions.edit, name="session-edit"),
    path("sessions/<int:session_id>/share/", sharing.share_session, name="session-share"),
    path(
        "sessions/<int:session_id>/next-steps/",
        next_steps.of_session,
        name="session-next-steps",
    ),
    path("logs/<int:log_id>/next-steps/", next_steps.of_log, name="log-next-steps"),
    path("visits/<int:visit_id>/next-steps/", next_steps.of_visit, name="visit-next-steps"),
    path("cases/<int:case_id>/logs/new/", logs.write, name="log-new"),
    path("logs/<int:log_id>/", logs.read, name="log"),
    path("logs/<int:log_id>/edit/", logs.edit, name="log-edit"),
    path("logs/<int:log_id>/share/", sharing.share_log, name="log-share"),
]
