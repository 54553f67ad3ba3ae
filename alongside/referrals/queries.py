"""Questions about referrals: one, its papers, what each round found. Always within scope."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Place, StoredFile
from alongside.core.permissions import Permission, Scope
from alongside.pathways.models import Criterion
from alongside.people.models import Enrolment, Pupil, in_scope
from alongside.people.queries.rows import day_from, moment_from, rows
from alongside.referrals import policy, triage
from alongside.referrals.criteria import SECTION_OF, Cycle, Told
from alongside.referrals.models import (
    CriterionAnswer,
    CutOff,
    Evidence,
    Referral,
    ReferralState,
    SentRound,
    Step,
    SupportTried,
    TriageScore,
    Wait,
)
from alongside.rules.names import sought
from alongside.rules.numbers import number_in
from alongside.schools.models import School

RELATED = ("pupil", "school__place", "service", "area", "framework", "screener", "sent_by", "case")


UNDECIDED = (
    ReferralState.SENT,
    ReferralState.SCREENING,
    ReferralState.RETURNED,
    ReferralState.WAITING,
)


def in_progress_on(actor: Actor, framework_key: str) -> QuerySet[Referral]:
    """Referrals in scope that are not decided yet, to any version of one framework."""
    found = visible_referrals(actor).filter(framework__key=framework_key)
    return found.filter(state__in=UNDECIDED)


def visible_referrals(actor: Actor) -> QuerySet[Referral]:
    """A school its own; screeners those of their service or area; others those of their pupils.

    A screener is shown a referral before the pupil: the record opens once screening has started.
    """
    if policy.is_council_wide(actor, Permission.REFERRAL_SCREEN) or actor.is_system:
        return Referral.objects.all()
    roll = actor.place_ids(Scope.ROLL)
    pupils = Q(school__place_id__among=roll) if roll else in_scope(actor.reach, "pupil_id")
    screened = actor.place_ids(permission=Permission.REFERRAL_SCREEN)
    if not screened:
        return Referral.objects.filter(pupils)
    above = Place.objects.filter(pk__among=screened).values("parent_id")
    here = Q(service_id__among=screened) | Q(area_id__among=screened)
    here |= Q(area=None, service_id__in=above)
    # In this order: the database gathers nobody's pupils while a referral is here already.
    return Referral.objects.filter(here | pupils)


def get_referral(actor: Actor, referral_id: int) -> Referral:
    """One referral in scope with everything around it, or `NotFound`."""
    pupils = Pupil.objects.visible_to(actor).filter(pk=OuterRef("pupil_id"))
    answers = CriterionAnswer.objects.select_related("answered_by", "criterion")
    cut_off = CutOff.objects.filter(service=OuterRef("service"), ends_on=None)
    found = (
        triage.noted(visible_referrals(actor))
        .select_related(*RELATED, "decided_by")
        .annotate(
            opens_pupil=Exists(pupils),
            cut_off=Subquery(
                cut_off.values(
                    week=JSONObject(weekday="weekday", at="at", triage_weekday="triage_weekday")
                )[:1]
            ),
        )
        .prefetch_related(
            "framework__criteria", Prefetch("answers", answers.order_by("-round", "id"))
        )
    )
    referral = found.filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    return referral


def open_referral_page(actor: Actor, referral_id: int, screen: str) -> Referral:
    """One referral for a screen that shows its pupil: the view is a line of the audit trail."""
    referral = get_referral(actor, referral_id)
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"referral {referral.pk}",
        pupil_ids=[referral.pupil_id],
        detail={"screen": screen},
    )
    return referral


def pupil_in_scope(actor: Actor, referral: Referral) -> Pupil | None:
    """The pupil, when their record opens to this actor."""
    opens = getattr(referral, "opens_pupil", None)  # As `get_referral` found it.
    if opens is not None:
        return referral.pupil if opens else None
    return Pupil.objects.visible_to(actor).filter(pk=referral.pupil_id).first()


def steps_of(referral: Referral) -> list[Step]:
    """What happened to it, latest first."""
    return list(referral.steps.select_related("taken_by").order_by("-id"))


def papers_of(referral: Referral) -> list[Evidence]:
    return list(referral.evidence.select_related("file", "added_by").order_by("id"))


def papers_about(actor: Actor, pupil: Pupil) -> list[Evidence]:
    """Papers of the pupil's referrals whose words the actor may read, newest first."""
    found = Evidence.objects.filter(
        referral__in=visible_referrals(actor).filter(pupil=pupil).values("pk")
    )
    papers = found.select_related("file", "added_by", "referral__school").order_by("-pk")
    return [p for p in papers if policy.read_what_was_told(actor, p.referral)]


