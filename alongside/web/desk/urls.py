"""What is on a person's desk: drafts, notices, and who they are."""

from django.urls import path

from alongside.web.desk import reminders, views

urlpatterns = [
    path("drafts/", views.save_draft, name="draft-save"),
    path("drafts/discard/", views.discard_draft, name="draft-discard"),
    path("still-here/", views.still_here, name="still-here"),
    path("notices/seen/", views.notices_seen, name="notices-seen"),
    path("me/", views.me, name="me"),
    path("me/reminders/", reminders.my_reminders, name="my-reminders"),
    path("me/calendar/make/", reminders.make_calendar, name="calendar-make"),
    path("me/calendar/revoke/", reminders.revoke_calendar, name="calendar-revoke"),
    path("me/phone/", views.phone, name="me-phone"),
]
