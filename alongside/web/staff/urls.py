"""Who works here, in which roles, and letting them in."""

from django.urls import path

from alongside.web.staff import places, views, views_person, views_roles

urlpatterns = [
    path("staff/", views.staff_list, name="staff"),
    path("staff/new/", views.add_staff, name="staff-add"),
    path("staff/neighbourhoods/", places.neighbourhoods, name="staff-neighbourhoods"),
    path("staff/neighbourhoods/<int:place_id>/merge/", places.merge, name="neighbourhood-merge"),
    path("staff/places/", views.place_options, name="staff-places"),
    path("staff/people/", views_person.people_options, name="staff-people"),
    path("staff/<int:staff_id>/employment/", views_person.employment, name="staff-employment"),
    path("staff/<int:staff_id>/second-factor/", views_person.lost_device, name="staff-lost-device"),
    path("staff/<int:staff_id>/", views.one_staff, name="staff-one"),
    path("staff/<int:staff_id>/roles/new/", views_roles.give_role, name="role-give"),
    path("staff/<int:staff_id>/link/", views.invite, name="staff-invite"),
    path("staff/<int:staff_id>/close/", views.close_staff, name="staff-close"),
    path("staff/roles/<int:assignment_id>/end/", views_roles.end_role, name="role-end"),
    path(
        "staff/roles/<int:assignment_id>/take-away/",
        views_roles.take_away_role,
        name="role-take-away",
    ),
]