def around(referral: Referral) -> dict[str, list[dict[str, Any]]]:
    """Steps, cycles, papers, this round's score and the wait as rows of plain values, in one query."""
    of = {"referral": OuterRef("pk")}
    found = Referral.objects.filter(pk=referral.pk).values(
        of_steps=rows(
            Step.objects.filter(**of).order_by("-id"),
            *("name", "round", "reason", "created_at"),
            by="taken_by__name",
        ),
        of_tried=rows(
            SupportTried.objects.filter(**of).order_by("starts_on", "id"),
            *("starts_on", "ends_on", "what", "changed", "reviewed_on"),
        ),
        of_papers=rows(
            Evidence.objects.filter(**of).order_by("id"),
            *("id", "what", "created_at"),
            by="added_by__name",
            content_type="file__content_type",
            size="file__size",
            shows="shows__text",
        ),
        of_scores=rows(
            TriageScore.objects.filter(**of, round=referral.round).order_by("id"),
            *("total", "marks", "note", "form_id"),
            version="form__version",
            questions="form__questions",
            accept_from="form__accept_from",
        ),
        of_waits=rows(
            Wait.objects.filter(**of, ends_on=None).order_by("id"),
            *("waits_for", "note", "starts_on", "expected_on"),
        ),
    )
    got: dict[str, Any] = dict(found.get())
    gathered: dict[str, list[dict[str, Any]]] = {
        name.removeprefix("of_"): listed for name, listed in got.items()
    }
    for row in gathered["tried"]:
        row |= {name: day_from(row[name]) for name in ("starts_on", "ends_on", "reviewed_on")}
    for row in gathered["waits"]:
        row |= {name: day_from(row[name]) for name in ("starts_on", "expected_on")}
    for row in [*gathered["steps"], *gathered["papers"]]:
        row["created_at"] = moment_from(row["created_at"])
    return gathered


def get_paper(actor: Actor, referral_id: int, paper_id: int) -> Evidence:
    """One paper of a referral whose words the actor may read, or `NotFound`."""
    referral = get_referral(actor, referral_id)
    paper = referral.evidence.select_related("file").filter(pk=paper_id).first()
    if paper is None or not policy.read_what_was_told(actor, referral):
        raise NotFound
    audit.record(
        actor=actor,
        kind="paper.viewed",
        subject=f"referral {referral.pk}",
        pupil_ids=[referral.pupil_id],
        detail={"paper": paper.pk},
    )
    return paper


def told_of(referral: Referral, today: date) -> Told:
    """What the school told, as far as criteria ask for it."""
    shown: dict[int, list[str]] = {}
    papers = papers_of(referral)
    for paper in papers:
        if paper.shows_id:
            shown.setdefault(paper.shows_id, []).append(paper.what)
    on_roll = Enrolment.objects.current(today).filter(
        pupil=referral.pupil_id, school=referral.school_id
    )
    return Told(
        school=referral.school.name,
        is_on_roll=on_roll.exists(),
        agreed_on=referral.agreed_on,
        agreed_by=referral.agreed_by,
        agreed_how=referral.agreed_how,
        cycles=[Cycle(**row) for row in referral.tried.values("starts_on", "reviewed_on")],
        papers=len(papers),
        shown=shown,
    )


def sent_rounds(referral: Referral) -> dict[int, SentRound]:
    """Earlier rounds as they were sent."""
    return {sent.round: sent for sent in referral.sent_rounds.order_by("round")}


def answers_of(referral: Referral, number: int | None = None) -> dict[int, CriterionAnswer]:
    """Criterion id to its answer in a round, the present one unless told."""
    of = number or referral.round
    return {a.criterion_id: a for a in referral.answers.all() if a.round == of}


def last_answered(referral: Referral) -> dict[int, CriterionAnswer]:
    """The answers of the latest round that has any: what the school was told."""
    latest = max((a.round for a in referral.answers.all()), default=0)
    return answers_of(referral, latest) if latest else {}


