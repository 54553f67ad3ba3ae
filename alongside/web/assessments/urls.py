"""The pupil's Assessment tab: needs, scores before and after, the child's words, the profile."""

from django.urls import path

from alongside.web.assessments import (
    assessing,
    goals_and_talks,
    learning,
    measures,
    needs,
    profile,
    putting_right,
    scores,
    sittings,
    tutoring,
    views,
    voice,
)

BASE = "pupils/<int:pupil_id>/assessment/"

urlpatterns = [
    path(BASE, views.assessment, name="pupil-assessment"),
    path(f"{BASE}assess/", assessing.assess, name="assess"),
    path(f"{BASE}made/<int:assessment_id>/", assessing.made, name="assessment-made"),
    path(f"{BASE}made/<int:assessment_id>/support/", assessing.support, name="assessment-support"),
    path(
        f"{BASE}made/<int:assessment_id>/withdraw/", assessing.withdraw, name="assessment-withdraw"
    ),
    path(f"{BASE}needs/new/", needs.add, name="need-new"),
    path(f"{BASE}needs/<int:need_id>/end/", needs.end, name="need-end"),
    path(f"{BASE}needs/<int:need_id>/answer/", needs.answer, name="need-answer"),
    path(f"{BASE}scores/new/", scores.add, name="score-new"),
    path(f"{BASE}scores/sdq/", sittings.sdq, name="score-sdq"),
    path(f"{BASE}scores/goals/", sittings.goals, name="score-goals"),
    *(
        path(f"{BASE}{at}/{act}/", view, name=f"{name}-{act}")
        for at, name, views_of in (
            ("scores/<int:result_id>", "score", putting_right.score),
            ("voice/<int:voice_id>", "voice", putting_right.words),
            ("needs/<int:need_id>", "need", putting_right.need),
            ("voice/goals/<int:goal_id>", "own-goal", putting_right.goal),
            ("voice/talks/<int:talk_id>", "tutor-talk", putting_right.talk),
        )
        for act, view in views_of.items()
    ),
    path("measures/", measures.catalogue, name="measures"),
    path("measures/new/", measures.add, name="scale-new"),
    path("measures/<int:measure_id>/change/", measures.change, name="scale-change"),
    path("measures/<int:measure_id>/end/", measures.end, name="scale-end"),
    path(f"{BASE}voice/", goals_and_talks.page, name="pupil-voice"),
    path(f"{BASE}voice/goals/new/", goals_and_talks.add_goal, name="own-goal-new"),
    path(f"{BASE}voice/goals/<int:goal_id>/said/", goals_and_talks.said, name="own-goal-said"),
    path(f"{BASE}voice/goals/<int:goal_id>/end/", goals_and_talks.end, name="own-goal-end"),
    path(f"{BASE}voice/decisions/new/", goals_and_talks.decide, name="decision-new"),
    path(f"{BASE}voice/tutor/", tutoring.name, name="tutor-name"),
    path(f"{BASE}voice/talks/new/", tutoring.talk, name="tutor-talk"),
    path(f"{BASE}voice/talks/<int:talk_id>/done/", tutoring.done, name="tutor-talk-done"),
    path("tutees/", tutoring.tutees, name="tutees"),
    path(f"{BASE}voice/new/", voice.add, name="voice-new"),
    path(f"{BASE}voice/belonging/", voice.belonging, name="voice-belonging"),
    path(f"{BASE}voice/<int:voice_id>/file/", voice.file, name="voice-file"),
    path(f"{BASE}learning/", learning.learning, name="learning"),
    path(f"{BASE}learning/new/", learning.add, name="learning-new"),
    path(f"{BASE}send/", learning.send, name="send-needs"),
    path(f"{BASE}profile/", profile.edit, name="profile-edit"),
    path(f"{BASE}profile/versions/", profile.versions, name="profile-versions"),
    path(f"{BASE}profile/from-log/<int:log_id>/", profile.from_log, name="profile-from-log"),
]
