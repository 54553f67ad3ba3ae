"""What a school tells in a referral, and the checks that hold however it arrives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.models import StoredFile
from alongside.pathways.models import Criterion
from alongside.referrals.models import Evidence, Referral, SupportTried
from alongside.rules.bounds import too_long_ago

MOST_SUSPENDED = Decimal(45)  # School Discipline (Pupil Exclusions) regulations 2012: in one year.
MOST_CHARACTERS = 20_000
BEFORE_BIRTH = "This day is before the child was born"


@dataclass(frozen=True)
class Tried:
    """One cycle of assess, plan, do, review."""

    starts_on: date
    what: str
    ends_on: date | None = None
    changed: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True)
class Told:
    """Everything the school tells. `None` in a section sent again means: as it was."""

    main_worry: str | None = None
    last_incident: str | None = None
    going_well: str | None = None
    days_suspended: Decimal | None = None
    agreed_on: date | None = None
    agreed_by: str | None = None
    agreed_how: str | None = None
    tried: Sequence[Tried] | None = None
    paper_ids: Sequence[int] = ()
    # File id to the id of the criterion that the school says it shows; None: none in particular.
    papers_show: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, object]:
        """The fields of a referral that are told, by name."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        del given["tried"], given["paper_ids"], given["papers_show"]
        return {name: value for name, value in given.items() if value is not None}


def check(told: Told, today: date, born_on: date) -> None:
    """Raise the first `Problem`, at its field."""
    for name in ("last_incident", "going_well"):
        if len(getattr(told, name) or "") > MOST_CHARACTERS:
            raise Problem("This is too long. Attach it as a paper and say here what matters.", name)
    days = told.days_suspended
    if days is not None and not 0 <= days <= MOST_SUSPENDED:
        raise Problem(
            "Enter 45 days or fewer: no pupil may be suspended for more in a year",
            "days_suspended",
        )
    if told.agreed_on and (wrong := wrong_agreement(told.agreed_on, today, born_on)):
        raise Problem(wrong, "agreed_on")
    for cycle in told.tried or ():
        _check_cycle(cycle, today, born_on)


def wrong_agreement(on: date, today: date, born_on: date | None) -> str:
    """What is wrong with the day of an agreement, in words; empty when nothing is."""
    if on > today:
        return "The day of the agreement cannot be in the future"
    if born_on and on < born_on:
        return BEFORE_BIRTH
    if too_long_ago(on, before=today):
        return "This agreement is more than a year old. Ask again, and enter the day they agreed"
    return ""


def _check_cycle(cycle: Tried, today: date, born_on: date) -> None:
    if cycle.starts_on < born_on:
        raise Problem(BEFORE_BIRTH, "tried")
    if cycle.starts_on > today:
        raise Problem("A cycle that was tried cannot start in the future.", "tried")
    if cycle.ends_on and cycle.ends_on < cycle.starts_on:
        raise Problem("A cycle ends on or after the day it starts.", "tried")
    if cycle.reviewed_on and not cycle.starts_on <= cycle.reviewed_on <= today:
        raise Problem("A review is held after the cycle starts, and not in the future.", "tried")


def is_changed(referral: Referral, told: Told) -> bool:
    """Whether words, dates or cycles differ from what the referral says now."""
    if any(getattr(referral, name) != value for name, value in told.columns.items()):
        return True
    if told.tried is None:
        return False
    names = [f.name for f in fields(Tried)]
    now = {tuple(row[name] for name in names) for row in referral.tried.values(*names)}
    return now != {tuple(getattr(cycle, name) for name in names) for cycle in told.tried}


def write_tried(referral: Referral, tried: Sequence[Tried] | None) -> None:
    """Replace the cycles with those told; what they were stays in the history."""
    if tried is None:
        return
    referral.tried.all().delete()
    SupportTried.objects.bulk_create(
        SupportTried(
            referral=referral,
            starts_on=cycle.starts_on,
            ends_on=cycle.ends_on,
            what=cycle.what[:300],
            changed=cycle.changed[:300],
            reviewed_on=cycle.reviewed_on,
        )
        for cycle in tried
    )


def attach(actor: Actor, referral: Referral, told: Told) -> bool:
    """Attach papers that the actor handed in and that belong to nothing yet, and say what each
    shows. Whether anything is new."""
    taken = Evidence.objects.filter(file_id__in=told.paper_ids).values("file_id")
    files = StoredFile.objects.filter(pk__in=told.paper_ids, uploaded_by_id=actor.staff_id)
    held = set(referral.evidence.values_list("file__sha256", flat=True))
    added = []
    for file in files.exclude(pk__in=taken).order_by("id"):
        if file.sha256 in held:  # The same paper chosen twice, in two tabs perhaps: kept once.
            continue
        held.add(file.sha256)
        added.append(
            Evidence.objects.create(
                referral=referral, file=file, what=file.name[:120], added_by_id=actor.staff_id
            )
        )
    said = [_say_what_it_shows(paper, told) for paper in referral.evidence.order_by("id")]
    return bool(added) or any(said)


def _say_what_it_shows(paper: Evidence, told: Told) -> bool:
    if paper.file_id not in told.papers_show:
        return False
    wanted = told.papers_show[paper.file_id]
    of_this = Criterion.objects.filter(
        framework=paper.referral.framework_id, shown_by=Criterion.ShownBy.EVIDENCE
    )
    found = of_this.filter(pk=wanted).values_list("pk", flat=True) if wanted else []
    shows_id = next(iter(found), None)
    if shows_id == paper.shows_id:
        return False
    paper.shows_id = shows_id
    paper.save(update_fields=["shows"])
    return True
