"""The county's referrals: one behind every case, and those that wait, came back or went elsewhere."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import Child, County
from alongside.ops.seed.county_work import moment
from alongside.ops.seed.stories import STORIES, Story
from alongside.ops.seed.triage_forms import LOW, MARKS
from alongside.pathways.models import Criterion
from alongside.people.models import Involvement
from alongside.referrals.models import (
    CriterionAnswer,
    Referral,
    RequestStep,
    Step,
    SupportRequest,
    SupportStart,
    SupportTried,
    TriageForm,
    TriageScore,
    Wait,
)

TABLES: tuple[type[models.Model], ...] = (
    Referral, CriterionAnswer, Step, SupportTried, TriageScore, Wait, SupportRequest, RequestStep,
    SupportStart,
)  # fmt: skip
# Without a case, for every thousand cases.
ENDS_PER_THOUSAND = (
    ("SENT", 10), ("SCREENING", 6), ("RETURNED", 8), ("WAITING", 20),
    ("DECLINED", 100), ("SIGNPOSTED", 40), ("WITHDRAWN", 10),
)  # fmt: skip
STEPS = {
    "SENT": (),
    "SCREENING": ("start_screening",),
    "RETURNED": ("start_screening", "answer", "return"),
    "WAITING": ("start_screening", "answer", "score", "wait"),
    "DECLINED": ("start_screening", "answer", "score", "decline"),
    "SIGNPOSTED": ("start_screening", "answer", "score", "signpost"),
    "WITHDRAWN": ("withdraw",),
    "ACCEPTED": ("start_screening", "answer", "score", "accept"),
}
REACHES = {
    "start_screening": "SCREENING", "answer": "SCREENING", "score": "SCREENING",
    "return": "RETURNED", "wait": "WAITING", "decline": "DECLINED", "signpost": "SIGNPOSTED",
    "withdraw": "WITHDRAWN", "accept": "ACCEPTED",
}  # fmt: skip
LIVE = ("SENT", "SCREENING", "RETURNED", "WAITING")
DECIDED = ("ACCEPTED", "DECLINED", "SIGNPOSTED", "WITHDRAWN")
REASONS = {
    "RETURNED": "One review is missing; the rest is clear and helpful.",
    "WAITING": "Everybody is full until the new term.",
    "DECLINED": "The school’s own plan is working. Keep it for another term.",
    "SIGNPOSTED": "What worries everybody is sleep and money at home, not school.",
    "WITHDRAWN": "The family would like to wait.",
    "ACCEPTED": "Meets the criteria. The school has tried two things.",
}
WAITS_FOR = ("WORKER", "WORKER", "PLACE", "FAMILY", "AGENCY")
WAITED_SHARE = 3  # One in so many accepted referrals waited first.
ASKED_SHARE = 7  # One in so many cases asks another service for something.
KINDS = ("PSYCHOLOGY", "SPEECH", "EARLY_HELP", "ATTENDANCE", "MENTAL_HEALTH", "SEND")
ANSWERS = ("SENT", "WAITING", "ACCEPTED", "ACCEPTED", "DECLINED")


@dataclass(frozen=True)
class Asked:
    """One referral as its parts need it."""

    id: int
    number: int
    child: Child
    state: str
    sent_on: date
    screener_id: int
    case_id: int | None = None

    @property
    def story(self) -> Story:
        return STORIES[self.number % len(STORIES)]

    @property
    def is_scored(self) -> bool:
        return "score" in STEPS[self.state]

    def day(self, days: int) -> date:
        return self.sent_on + timedelta(days=days)


def fill(copier: Copier, county: County, today: date) -> None:
    referrals = list(_referrals(copier, county, today))
    _referral_rows(copier, county, referrals)
    _steps(copier, referrals)
    _answers(copier, county, referrals)
    _scores(copier, county, referrals)
    _waits(copier, referrals)
    _access(copier, county, referrals)
    _starts(copier, county)
    _requests(copier, county, today)


def _referrals(copier: Copier, county: County, today: date) -> Iterator[Asked]:
    """Of each case, six days before it opened; then those of children without one."""
    ids = copier.ids(Referral)
    for work in county.cases:
        sent_on = work.opened_on - timedelta(days=6)
        yield Asked(
            next(ids), work.number, work.child, "ACCEPTED", sent_on, county.supervisor_id, work.id
        )
    with_case = {work.child.id for work in county.cases}
    others = (child for child in county.children if child.id not in with_case)
    number = len(county.cases)
    for state, share in ENDS_PER_THOUSAND:
        for turn in range(len(county.cases) * share // 1000 + 1):
            child = next(others, None)
            if child is None:
                return
            back = turn % 60 + 8 if state in LIVE else turn % 900 + 20
            if state == "SENT":
                back = turn % 6
            yield Asked(
                next(ids), number, child, state, today - timedelta(days=back),
                county.workers[child.area][0],
            )  # fmt: skip
            number += 1


def _referral_rows(copier: Copier, county: County, referrals: list[Asked]) -> None:
    places = county.ground.places
    copier.copy(
        Referral,
        "id created_at version reference pupil school service area framework state main_worry last_incident"
        " going_well days_suspended agreed_on agreed_by agreed_how sent_at sent_by screener"
        " decided_at decided_by decision_reason signposted_to case",
        (
            (r.id, moment(r.sent_on), 1 + len(STEPS[r.state]), f"R-{r.id:05d}", r.child.id, r.child.school_id,
             places["team"].pk, places[r.child.area].pk, county.framework_id, r.state,
             r.story.worry, r.story.incident, r.story.going_well, r.number % 9 / 2,
             r.day(-3), "A. Sampler", "At school, in person", moment(r.sent_on),
             county.supervisor_id, r.screener_id if r.state != "SENT" else None,
             moment(r.day(5)) if r.state in DECIDED else None,
             r.screener_id if r.state in DECIDED else None, REASONS.get(r.state, ""),
             "Early Help, 01632 960100" if r.state == "SIGNPOSTED" else "", r.case_id)
            for r in referrals
        ),
    )  # fmt: skip
    copier.copy(
        SupportTried,
        "referral starts_on ends_on what changed reviewed_on",
        (
            (r.id, r.day(-70 + 35 * turn), r.day(-42 + 35 * turn), what, changed,
             r.day(-42 + 35 * turn))
            for r in referrals for turn, (what, changed) in enumerate(r.story.tried)
        ),
    )  # fmt: skip


def _steps(copier: Copier, referrals: list[Asked]) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for r in referrals:
            yield r.id, moment(r.sent_on), "send", "", "SENT", 1, "", r.screener_id
            state = "SENT"
            for order, name in enumerate(STEPS[r.state], start=1):
                reached = REACHES[name]
                reason = REASONS.get(reached, "")
                yield (
                    r.id, moment(r.day(min(order + 1, 5))), name, state, reached, 1, reason,
                    r.screener_id,
                )  # fmt: skip
                state = reached

    copier.copy(Step, "referral created_at name from_state to_state round reason taken_by", rows())


def _answers(copier: Copier, county: County, referrals: list[Asked]) -> None:
    criteria = list(
        Criterion.objects.using("owner")
        .filter(framework_id=county.framework_id)
        .order_by("order")
        .values_list("pk", flat=True)
    )

    def rows() -> Iterator[tuple[object, ...]]:
        for r in referrals:
            if "answer" not in STEPS[r.state]:
                continue
            for criterion_id in criteria:
                is_unmet = r.state == "RETURNED" and criterion_id == criteria[-1]
                yield (
                    r.id, criterion_id, 1, "NOT_YET" if is_unmet else "MET",
                    "Review the plan once more and tell us what changed." if is_unmet else "",
                    r.day(40) if is_unmet else None, r.screener_id,
                )  # fmt: skip

    copier.copy(CriterionAnswer, "referral criterion round finding note do_by answered_by", rows())


def _scores(copier: Copier, county: County, referrals: list[Asked]) -> None:
    """By the version of the service's form that was in force when each was received."""
    forms = list(
        TriageForm.objects.using("owner")
        .filter(service_id=county.ground.places["team"].pk)
        .order_by("-starts_on", "-version")
    )

    def rows() -> Iterator[tuple[object, ...]]:
        for r in referrals:
            form = next((f for f in forms if f.starts_on <= r.sent_on), None)
            if form is None or not r.is_scored:
                continue
            is_low = r.state in ("DECLINED", "SIGNPOSTED") and r.number % 5
            marks = (LOW if is_low else MARKS[r.number % len(MARKS)])[: len(form.questions)]
            yield (
                r.id, form.pk, 1, json.dumps(marks), sum(marks), "", r.screener_id,
                moment(r.day(4)),
            )  # fmt: skip

    copier.copy(TriageScore, "referral form round marks total note scored_by scored_at", rows())


