"""Frameworks, and where a pupil stands on them."""

from django.urls import path

from alongside.web.frameworks import (
    own_standards,
    publish_views,
    pupil_views,
    standing_lists,
    version_views,
    views,
)

DRAFT = "frameworks/drafts/<int:draft_id>/"

urlpatterns = [
    path("standards/", own_standards.own_standards, name="standards"),
    path("standards/<slug:standard_key>/", own_standards.change, name="standard-change"),
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<int:framework_id>/", views.framework, name="framework"),
    path("frameworks/<int:framework_id>/pupils/", standing_lists.pupils, name="framework-pupils"),
    path(
        "frameworks/<int:framework_id>/pupils/download/",
        standing_lists.download,
        name="framework-pupils-download",
    ),
    path("frameworks/<int:framework_id>/begin/", version_views.begin, name="framework-begin"),
    path("frameworks/<int:framework_id>/older/", publish_views.older, name="framework-older"),
    path(
        "frameworks/<int:framework_id>/take-back/",
        publish_views.take_back,
        name="framework-take-back",
    ),
    path(DRAFT, version_views.draft, name="framework-draft"),
    path(f"{DRAFT}head/", version_views.head, name="draft-head"),
    path(f"{DRAFT}stages/new/", version_views.stage_new, name="draft-stage-new"),
    path(f"{DRAFT}stages/<int:stage_id>/", version_views.stage, name="draft-stage"),
    path(f"{DRAFT}stages/<int:stage_id>/drop/", version_views.drop_stage, name="draft-stage-drop"),
    path(f"{DRAFT}criteria/new/", version_views.criterion_new, name="draft-criterion-new"),
    path(f"{DRAFT}criteria/<int:criterion_id>/", version_views.criterion, name="draft-criterion"),
    path(
        f"{DRAFT}criteria/<int:criterion_id>/drop/",
        version_views.drop_criterion,
        name="draft-criterion-drop",
    ),
    path(f"{DRAFT}discard/", version_views.discard, name="draft-discard-version"),
    path(f"{DRAFT}publish/", publish_views.publish, name="framework-publish"),
    path("pupils/<int:pupil_id>/frameworks/", pupil_views.pupil, name="pupil-frameworks"),
    path("pupils/<int:pupil_id>/frameworks/move/", pupil_views.move, name="pupil-move"),
    path("pupils/<int:pupil_id>/frameworks/tried/", pupil_views.tried, name="pupil-tried"),
    path(
        "pupils/<int:pupil_id>/frameworks/<int:standing_id>/leave/",
        pupil_views.leave,
        name="pupil-leave",
    ),
]
