"""Every address of the service: one line a group of screens, each with its own module."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.door.urls")),
    path("", include("alongside.web.today.urls")),
    path("", include("alongside.web.cases.urls")),
    path("", include("alongside.web.team.urls")),
    path("", include("alongside.web.desk.urls")),
    path("", include("alongside.web.staff.urls")),
    path("", include("alongside.web.audit.urls")),
    path("", include("alongside.web.components_page.urls")),
    path("", include("alongside.web.pupils.urls")),
    path("", include("alongside.web.schools.urls")),
    path("", include("alongside.web.plans.urls")),
    path("", include("alongside.web.documents.urls")),
    path("", include("alongside.web.frameworks.urls")),
    path("", include("alongside.web.alternatives.urls")),
    path("", include("alongside.web.partners.urls")),
    path("", include("alongside.web.referrals.urls")),
    path("", include("alongside.web.requests.urls")),
    path("", include("alongside.web.assessments.urls")),
    path("", include("alongside.web.fieldwork.urls")),
    path("", include("alongside.web.search.urls")),
    path("", include("alongside.web.incidents.urls")),
    path("", include("alongside.web.workforce.urls")),
    path("", include("alongside.web.concerns.urls")),
    path("", include("alongside.web.escalations.urls")),
    path("", include("alongside.web.imports.urls")),
    path("", include("alongside.web.merging.urls")),
]
if settings.IS_MEASURED:
    urlpatterns.append(path("", include("alongside.web.measuring")))
handler403 = "alongside.web.errors.refused"
handler404 = "alongside.web.errors.not_found"
handler500 = "alongside.web.errors.server_error"
handler429 = "alongside.web.door.lockout.too_many"
