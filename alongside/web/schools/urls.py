"""Schools: the list, one school, its people, its calendar and the council's."""

from django.urls import path

from alongside.web.schools import views, views_calendar, views_people

_SCHOOL = "schools/<int:school_id>/"

urlpatterns = [
    path("schools/", views.school_list, name="schools"),
    path("schools/list.csv", views.school_csv, name="schools-csv"),
    path(_SCHOOL, views.school_page, name="school"),
    path(f"{_SCHOOL}contacts/new/", views_people.contact, name="school-contact-new"),
    path(f"{_SCHOOL}contacts/<int:contact_id>/", views_people.contact, name="school-contact"),
    path(f"{_SCHOOL}named-worker/", views_people.named_worker, name="school-worker"),
    path(f"{_SCHOOL}neighbourhood/", views_people.neighbourhood, name="school-neighbourhood"),
]
for _start, _name, _part in ((f"{_SCHOOL}calendar/", "school-", ""), ("calendar/", "", "council_")):
    urlpatterns += [
        path(_start, views_calendar.calendar, name=f"{_name}calendar"),
        path(f"{_start}terms/new/", views_calendar.term, name=f"{_name}term-new"),
        path(f"{_start}terms/<int:{_part}term_id>/", views_calendar.term, name=f"{_name}term"),
        path(f"{_start}days/new/", views_calendar.day, name=f"{_name}day-new"),
        path(f"{_start}days/<int:{_part}day_id>/", views_calendar.day, name=f"{_name}day"),
        path(f"{_start}import/", views_calendar.load, name=f"{_name}calendar-import"),
    ]
urlpatterns += [
    path(f"{_SCHOOL}calendar/copy/", views_calendar.copy, name="school-calendar-copy"),
]
