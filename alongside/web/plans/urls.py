"""The screens of plans and their reviews."""

from django.urls import path

from alongside.web.plans import (
    answers,
    barriers,
    contributors,
    doing,
    leaving,
    starting,
    types,
    views,
)

urlpatterns = [
    path("pupils/<int:pupil_id>/plan/", views.plan_tab, name="pupil-plan"),
    path("cases/<int:case_id>/start/", starting.start, name="support-start"),
    path("pupils/<int:pupil_id>/leaving/", leaving.leave, name="pupil-leaving"),
    path("pupils/<int:pupil_id>/left/", leaving.left, name="pupil-left"),
    path("pupils/<int:pupil_id>/left/told/", leaving.tell, name="pupil-left-told"),
    path("cases/<int:case_id>/plans/new/", views.write, name="plan-write"),
    path("plans/<int:plan_id>/", views.plan, name="plan"),
    path("plans/<int:plan_id>/edit/", views.edit, name="plan-edit"),
    path("plans/<int:plan_id>/barriers/", barriers.choose, name="plan-barriers"),
    path("plans/<int:plan_id>/compare/", views.compare, name="plan-compare"),
    path("plans/<int:plan_id>/contributors/add/", contributors.add, name="plan-contributor-add"),
    path(
        "plans/<int:plan_id>/contributors/<int:contributor_id>/",
        contributors.section,
        name="plan-section",
    ),
    path(
        "plans/<int:plan_id>/contributors/<int:contributor_id>/remove/",
        contributors.remove,
        name="plan-contributor-remove",
    ),
    path(
        "plans/<int:plan_id>/contributors/<int:contributor_id>/agree/",
        contributors.agree,
        name="plan-agency-agree",
    ),
    path("plans/<int:plan_id>/notes/", contributors.note, name="plan-note"),
    path("plans/<int:plan_id>/versions/", contributors.versions, name="plan-versions"),
    path("plans/<int:plan_id>/versions/<int:number>/", contributors.version, name="plan-version"),
    path("plan-types/", types.types, name="plan-types"),
    path("plan-types/<slug:type_key>/switch/", types.switch, name="plan-type-switch"),
    path("plans/<int:plan_id>/submit/", answers.submit, name="plan-submit"),
    path("plans/<int:plan_id>/decide/", answers.decide, name="plan-decide"),
    path("plans/<int:plan_id>/agree/<slug:party>/", answers.agree, name="plan-agree"),
    path("plans/<int:plan_id>/withdraw/", answers.withdraw, name="plan-withdraw"),
    path("plans/<int:plan_id>/redraft/", answers.redraft, name="plan-redraft"),
    path("plans/<int:plan_id>/scores/", doing.scores, name="plan-scores"),
    path("plans/<int:plan_id>/review/", doing.review, name="plan-review"),
    path(
        "plans/<int:plan_id>/actions/<int:action_id>/done/",
        doing.action_done,
        name="plan-action-done",
    ),
]
