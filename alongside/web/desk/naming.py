"""Drafts in words: which form each was begun in, and about whom, for who may still see them."""

from collections.abc import Sequence
from typing import Any

from django.urls import Resolver404, resolve

from alongside.cases.queries import pupil_names, visible_cases
from alongside.core.actor import Actor
from alongside.core.models import Draft
from alongside.plans.queries import visible_plans
from alongside.referrals.queries import visible_referrals

# The name of each address with a form, and what is written there.
FORMS = {
    "allocation-end": "End an allocation",
    "alternative-check": "Whether it has held",
    "alternative-end": "Outcome of an alternative to exclusion",
    "alternative-new": "In place of exclusion",
    "alternative-step": "Step of an alternative to exclusion",
    "announcement-new": "Announcement",
    "assess": "Assessment",
    "assessment-support": "Support that an assessment suggests",
    "assessment-withdraw": "Withdraw an assessment",
    "behaviour-new": "Behaviour",
    "break-glass": "Open a record",
    "break-glass-find": "Open a record",
    "calendar-import": "Calendar from a file",
    "calendar-make": "Calendar feed",
    "calendar-revoke": "End a calendar feed",
    "carer-change": "Change a parent or carer",
    "carer-new": "Add a parent or carer",
    "case-allocate": "Allocate",
    "case-close": "Close",
    "case-close-correct": "Last day of the work",
    "case-colleague": "Add a colleague",
    "case-comment": "Comment",
    "case-marks": "How a case stands",
    "case-priority": "Priority",
    "case-priority-end": "Priority of a case",
    "case-reassign": "Reassign",
    "case-reopen": "Reopen",
    "checklist": "Start checklist",
    "checklist-item": "Item of the start checklist",
    "chronology-decide": "Approve or return a chronology",
    "chronology-hearing": "Chronology for a hearing",
    "concern-new": "Raise a concern",
    "condition-follow": "What followed of a condition",
    "condition-new": "Condition",
    "cover-end": "End cover",
    "cover-new": "Arrange cover",
    "curriculum-hours": "Curriculum hours",
    "cut-off": "Weekly cut-off",
    "day": "Day in the calendar",
    "day-new": "Day in the calendar",
    "deadline-give": "Give a deadline to somebody",
    "decision-new": "Options explained, and a decision",
    "document-change": "Change what a document is",
    "document-new": "Add a document",
    "document-remove": "Take a document away",
    "draft-criterion": "Criterion of a framework",
    "draft-criterion-new": "Criterion of a framework",
    "draft-head": "A framework’s new version",
    "draft-stage": "Stage of a framework",
    "draft-stage-new": "Stage of a framework",
    "escalation": "Direction on what was passed up",
    "escalation-acknowledge": "Acknowledge what was passed up",
    "escalation-new": "Pass something up",
    "flag-new": "Add a flag",
    "framework-older": "Moving pupils to a new version",
    "framework-publish": "Publishing a framework",
    "framework-take-back": "Taking a publication back",
    "handover-call-off": "Call off a handover",
    "incident-edit": "Correct an incident",
    "incident-move": "An incident that is another child’s",
    "incident-strike-out": "Strike out an incident",
    "incident-new": "Incident",
    "judgement-new": "Professional judgement",
    "learning-new": "Learning gap",
    "lesson-add": "Lesson plan",
    "lesson-decide": "Decision on a lesson plan",
    "lesson-edit": "Change a lesson plan",
    "lesson-result": "What came of a lesson",
    "list-columns": "Columns of a class list",
    "list-line": "Line of a class list",
    "list-new": "Class list",
    "listing-change": "Service in the directory",
    "listing-new": "Service in the directory",
    "log-edit": "Change a daily log",
    "log-new": "Daily log",
    "log-next-steps": "Next steps agreed",
    "me-phone": "How colleagues reach you",
    "merge-compare": "Join two records",
    "my-reminders": "My reminders",
    "need-answer": "Answer to a need",
    "need-end": "End a need",
    "need-new": "Need",
    "neighbourhood-merge": "Merge a neighbourhood",
    "own-goal-end": "What became of a goal",
    "own-goal-move": "A goal that is another child’s",
    "own-goal-strike-out": "Strike out a goal",
    "own-goal-new": "A goal of their own",
    "own-goal-said": "What they say of a goal",
    "pathway-end": "End a pathway",
    "pathway-new": "Pathway",
    "plan-agency-agree": "An agency’s answer to a plan",
    "plan-agree": "Answer to a plan",
    "plan-barriers": "Barriers for a plan",
    "plan-carry": "Carry a plan to another setting",
    "plan-contributor-add": "Add somebody to a plan",
    "plan-contributor-remove": "Take somebody off a plan",
    "plan-decide": "Decision on a plan",
    "plan-edit": "Change a plan",
    "plan-following": "Next plan",
    "plan-meeting-target": "Target scored in the meeting",
    "plan-note": "Note on a plan",
    "plan-review": "Review",
    "plan-scores": "Scores of targets",
    "plan-section": "Section of a plan",
    "plan-type-change": "Kind of plan",
    "plan-type-new": "Kind of plan",
    "plan-type-switch": "Kind of plan",
    "plan-update": "Update",
    "plan-week": "Week of a plan",
    "plan-withdraw": "Agreement withdrawn",
    "plan-write": "Plan",
    "professional-new": "Add a professional",
    "profile-edit": "One-page profile",
    "profile-from-log": "One-page profile",
    "protocol-agree": "A protocol is agreed",
    "protocol-answer": "What a partner says",
    "protocol-change": "Protocol or agreement",
    "protocol-new": "Protocol or agreement",
    "pupil-address": "New address",
    "pupil-change": "Change who the pupil is",
    "pupil-entry-correct": "Correction of the chronology",
    "pupil-entry-new": "Line of the chronology",
    "purpose-find": "Open a record for a purpose",
    "purpose-give": "Open a record for a purpose",
    "pupil-leave": "Leave a framework",
    "pupil-leaving": "Left the council",
    "pupil-left-correct": "Last day here",
    "pupil-left-told": "Left the council",
    "pupil-move": "Move to another stage",
    "pupil-tried": "What was tried before",
    "referral-accept": "Accept",
    "referral-again": "Add what is missing",
    "referral-call": "A professional’s call",
    "referral-decline": "Decline",
    "referral-return": "Return to the school",
    "referral-score": "Triage scores",
    "referral-screen": "Screen",
    "referral-signpost": "Signpost",
    "referral-wait": "Waiting list",
    "referral-wait-change": "Change a wait",
    "referral-withdraw": "Withdraw",
    "referral-write": "Refer a pupil",
    "report-decide": "Decision on a report",
    "request-answer": "Answer to a request",
    "request-new": "Request of a service",
    "request-withdraw": "Request withdrawn",
    "review-invite": "Invitation to a review",
    "role-end": "End a role",
    "role-give": "Give a role",
    "role-take-away": "Take a role away",
    "roll-correct": "Correct an enrolment",
    "roll-leave": "Off the roll",
    "roll-move": "Move to another school",
    "roll-second": "A second school",
    "scale-change": "A scale of our own",
    "scale-new": "A scale of our own",
    "school-contact": "Change a contact of a school",
    "school-contact-new": "Add a contact of a school",
    "school-neighbourhood": "Neighbourhood of a school",
    "school-worker": "Named worker of a school",
    "score-goals": "Rated goals",
    "need-move": "A need that is another child’s",
    "need-strike-out": "Strike out a need",
    "standard-change": "Our standards",
    "voice-move": "Words that are another child’s",
    "voice-strike-out": "Strike out a child’s words",
    "score-move": "A score that is another child’s",
    "score-new": "Score",
    "score-sdq": "Difficulties scores",
    "score-strike-out": "Strike out a score",
    "send-needs": "Needs in the national categories",
    "session-edit": "Change a session",
    "session-new": "Session",
    "session-next-steps": "Next steps agreed",
    "staff-add": "Add a person",
    "staff-employment": "Change an employment",
    "staff-lost-device": "Lost telephone or key",
    "staff-note-new": "Note about staff",
    "staff-note-show": "Who reads a note about staff",
    "statutory-new": "Statutory step",
    "strategy": "Strategy",
    "strategy-add": "Strategy",
    "strategy-develop": "Strategy to develop",
    "support-start": "Start of support",
    "sustained-check": "Check that it lasts",
    "taper": "Taper of support",
    "taper-put-off": "Put off a step of the taper",
    "taper-take": "A step of the taper",
    "task-new": "Task",
    "team-hand-over": "Hand cases over",
    "team-profile": "What somebody can hold",
    "team-task-new": "Task for the team",
    "team-task-priority": "Priority of a task",
    "term": "Term dates",
    "term-new": "Term dates",
    "triage-publish": "Triage form",
    "tutor-name": "A pupil’s tutor",
    "tutor-talk": "A talk with a tutee",
    "tutor-talk-move": "A talk with another child",
    "tutor-talk-strike-out": "Strike out a tutor talk",
    "tutor-talk-done": "What followed from a talk",
    "visit-cancel": "Cancel a visit",
    "visit-done": "Record a visit",
    "visit-new": "Visit",
    "visit-next-steps": "Next steps agreed",
    "voice-belonging": "Belonging and joining in",
    "voice-new": "What the child says",
    "where": "Where you are",
}
OTHER = "Something you began"
LEAST_TO_READ = 20  # Characters: less is a choice or a figure, not somebody's words.


