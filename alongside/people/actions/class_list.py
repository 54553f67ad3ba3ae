"""Keeps a list that was read, what a person decided of it, and applies it five thousand lines at a time.

Each part is one transaction with its own mark of progress: stopped at any moment, it goes on where
it was, and nothing is done twice.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import batched
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.core import audit, bulk
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.people import list_policy
from alongside.people.actions import list_lines
from alongside.people.actions.list_lines import FACTS, LineToApply
from alongside.people.models import ColumnMapping, ListRow, Pupil, PupilList
from alongside.schools.models import School

STORED_AT_ONCE = 4_000
APPLIED_AT_ONCE = 5_000
State, Outcome = PupilList.State, ListRow.Outcome
DECISIONS = ("same", "keep", "move", "main", "sub", "new", "leave")


class Line(Protocol):
    line: int
    outcome: str
    incoming: dict[str, Any]
    pupil_id: int | None
    differences: list[dict[str, str]]
    reasons: list[Any]


@transaction.atomic
def receive_list(
    *, actor: Actor, school: School, name: str, sha256: str, columns: dict[str, Any]
) -> PupilList:
    """A list that is about to be read. Nothing about any pupil changes."""
    require(list_policy.read_list(actor, school))
    found = PupilList.objects.create(
        school=school,
        name=name[:200],
        sha256=sha256,
        columns=columns,
        read_by_id=actor.staff_id,
    )
    audit.record(actor=actor, kind="list.received", subject=f"list {found.pk}")
    return found


@transaction.atomic
def remember_columns(
    *, actor: Actor, school: School, headers: list[str], columns: dict[str, Any]
) -> None:
    """Which column means what, for this school's next list with the same header row."""
    require(list_policy.read_list(actor, school))
    ColumnMapping.objects.update_or_create(
        school=school, headers=headers, defaults={"columns": columns}
    )
    audit.record(actor=actor, kind="list.columns_kept", subject=f"school {school.pk}")


@transaction.atomic
def set_columns(*, actor: Actor, pupil_list: PupilList, columns: dict[str, Any]) -> None:
    require(list_policy.read_list(actor, pupil_list.school))
    pupil_list.columns, pupil_list.counts = columns, {}
    pupil_list.save(update_fields=["columns", "counts"])
    audit.record(actor=actor, kind="list.columns_set", subject=f"list {pupil_list.pk}")


@transaction.atomic
def keep_lines(
    *,
    actor: Actor,
    pupil_list: PupilList,
    lines: Iterable[Line],
    missing: int,
    columns: dict[str, Any] | None = None,
) -> PupilList:
    """Keep what each line would do, in place of what was kept before, and the columns it was read by."""
    require(list_policy.read_list(actor, pupil_list.school))
    if pupil_list.state != State.READ:
        raise Problem("This list was applied or left; read it again as a new one.")
    pupil_list.rows.all().delete()
    counts: Counter[str] = Counter()
    last = 0
    for some in batched(lines, STORED_AT_ONCE, strict=False):
        _store(pupil_list, some)
        counts.update(each.outcome for each in some)
        last = max(last, *(each.line for each in some))
    told = {outcome: counts.get(outcome, 0) for outcome in Outcome.values}
    pupil_list.counts = told | {"MISSING": missing, "LAST": last}
    pupil_list.progress = 0
    pupil_list.columns = columns or pupil_list.columns
    pupil_list.save(update_fields=["counts", "progress", "columns"])
    audit.record(actor=actor, kind="list.read", subject=f"list {pupil_list.pk}", detail=told)
    return pupil_list


def _store(pupil_list: PupilList, lines: Iterable[Line]) -> None:
    bulk.add_rows(
        ListRow,
        [
            {
                "pupil_list": pupil_list.pk,
                "line": each.line,
                "outcome": each.outcome,
                "pupil": each.pupil_id,
                "incoming": each.incoming,
                "differences": each.differences,
                "reasons": each.reasons,
            }
            for each in lines
        ],
    )


