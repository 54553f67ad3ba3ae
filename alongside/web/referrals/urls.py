"""Referrals: the school's side, the service's side, and the list both share."""

from django.urls import path

from alongside.web.referrals import again, choosing, listing, record, views_school, views_service

urlpatterns = [
    path("referrals/", listing.referrals, name="referrals"),
    path("referrals/download/", listing.download, name="referrals-download"),
    path("referrals/new/", choosing.choose, name="referral-new"),
    path("referrals/pupils/", choosing.pupils, name="referral-pupils"),
    path("referrals/new/<int:pupil_id>/", views_school.write, name="referral-write"),
    path("referrals/new/<int:pupil_id>/check/", views_school.check, name="referral-check"),
    path("referrals/<int:referral_id>/", record.referral, name="referral"),
    path("referrals/<int:referral_id>/again/", again.again, name="referral-again"),
    path("referrals/<int:referral_id>/withdraw/", views_school.withdraw, name="referral-withdraw"),
    path("referrals/<int:referral_id>/start/", views_service.start, name="referral-start"),
    path("referrals/<int:referral_id>/screen/", views_service.answer, name="referral-screen"),
    path("referrals/<int:referral_id>/return/", views_service.return_it, name="referral-return"),
    path("referrals/<int:referral_id>/accept/", views_service.accept, name="referral-accept"),
    path("referrals/<int:referral_id>/decline/", views_service.decline, name="referral-decline"),
    path("referrals/<int:referral_id>/papers/<int:paper_id>/", record.paper, name="referral-paper"),
]
