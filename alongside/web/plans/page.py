"""What the page of one plan prints: pictures, parties, what is next. Must not change anything."""

from typing import Any

from alongside.assessments.queries import answers_of
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.plans import joining, people, policy, queries, withdrawn, wording
from alongside.plans.kinds import type_of
from alongside.plans.models import Party, Plan, PlanState, Review, Target
from alongside.rules.words import count_of, day_in_words, listed
from alongside.web import charts
from alongside.web.assessments.voice_rows import voice_row
from alongside.web.plans import agreements
from alongside.web.plans.timetable import week_of

S = PlanState
STATES = {
    S.DRAFT: "info",
    S.WAITING_APPROVAL: "waiting",
    S.RETURNED: "soon",
    S.APPROVED: "waiting",
    S.AGREED: "met",
    S.REVIEWED: "met",
    S.ENDED: "info",
}
SAID_NO = (
    "Somebody said no. Talk it through: they may still agree, or write the next version with what "
    "they want instead. This one then stays as it was."
)
FOUND = {"Met": "met", "Part of the way": "info", "Further away": "overdue"}


def context(actor: Actor, plan: Plan, versions: list[Plan]) -> dict[str, Any]:
    """Everything `plans/plan.html` prints."""
    return {
        "plan": plan,
        "heading": f"{type_of(plan).name} {plan.number}",
        "second": second(plan),
        "state": state_of(plan),
        "own_words": own_words(plan),
        "voices": [voice_row(plan.pupil, v) for v in answers_of(plan.pupil)],
        "barriers": barrier_rows(actor, plan),
        "traces": traces(plan),
        "week": week_of(actor, plan),
        "targets": [target_row(target) for target in plan.targets.all()],
        "parties": parties(actor, plan),
        "agreements": agreements.rows(actor, plan),
        "contributors": agreements.contributors(actor, plan),
        "add_contributor": _step(
            "Add somebody",
            f"/plans/{plan.pk}/contributors/add/",
            joining.add_contributor(actor, plan),
        ),
        "notes": agreements.notes(actor, plan),
        "next": next_steps(actor, plan, versions),
        "facts": facts(actor, plan),
        "decisions": agreements.decisions(actor, plan),
        "review": review_rows(actor, plan),
        "versions": [version_row(one, plan) for one in versions],
        "links": [
            {
                "label": "Cycles of assess, plan, do, review",
                "url": f"/cases/{plan.case_id}/cycles/",
            },
            *casework_links(actor, plan),
            {"label": "Curriculum hours", "url": f"/cases/{plan.case_id}/hours/"},
            {"label": "Strategies and taper", "url": f"/cases/{plan.case_id}/support/"},
        ],
        "versions_url": f"/plans/{plan.pk}/versions/",
        "compare_url": compare_url(actor, plan),
        "pdf_url": f"/plans/{plan.pk}/pdf/",
        "may_print": Decision(plan.state in policy.SHARED_STATES),
    }


def own_words(plan: Plan) -> dict[str, Any]:
    """What the child said by the end of this plan and let be passed on, for everybody who reads it."""
    name = plan.pupil.forename
    said = [{"text": one.words, "who": said_by(name, one)} for one in queries.own_words(plan)]
    return {"title": f"In {name}’s own words", "said": said}


def casework_links(actor: Actor, plan: Plan) -> list[dict[str, str]]:
    """What only those read who read casework."""
    if not (policy.sees_whole(actor) and actor.may(Permission.CASE_VIEW)):
        return []
    return [
        {"label": "Updates on how it goes", "url": f"/plans/{plan.pk}/updates/"},
        {"label": "Lesson plans", "url": f"/cases/{plan.case_id}/lessons/"},
    ]


def barrier_rows(actor: Actor, plan: Plan) -> dict[str, Any]:
    """The barriers it works on, for those who read casework; and where to choose them."""
    may_change = policy.sees_whole(actor) and policy.edit(actor, plan)
    return {
        "needs": queries.barriers_of(actor, plan),
        "url": f"/plans/{plan.pk}/barriers/" if may_change else "",
    }


