"""The addresses of the components page."""

from django.urls import path

from alongside.web.components_page import views

urlpatterns = [
    path("components/", views.components, name="components"),
    path("components/schools/", views.school_options, name="components-schools"),
]
