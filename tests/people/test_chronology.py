"""The chronology: what is written, who reads which line, in what order, and how it is corrected."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.core.decisions import Problem, Refused
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry
from alongside.people.actions.chronology import add_entry, correct_entry
from alongside.people.models import ChronologyEntry, EntryKind
from alongside.people.queries import chronology as found
from alongside.people.queries.chronology import Chosen
from tests.children import Children

CASEWORK = InformationClass.CASEWORK


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    children.involve(robin, "asha")
    return robin


def write(actor, pupil, summary="Phone with mum", **fields):
    fields.setdefault("kind", EntryKind.CONTACT)
    fields.setdefault("information_class", CASEWORK)
    return add_entry(actor=actor, pupil=pupil, summary=summary, **fields)


def summaries(page):
    return [line.entry.summary if line.entry else "restricted" for line in page.lines]


def test_a_line_is_written_with_its_time_and_its_writer(acting, robin):
    actor = acting("asha")

    entry = write(actor, robin, summary="  Phone with   mum ")

    assert entry.summary == "Phone with mum"
    assert entry.recorded_by_id == actor.staff_id
    assert not entry.is_shared
    line = AuditEntry.objects.latest("id")
    assert (line.kind, line.pupil_ids) == ("chronology.written", [robin.pk])


def test_who_only_reads_may_not_write(acting, robin):
    with pytest.raises(Refused, match="does not write to it"):
        write(acting("petra"), robin)


def test_a_class_that_the_role_does_not_write_is_refused(acting, robin):
    with pytest.raises(Refused, match="safeguarding"):
        write(acting("asha"), robin, information_class=InformationClass.SAFEGUARDING)


def test_what_happened_before_the_child_was_born_is_a_wrong_year(acting, robin):
    born_at = timezone.make_aware(datetime.combine(robin.born_on, time(9)))

    with pytest.raises(Problem, match="not born yet"):
        write(acting("asha"), robin, occurred_at=born_at - timedelta(days=1))
    assert write(acting("asha"), robin, occurred_at=born_at)


def test_what_has_not_happened_yet_is_no_entry(acting, robin):
    with pytest.raises(Problem) as problem:
        write(acting("asha"), robin, occurred_at=timezone.now() + timedelta(hours=2))

    assert problem.value.field == "occurred_at"


def test_an_empty_line_is_a_problem_at_its_field(acting, robin):
    with pytest.raises(Problem) as problem:
        write(acting("asha"), robin, summary="   ")

    assert problem.value.field == "summary"


def test_what_the_family_kept_from_the_school_cannot_be_shared(acting, robin):
    with pytest.raises(Problem, match="not shared with a school"):
        write(acting("asha"), robin, information_class=InformationClass.FAMILY, is_shared=True)


def test_a_failed_audit_changes_nothing(acting, robin, monkeypatch):
    def fail(**_):
        raise RuntimeError("no audit")

    actor = acting("asha")
    monkeypatch.setattr("alongside.core.audit.record", fail)
    with pytest.raises(RuntimeError):
        write(actor, robin)

    assert not ChronologyEntry.objects.exists()


def test_lines_stand_newest_first_and_a_late_one_shows_both_times(acting, robin):
    actor = acting("asha")
    write(actor, robin, "Today's")
    write(actor, robin, "Last week's", occurred_at=timezone.now() - timedelta(days=7))

    page = found.chronology(actor, robin, Chosen())

    assert summaries(page) == ["Today's", "Last week's"]
    assert [bool(line.recorded_late) for line in page.lines] == [False, True]


def test_a_correction_stands_beneath_and_leaves_the_line_as_it_was(acting, robin):
    actor = acting("asha")
    entry = write(actor, robin, "Mum came at 9")

    correct_entry(actor=actor, entry=entry, words="She came at 10.")

    (line,) = found.chronology(actor, robin, Chosen()).lines
    assert line.entry.summary == "Mum came at 9"
    assert [c.summary for c in line.corrections] == ["Correction: She came at 10."]


def test_a_correction_needs_words_and_is_not_itself_corrected(acting, robin):
    actor = acting("asha")
    entry = write(actor, robin)
    with pytest.raises(Problem):
        correct_entry(actor=actor, entry=entry, words=" ")
    addendum = correct_entry(actor=actor, entry=entry, words="Not so")

    with pytest.raises(Refused, match="itself a correction"):
        correct_entry(actor=actor, entry=addendum, words="Or was it")


def test_pages_hold_every_line_once_and_restricted_ones_keep_their_place(
    acting, children, robin, monkeypatch
):
    monkeypatch.setattr(found, "PAGE", 3)
    for days in range(8):
        happened = timezone.now() - timedelta(days=days)
        write(acting("asha"), robin, f"Day {days}", occurred_at=happened)
    concern(acting("dora"), robin, days=2)
    concern(acting("dora"), robin, days=9)
    actor = acting("asha")

    after, seen = "", []
    while page := found.chronology(actor, robin, Chosen(), after):
        seen += summaries(page)
        after = page.after
        if not after:
            break

    days = [f"Day {n}" for n in range(8)]
    assert seen == [*days[:2], "restricted", *days[2:], "restricted"]


def concern(actor, pupil, days=0, **fields):
    return ChronologyEntry.objects.create(
        pupil=pupil,
        occurred_at=timezone.now() - timedelta(days=days),
        kind=EntryKind.CONCERN,
        information_class="C5",
        summary="Said something that worried me",
        recorded_by_id=actor.staff_id,
        **fields,
    )


def test_a_filter_by_kind_or_words_says_nothing_of_restricted_lines(acting, robin):
    concern(acting("dora"), robin)
    actor = acting("asha")
    write(actor, robin, "Phone with mum about the bus")
    write(actor, robin, "Read his file", kind=EntryKind.NOTE)

    by_kind = found.chronology(actor, robin, Chosen(kinds=("NOTE",)))
    by_words = found.chronology(actor, robin, Chosen(words="bus MUM"))
    by_day = found.chronology(actor, robin, Chosen(from_on=actor.today, to_on=actor.today))

    assert summaries(by_kind) == ["Read his file"]
    assert summaries(by_words) == ["Phone with mum about the bus"]
    assert summaries(by_day)[0] == "restricted"


@pytest.mark.parametrize("place", ["", "x", "1.2.3", "9" * 39 + ".1", "-5.", "1e5.2"])
def test_a_place_that_is_none_starts_at_the_top(acting, robin, place):
    actor = acting("asha")
    write(actor, robin)

    assert len(found.chronology(actor, robin, Chosen(), place).lines) in (0, 1)


@pytest.mark.wall
def test_presence_tells_the_day_and_the_class_and_stops_at_the_council(acting, cast, robin):
    concern(acting("dora"), robin)

    assert [(p.on, p.information_class.value) for p in found.presence(acting("asha"), robin)] == [
        (timezone.localdate(), "C5")
    ]
    assert found.presence(acting("hana"), robin) == []
    assert found.presence(acting("nell"), robin) == []