def said_by(name: str, said: queries.Said) -> str:
    """Robin, 12 November 2026, asked: What would you change first?"""
    asked = f", asked: {said.question}" if said.question else ""
    return f"{name}, {day_in_words(said.said_on)}{asked}"


def compare_url(actor: Actor, plan: Plan) -> str:
    """Nowhere, where the plan before was never approved and this reader may not see it."""
    before = plan.previous
    may_see = before and (before.approved_at or policy.sees_unapproved(actor))
    return f"/plans/{plan.pk}/compare/" if may_see else ""


def second(plan: Plan) -> str:
    return (
        f"{plan.case.school.name}. From {day_in_words(plan.starts_on)} to the review on "
        f"{day_in_words(plan.review_due_on)}."
    )


def target_row(target: Target) -> dict[str, Any]:
    latest = getattr(target, "latest", None)
    found = wording.way(target.baseline, target.goal, latest)
    return {
        "number": target.order,
        "text": target.text,
        "unit": target.unit,
        "kind": target.get_kind_display(),
        "owner": target.owner,
        "due_on": target.due_on,
        "latest_on": getattr(target, "latest_on", None),
        "note": getattr(target, "latest_note", None) or "",
        "state": FOUND.get(found, "waiting"),
        "word": found,
        "chart": charts.target_line(
            name=target.text,
            start=float(target.baseline),
            now=None if latest is None else float(latest),
            goal=float(target.goal),
            least=float(target.lowest),
            most=float(target.highest),
        ),
    }


def traces(plan: Plan) -> list[dict[str, Any]]:
    """From each need to the targets that answer it, and from each target to who does what."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for target in plan.targets.all():
        kept = "A need that is not shared with you" if target.need_id else ""
        need = getattr(target, "need_text", None) or kept
        serving = [
            f"{Party(a.party).label}: {a.text}"
            for a in plan.actions.all()
            if a.target_id == target.pk
        ]
        lines.setdefault(need, []).append({"text": target.text, "actions": serving})
    if not any(lines) and not any(t["actions"] for found in lines.values() for t in found):
        return []
    return [{"need": need, "targets": found} for need, found in lines.items()]


def parties(actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """Each party with its actions, the school's first: it carries on when we have gone."""
    rows: list[dict[str, Any]] = []
    for party in Party:
        mine = [action for action in plan.actions.all() if action.party == party]
        if mine:
            done = sum(action.done_on is not None for action in mine)
            rows.append(
                {
                    "label": party.label,
                    "count": f"{done} of {len(mine)} done",
                    "actions": [
                        {
                            "id": action.pk,
                            "text": action.text,
                            "who": action.who,
                            "due_on": action.due_on,
                            "done_on": action.done_on,
                            "done_by": action.done_by.name if action.done_by else "",
                            "is_late": not action.done_on and action.due_on < actor.today,
                            "is_kept": not action.is_shared,
                            "may_tick": policy.tick(actor, action),
                            "url": f"/plans/{plan.pk}/actions/{action.pk}/done/",
                        }
                        for action in mine
                    ],
                }
            )
    return rows


def facts(actor: Actor, plan: Plan) -> list[dict[str, str]]:
    holder = plan.case.school.name if plan.held_by == Party.SCHOOL else plan.case.service.name
    together = ", written together with the school" if plan.is_joint else ""
    rows = [
        {"label": "Held by", "value": f"{holder}{together}"},
        {"label": "Written by", "value": plan.written_by.name},
        {"label": "Review due", "value": day_in_words(plan.review_due_on)},
    ]
    if plan.changed_by_id != plan.written_by_id and policy.sees_whole(actor):
        rows.insert(2, {"label": "Last changed by", "value": plan.changed_by.name})
    if plan.submitted_by and plan.submitted_at and policy.sees_whole(actor):
        on = day_in_words(plan.submitted_at.date())
        rows.append({"label": "Sent for approval by", "value": f"{plan.submitted_by.name}, {on}"})
    if plan.approved_by and plan.approved_at:
        on = day_in_words(plan.approved_at.date())
        rows.append({"label": "Approved by", "value": f"{plan.approved_by.name}, {on}"})
    return rows