@transaction.atomic
def decide_line(
    *,
    actor: Actor,
    row: ListRow,
    decision: str,
    pupil: Pupil | None = None,
    differences: list[dict[str, str]] | None = None,
) -> ListRow:
    """A person says of a doubtful line: this child, another child, or leave it."""
    row = ListRow.objects.select_for_update().select_related("pupil_list__school").get(pk=row.pk)
    require(list_policy.change_list(actor, row.pupil_list))
    if row.outcome != Outcome.DOUBT or decision not in DECISIONS:
        raise Problem("This line needs no decision.")
    if pupil is not None:
        if pupil.pk not in row.incoming.get("contenders", []):
            raise Problem("Choose one of the children who could be meant.", "decision")
        require(list_policy.join_to(actor, pupil))
    elif decision not in ("new", "leave"):
        raise Problem("Say which child it is.", "decision")
    row.decision, row.pupil, row.differences = decision, pupil, differences or []
    row.save(update_fields=["decision", "pupil", "differences"])
    audit.record(
        actor=actor,
        kind="list.decided",
        subject=f"list {row.pupil_list_id} line {row.line}",
        pupil_ids=[pupil.pk] if pupil else [],
        detail={"decision": decision},
    )
    return row


@transaction.atomic
def leave_list(*, actor: Actor, pupil_list: PupilList) -> None:
    """Put a list aside. Nothing about any pupil changes."""
    require(list_policy.leave_list(actor, pupil_list))
    pupil_list.state = State.LEFT
    pupil_list.save(update_fields=["state"])
    audit.record(actor=actor, kind="list.left", subject=f"list {pupil_list.pk}")


@transaction.atomic
def begin_applying(*, actor: Actor, pupil_list: PupilList) -> PupilList:
    """From now on the list is applied, part by part. Who asks twice is told so."""
    locked = hold(PupilList, pupil_list.pk, "school", of=("self", "school"))
    require(list_policy.change_list(actor, locked))
    if locked.applied_at and not _waiting(locked).exists():
        raise Problem("Nothing is decided that waits to be applied.")
    locked.state, locked.progress = State.APPLYING, 0
    locked.save(update_fields=["state", "progress"])
    audit.record(actor=actor, kind="list.applying", subject=f"list {locked.pk}")
    return locked


def _waiting(found: PupilList) -> QuerySet[ListRow]:
    """What is still to be done: everything the first time, then doubts decided since."""
    decided = Q(outcome=Outcome.DOUBT, applied_at=None) & ~Q(decision__in=["", "leave"])
    first = Q(outcome__in=[Outcome.CREATE, Outcome.CHANGE]) if not found.applied_at else Q(pk=None)
    return found.rows.filter(first | decided)


@transaction.atomic
def apply_part(*, actor: Actor, list_id: int) -> bool:
    """The next lines of a list that is being applied; answers whether there are more."""
    found = hold(PupilList, list_id, "school", of=("self", "school"))
    if found.state != State.APPLYING:
        return False
    next_lines = _waiting(found).filter(line__gt=found.progress).order_by("line")
    rows = [LineToApply(*row) for row in next_lines.values_list(*FACTS)[:APPLIED_AT_ONCE]]
    done = list_lines.apply_lines(actor, found.school, rows)
    decided = [row.pk for row in rows if row.outcome == Outcome.DOUBT]
    ListRow.objects.filter(pk__in=decided).update(applied_at=timezone.now())
    counts = Counter(found.counts)
    counts.update({f"DONE_{outcome}": number for outcome, number in done.counts.items()})
    found.counts = dict(counts)
    has_more = len(rows) == APPLIED_AT_ONCE
    found.progress = rows[-1].line if has_more else found.counts.get("LAST", 0)
    if not has_more:
        found.state, found.applied_at = State.APPLIED, timezone.now()
    found.save(update_fields=["counts", "progress", "state", "applied_at"])
    audit.record(
        actor=actor,
        kind="pupils.listed",
        subject=f"list {found.pk}",
        pupil_ids=done.pupil_ids,
        detail=dict(done.counts),
    )
    return has_more