def suggest_pupils(actor: Actor, words: str, most: int = 8) -> list[Pupil]:
    """Pupils on the actor's own roll whose name has these words: for a school that refers."""
    places = actor.place_ids(permission=Permission.REFERRAL_MAKE)
    on_roll = Enrolment.objects.current(actor.today).filter(school__place_id__in=places)
    found = Pupil.objects.filter(merged_into=None, pk__in=on_roll.values("pupil_id"))
    if words.strip().upper().isalnum() and len(words.strip()) == 13:
        found = found.filter(upn=words.strip().upper())
    else:
        for word in sought(words):
            found = found.filter(search_name__contains=word)
    return list(found.order_by("legal_surname", "legal_forename", "id")[:most])


def record_suggested(actor: Actor, pupil_ids: Sequence[int]) -> None:
    """Names shown while typing are looked at too."""
    if pupil_ids:
        audit.record(actor=actor, kind="pupil.searched", subject="referral", pupil_ids=pupil_ids)


def pupil_on_own_roll(actor: Actor, pupil_id: str | int) -> Pupil | None:
    """The pupil, when they are on the roll of a school the actor refers for."""
    pupil = Pupil.objects.filter(merged_into=None, pk=number_in(str(pupil_id)) or 0).first()
    return pupil if pupil and policy.school_of(actor, pupil) else None


def main_school(pupil: Pupil, today: date) -> School | None:
    """Where a pupil is on roll today, the main register first."""
    enrolment = (
        Enrolment.objects.current(today)
        .filter(pupil=pupil)
        .select_related("school__place__parent")
        .order_by("status", "id")
        .first()
    )
    return enrolment.school if enrolment else None


def open_pupil_to_refer(actor: Actor, pupil_id: int) -> tuple[Pupil, School]:
    """A pupil of one's own roll and the school they are referred by. The view is audited."""
    pupil = Pupil.objects.filter(merged_into=None, pk=pupil_id).first()
    school = policy.school_of(actor, pupil) if pupil else None
    if pupil is None or school is None:
        raise NotFound
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"screen": "refer"},
    )
    return pupil, school


def kept_papers(actor: Actor, ids: Sequence[int]) -> list[StoredFile]:
    """Papers the actor handed in that are attached to nothing yet."""
    free = StoredFile.objects.filter(pk__in=ids, uploaded_by_id=actor.staff_id)
    taken = Evidence.objects.filter(file_id__in=ids).values("file_id")
    return list(free.exclude(pk__in=taken).order_by("id"))


def latest_live(actor: Actor, pupil: Pupil) -> Referral | None:
    """The live referral of this pupil that the actor may open."""
    found = visible_referrals(actor).filter(pupil=pupil, state__in=policy.LIVE)
    return found.order_by("-id").first()


def unmet(referral: Referral) -> list[CriterionAnswer]:
    """What the school was last told is missing, in order."""
    told = last_answered(referral).values()
    return sorted((a for a in told if a.finding != "MET"), key=lambda a: a.criterion.order)


def returned_with(referral: Referral) -> str:
    """The service's own line to the school, when it last sent the referral back."""
    step = referral.steps.filter(name="return").order_by("-id").first()
    return step.reason if step else ""


def said_again(referral: Referral) -> str:
    """The school's own line to the service, when it last sent the referral again."""
    step = referral.steps.filter(name="send_again", round=referral.round).order_by("-id").first()
    return step.reason if step else ""


def sections_to_mend(missing: Sequence[CriterionAnswer]) -> set[str]:
    """The sections of the form in which the missing things can be put right."""
    sections = {SECTION_OF[Criterion.ShownBy(a.criterion.shown_by)] for a in missing}
    if "happening" in sections:
        sections.add("papers")  # A judgement may be met by words or by a paper.
    return sections


def rounds_of(referral: Referral) -> list[tuple[int, dict[int, CriterionAnswer]]]:
    """Round to its answers, latest first."""
    rounds: dict[int, dict[int, CriterionAnswer]] = {}
    for answer in referral.answers.all():
        rounds.setdefault(answer.round, {})[answer.criterion_id] = answer
    return sorted(rounds.items(), reverse=True)


def told_rounds(
    referral: Referral, rounds: list[tuple[int, dict[int, CriterionAnswer]]]
) -> list[tuple[int, dict[int, CriterionAnswer]]]:
    """Rounds whose answers the school has been given: all but one still being screened."""
    is_open = referral.state in (ReferralState.SENT, ReferralState.SCREENING)
    return [(number, a) for number, a in rounds if not is_open or number < referral.round]