def next_steps(actor: Actor, plan: Plan, versions: list[Plan]) -> dict[str, Any]:
    """What is so, and what may be done about it: each button with the policy's answer."""
    at = f"/plans/{plan.pk}/"
    state = S(plan.state)
    steps: list[dict[str, Any]] = []
    text = ""
    if state in (S.DRAFT, S.RETURNED):
        text = _who_sees(plan)
        if state == S.RETURNED:
            text = f"Returned: {plan.return_reason}" if policy.sees_whole(actor) else ""
        steps = [
            _step("Send for approval", f"{at}submit/", policy.submit(actor, plan), post=True),
            _step("Change it", f"{at}edit/", policy.edit(actor, plan), look="2"),
        ]
    elif state == S.WAITING_APPROVAL:
        names = [name for _, name in people.approvers(plan, actor.today)]
        text = "A manager reads it and approves it, or returns it with a reason. " + _asked(names)
        steps = [_step("Approve or return", f"{at}decide/", policy.decide(actor, plan))]
        if may := policy.amend(actor, plan):
            steps.append(_step("Change it first", f"{at}edit/", may, look="2"))
    elif state == S.APPROVED:
        text, steps = _agreeing(actor, plan)
    elif state == S.AGREED:
        text, steps = _in_use(actor, plan)
    elif state == S.REVIEWED:
        text, steps = _reviewed(plan, versions)
    elif plan.ended_on:
        text, steps = _ended(actor, plan)
    return {"text": text, "steps": [s for s in steps if s["decision"] or s["decision"].reason]}


def _who_sees(plan: Plan) -> str:
    if plan.held_by == Party.SCHOOL:
        return "The school holds it: it writes the plan, and the service adds its own part."
    if plan.is_joint:
        return "The service and the school write it together, before it is approved."
    return "Only the service sees it until it is approved."


def _reviewed(plan: Plan, versions: list[Plan]) -> tuple[str, list[dict[str, Any]]]:
    """In use still; and the way to the one that takes its place, for who may see that one."""
    following = next((one for one in versions if one.previous_id == plan.pk), None)
    if following is None:
        return "It stays in use until the next plan is agreed by all.", []
    which = f"plan {following.number}"
    said = policy.STATE_SAID[S(following.state)]
    text = f"It stays in use until {which} is agreed by all. {which.capitalize()} {said}."
    return text, [_step(f"Open {which}", f"/plans/{following.pk}/", Decision(True))]


def _ended(actor: Actor, plan: Plan) -> tuple[str, list[dict[str, Any]]]:
    """On a case that goes on without a plan, the next may be written."""
    on = day_in_words(plan.ended_on) if plan.ended_on else ""
    text = f"It ended on {on} and stays as it was."
    if plan.is_set_aside:
        text = f"It was set aside when the case was closed on {on}. It was never approved."
    is_ours = plan.held_by == Party.SCHOOL or actor.may(Permission.PLAN_WRITE)
    may = is_ours and policy.write(actor, plan.case)
    url = f"/cases/{plan.case_id}/plans/new/"
    return text, [_step("Write the next plan", url, may)] if may else []


def _asked(names: list[str]) -> str:
    if not names:
        return "Nobody else may approve plans of this service: ask its manager to name somebody."
    return f"{listed(names, 'or')} can approve it."


def _agreeing(actor: Actor, plan: Plan) -> tuple[str, list[dict[str, Any]]]:
    missing = queries.missing_parties(plan)
    names = listed([party.label.lower() for party in missing])
    if any(not a.is_agreed for a in plan.agreements.all()):
        decision = policy.redraft(actor, plan)
        step = _step("Write the next version", f"/plans/{plan.pk}/redraft/", decision, post=True)
        return SAID_NO, [*_own_answer(actor, plan), step]
    return f"It comes into use when {names} agree.", _own_answer(actor, plan)