def _waits(copier: Copier, referrals: list[Asked]) -> None:
    copier.copy(
        Wait,
        "referral waits_for note starts_on expected_on ends_on put_by",
        (
            (r.id, WAITS_FOR[r.number % len(WAITS_FOR)], REASONS["WAITING"], r.day(4), r.day(60),
             None if r.state == "WAITING" else r.day(5), r.screener_id)
            for r in referrals
            if r.state == "WAITING" or (r.state == "ACCEPTED" and r.number % WAITED_SHARE == 0)
        ),
    )  # fmt: skip


def _access(copier: Copier, county: County, referrals: list[Asked]) -> None:
    """The area sees the children referred to it for as long as their referrals are not decided."""
    copier.copy(
        Involvement,
        "pupil place capacity starts_on ends_on access_ends_on reason",
        (
            (r.child.id, county.ground.places[r.child.area].pk, "REFERRED_TO", r.sent_on,
             *(2 * (None if r.state in LIVE else r.day(15),)), f"R-{r.id:05d}")
            for r in referrals if r.case_id is None
        ),
    )  # fmt: skip


def _starts(copier: Copier, county: County) -> None:
    in_place = json.dumps([{"what": "The start checklist is done", "note": ""}])
    copier.copy(
        SupportStart,
        "case starts_on started_by in_place",
        (
            (w.id, w.opened_on + timedelta(days=8), w.lead_id, in_place)
            for w in county.cases
            if not w.is_waiting and (w.closed_on or w.number % 5)
        ),
    )