def named(actor: Actor, drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Each draft with its name and its words; about whom, only when that is still to be seen."""
    found = [(draft, *_form(draft.key)) for draft in drafts]
    subjects = _subjects(actor, [parts for _, _, parts in found])
    listed = []
    for draft, form, parts in found:
        about = [subjects.get((name, pk), "") for name, pk in parts.items() if name in KINDS]
        listed.append(
            {
                "draft": draft,
                "name": " ".join(filter(None, [form, *about[:1]])),
                "pupil_id": parts.get("pupil_id") if any(about) else None,
                "words": _words(draft) if all(about) else [],
            }
        )
    return listed


def _form(key: str) -> tuple[str, dict[str, int]]:
    """The form of a draft's address, and the numbers in it."""
    try:
        match = resolve(key.partition("#")[0].partition("?")[0])
    except Resolver404:
        return OTHER, {}
    name = match.url_name or ""
    form = FORMS.get(name) or FORMS.get(name.removeprefix("school-"), OTHER)
    return form, {part: n for part, n in match.kwargs.items() if isinstance(n, int)}


def _pupils(actor: Actor, ids: list[int]) -> dict[int, str]:
    return {pk: f"for {name}" for pk, name in pupil_names(actor, ids).items()}


def _cases(actor: Actor, ids: list[int]) -> dict[int, str]:
    found = visible_cases(actor).filter(pk__in=ids).values_list("pk", "reference")
    return {pk: f"for case {reference}" for pk, reference in found}


def _plans(actor: Actor, ids: list[int]) -> dict[int, str]:
    found = visible_plans(actor).filter(pk__in=ids)
    rows = found.values_list("pk", "number", "case__reference")
    return {pk: f"(plan {number} of case {reference})" for pk, number, reference in rows}


def _referrals(actor: Actor, ids: list[int]) -> dict[int, str]:
    found = visible_referrals(actor).filter(pk__in=ids).values_list("pk", "reference")
    return {pk: f"(referral {reference})" for pk, reference in found}


KINDS = {"pupil_id": _pupils, "case_id": _cases, "plan_id": _plans, "referral_id": _referrals}


def _subjects(actor: Actor, parts: list[dict[str, int]]) -> dict[tuple[str, int], str]:
    """Whom or what each draft is about, one question a kind."""
    said: dict[tuple[str, int], str] = {}
    for name, ask in KINDS.items():
        if ids := sorted({numbers[name] for numbers in parts if name in numbers}):
            said |= {(name, pk): words for pk, words in ask(actor, ids).items()}
    return said


def _words(draft: Draft) -> list[str]:
    """What was written in sentences, to be read and copied when the form no longer opens."""
    values = [value for values in draft.content.values() for value in values]
    return [value for value in values if len(value) >= LEAST_TO_READ and " " in value]