def _own_answer(actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """The school's own answer, where it is asked of this reader."""
    is_asked = policy.is_of_the_school(actor, plan.case) and Party.SCHOOL in queries.agreeing(plan)
    may = policy.agree(actor, plan, Party.SCHOOL) if is_asked else Decision(False)
    url = f"/plans/{plan.pk}/agree/school/"
    return [_step("Answer for the school", url, may)] if may else []


def _in_use(actor: Actor, plan: Plan) -> tuple[str, list[dict[str, Any]]]:
    at = f"/plans/{plan.pk}/"
    steps = [
        *_own_answer(actor, plan),
        _step("Review it", f"{at}review/", policy.review(actor, plan)),
        _step("Score the targets", f"{at}scores/", policy.score(actor, plan), look="2"),
    ]
    if may_invite := policy.invite(actor, plan):
        steps.append(_step("Invite the school", f"{at}invite/", may_invite, look="2"))
    left = (plan.review_due_on - actor.today).days
    text = f"The review is due in {count_of(left, 'day')}."
    if left == 0:
        text = "The review is due today."
    if left < 0:
        text = f"The review was due on {day_in_words(plan.review_due_on)}. Hold it now."
    said, pressing = withdrawn.state_of(plan)
    if pressing == "soon":
        text = f"{said}. Ask {plan.case.school.name} whether it agrees. {text}"
    if pressing == "overdue":
        text = (
            f"{said}. Stop the part they object to, talk with "
            "them, then hold a review or write the next version."
        )
        steps.append(
            _step(
                "Write the next version",
                f"{at}redraft/",
                policy.redraft(actor, plan),
                look="2",
                post=True,
            )
        )
    elif actor.may(Permission.CASE_WORK) or policy.is_held_by_school_of(actor, plan):
        withdraw = policy.withdraw(actor, plan, Party.FAMILY)
        steps.append(_step("Agreement withdrawn", f"{at}withdraw/", withdraw, look="2"))
    return text, steps


def _step(
    label: str, url: str, decision: Decision, look: str = "", post: bool = False
) -> dict[str, Any]:
    return {"label": label, "url": url, "decision": decision, "look": look, "post": post}


def review_rows(actor: Actor, plan: Plan) -> dict[str, Any] | None:
    """The review of this plan, as the actor may read it."""
    review = getattr(plan, "review", None)
    if not review:
        return None
    decided = review.get_decision_display()
    if review.stage:
        decided += f", to {review.stage.name}"
    return {
        "title": f"Review of {day_in_words(review.held_on)}",
        "rows": [row for row in _said(actor, review, decided) if row["value"]],
    }


def _said(actor: Actor, review: Review, decided: str) -> list[dict[str, str]]:
    family = review.family_view if policy.sees_whole(actor) else ""
    return [
        {"label": "Decided", "value": decided},
        {"label": "Why", "value": review.reason},
        {"label": "The pupil says", "value": review.pupil_view},
        {"label": "The family says", "value": family},
        {"label": "The school says", "value": review.school_view},
        {"label": "Who was there", "value": review.present},
        {"label": "Recorded by", "value": review.recorded_by.name},
    ]


def version_row(one: Plan, shown: Plan) -> dict[str, Any]:
    return {
        "label": f"Plan {one.number}",
        "note": f"from {day_in_words(one.starts_on)}",
        "url": "" if one.pk == shown.pk else f"/plans/{one.pk}/",
        **state_of(one),
    }


def state_of(plan: Plan) -> dict[str, str]:
    """The plan's chip: agreement that no longer holds is said, while the plan goes on."""
    word, pressing = withdrawn.state_of(plan)
    return {"state": pressing or STATES[S(plan.state)], "word": word}