def _requests(copier: Copier, county: County, today: date) -> None:
    """To other services, followed from the day they were sent to their answer."""
    ids = copier.ids(SupportRequest)
    asking = [w for w in county.cases if not w.is_waiting and w.number % ASKED_SHARE == 0]
    requests, steps = [], []
    for order, work in enumerate(asking):
        state = "ACCEPTED" if work.closed_on else ANSWERS[order % len(ANSWERS)]
        request_id, sent_on = next(ids), min(work.opened_on + timedelta(days=20), today)
        is_decided = state in ("ACCEPTED", "DECLINED")
        decided_on = min(sent_on + timedelta(days=25), work.closed_on or today)
        requests.append(
            (request_id, 1, f"S-{request_id:05d}", uuid.UUID(int=request_id), work.id,
             work.child.id, KINDS[order % len(KINDS)], "The service’s duty desk, 01632 960300",
             "A visit to the class and a word with the teacher.", "A. Sampler", sent_on, state,
             sent_on, sent_on + timedelta(days=14), decided_on if is_decided else None,
             "We can start after half-term." if is_decided else "", work.lead_id, order % 2 == 0)
        )  # fmt: skip
        steps.append((request_id, "send", "SENT", sent_on, "", work.lead_id))
        if state != "SENT":
            name = {"WAITING": "wait", "ACCEPTED": "accept", "DECLINED": "decline"}[state]
            steps.append((request_id, name, state, decided_on, "They rang.", work.lead_id))
    copier.copy(
        SupportRequest,
        "id version reference submission case pupil kind addressed_to asked agreed_by agreed_on"
        " state sent_on chase_on decided_on answer recorded_by is_shared",
        requests,
    )
    copier.copy(RequestStep, "request name to_state on reason taken_by", steps)
