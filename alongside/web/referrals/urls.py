"""Referrals: the school's side, the service's side, and the list both share."""

from django.urls import path

from alongside.web.referrals import (
    again,
    calling,
    choosing,
    comparing,
    cut_offs,
    listing,
    record,
    times,
    views_school,
    views_service,
    views_triage,
    views_waiting,
)

urlpatterns = [
    path("referrals/", listing.referrals, name="referrals"),
    path("referrals/download/", listing.download, name="referrals-download"),
    path("referrals/waiting/", views_waiting.waiting_list, name="waiting-list"),
    path("referrals/cut-offs/", cut_offs.cut_offs, name="cut-offs"),
    path("referrals/cut-offs/<int:service_id>/", cut_offs.set_cut_off, name="cut-off"),
    path("referrals/times/", times.times, name="referral-times"),
    path("referrals/times/download/", times.download, name="referral-times-download"),
    path("referrals/compare/", comparing.neighbourhoods, name="neighbourhoods"),
    path("referrals/triage/", views_triage.versions, name="triage-forms"),
    path("referrals/triage/new/<int:service_id>/", views_triage.publish, name="triage-publish"),
    path("referrals/triage/<int:form_id>/", views_triage.form, name="triage-form"),
    path("referrals/<int:referral_id>/score/", views_triage.score, name="referral-score"),
    path("referrals/call/", calling.call, name="referral-call"),
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
    path("referrals/<int:referral_id>/wait/", views_waiting.wait, name="referral-wait"),
    path(
        "referrals/<int:referral_id>/wait/change/",
        views_waiting.change_wait,
        name="referral-wait-change",
    ),
    path("referrals/<int:referral_id>/signpost/", views_service.signpost, name="referral-signpost"),
    path("referrals/<int:referral_id>/decline/", views_service.decline, name="referral-decline"),
    path("referrals/<int:referral_id>/papers/<int:paper_id>/", record.paper, name="referral-paper"),
]
