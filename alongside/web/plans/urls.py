"""The screens of plans and their reviews."""

from django.urls import path

from alongside.web.plans import (
    answers,
    barriers,
    contributors,
    cycles,
    doing,
    hours,
    leaving,
    lessons,
    meeting,
    reviews,
    starting,
    support,
    timetable,
    types,
    updates,
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
    path("plans/<int:plan_id>/week/", timetable.draw_up, name="plan-week"),
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
    path("plans/<int:plan_id>/following/", cycles.following, name="plan-following"),
    path("cases/<int:case_id>/cycles/", cycles.cycles, name="case-cycles"),
    path("cases/<int:case_id>/support/", support.support, name="case-support"),
    path("cases/<int:case_id>/strategies/add/", support.add, name="strategy-add"),
    path("cases/<int:case_id>/strategies/<int:strategy_id>/", support.change, name="strategy"),
    path(
        "cases/<int:case_id>/strategies/<int:strategy_id>/develop/",
        support.develop,
        name="strategy-develop",
    ),
    path("cases/<int:case_id>/taper/", support.taper, name="taper"),
    path("cases/<int:case_id>/taper/<int:taper_step_id>/take/", support.take, name="taper-take"),
    path(
        "cases/<int:case_id>/taper/<int:taper_step_id>/put-off/",
        support.put_off,
        name="taper-put-off",
    ),
    path("plans/<int:plan_id>/update/", updates.write, name="plan-update"),
    path("plans/<int:plan_id>/updates/", updates.updates, name="plan-updates"),
    path(
        "plans/<int:plan_id>/updates/<int:update_id>/read/", updates.read, name="plan-update-read"
    ),
    path("cases/<int:case_id>/lessons/", lessons.index, name="lessons"),
    path("cases/<int:case_id>/lessons/add/", lessons.add, name="lesson-add"),
    path("cases/<int:case_id>/lessons/<int:lesson_id>/", lessons.lesson, name="lesson"),
    path("cases/<int:case_id>/lessons/<int:lesson_id>/edit/", lessons.edit, name="lesson-edit"),
    path(
        "cases/<int:case_id>/lessons/<int:lesson_id>/decide/", lessons.decide, name="lesson-decide"
    ),
    path(
        "cases/<int:case_id>/lessons/<int:lesson_id>/result/", lessons.result, name="lesson-result"
    ),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/download/", reviews.download, name="reviews-download"),
    path("plans/<int:plan_id>/invite/", reviews.invite, name="review-invite"),
    path("cases/<int:case_id>/hours/", hours.hours, name="curriculum-hours"),
    path("cases/<int:case_id>/plans/carry/<int:plan_id>/", hours.carry, name="plan-carry"),
    path("plan-types/", types.types, name="plan-types"),
    path("plan-types/<slug:type_key>/change/", types.change, name="plan-type-change"),
    path("plan-types/<slug:type_key>/switch/", types.switch, name="plan-type-switch"),
    path("plans/<int:plan_id>/submit/", answers.submit, name="plan-submit"),
    path("plans/<int:plan_id>/decide/", answers.decide, name="plan-decide"),
    path("plans/<int:plan_id>/agree/<slug:party>/", answers.agree, name="plan-agree"),
    path("plans/<int:plan_id>/withdraw/", answers.withdraw, name="plan-withdraw"),
    path("plans/<int:plan_id>/redraft/", answers.redraft, name="plan-redraft"),
    path("plans/<int:plan_id>/scores/", doing.scores, name="plan-scores"),
    path("plans/<int:plan_id>/meeting/", meeting.begin, name="plan-meeting"),
    path("plans/<int:plan_id>/meeting/<int:number>/", meeting.score, name="plan-meeting-target"),
    path("plans/<int:plan_id>/review/", doing.review, name="plan-review"),
    path(
        "plans/<int:plan_id>/actions/<int:action_id>/done/",
        doing.action_done,
        name="plan-action-done",
    ),
]
