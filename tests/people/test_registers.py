"""Where a pupil is on roll: one main school on a day, two registers on one record, sight that follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.people import queries
from alongside.people.actions import merge, registers
from alongside.people.models import Capacity, ChronologyEntry, Enrolment, Pupil
from alongside.people.queries.registers import fingerprint, latest_change
from alongside.schools.models import School
from tests.children import Children

pytestmark = pytest.mark.django_db
BEGAN = date(2024, 9, 2)


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    """On roll at Chalkhill; asha leads, theo teaches there."""
    robin = children.pupil()
    children.school("marlpit")
    children.school("orchard")
    children.involve(robin, "asha")
    children.involve(robin, "theo", Capacity.TEACHES)
    return robin


def seen(pupil):
    return {"pupil": pupil, "seen": fingerprint(pupil)}


def rows(pupil):
    found = Enrolment.objects.filter(pupil=pupil).order_by("starts_on", "pk")
    return [(e.school.place.name.split()[0], e.status, e.starts_on, e.ends_on) for e in found]


def sees(acting, name, pupil):
    return Pupil.objects.visible_to(acting(name)).filter(pk=pupil.pk).exists()


def test_a_move_ends_one_register_the_day_before_the_other_begins(acting, children, robin):
    marlpit = children.school("marlpit")
    asha = acting("asha")
    on = asha.today - timedelta(days=3)

    registers.change_school(actor=asha, school=marlpit, starts_on=on, group="9M", **seen(robin))

    assert rows(robin) == [
        ("Chalkhill", "C", BEGAN, on - timedelta(days=1)),
        ("Marlpit", "C", on, None),
    ]
    line = ChronologyEntry.objects.get(kind="MOVE")
    assert (line.summary, line.occurred_at.date()) == ("Moved to Marlpit Academy", on)
    acting("dpo")
    kinds = set(AuditEntry.objects.filter(pupil_ids=[robin.pk]).values_list("kind", flat=True))
    assert {"registers.changed", "pupil.enrolled"} <= kinds


def test_sight_follows_the_register_at_once_and_a_teachers_after_the_days_of_grace(
    acting, children, robin
):
    marlpit = children.school("marlpit")
    before = [sees(acting, name, robin) for name in ("petra", "hana", "theo", "marta")]
    asha = acting("asha")

    registers.change_school(actor=asha, school=marlpit, starts_on=asha.today, **seen(robin))

    after = [sees(acting, name, robin) for name in ("petra", "hana", "marta", "asha")]
    assert before == [True, True, True, False]
    assert after == [False, False, True, True]
    theo = robin.involvements.get(capacity="TEACHES")
    assert theo.ends_on == asha.today - timedelta(days=1)
    assert theo.access_ends_on == theo.ends_on + timedelta(days=10)
    assert sees(acting, "theo", robin)


def test_a_move_to_come_changes_sight_on_its_day_and_not_before(acting, children, robin):
    marlpit = children.school("marlpit")
    asha = acting("asha")
    on = asha.today + timedelta(days=30)

    registers.change_school(actor=asha, school=marlpit, starts_on=on, **seen(robin))

    assert [sees(acting, name, robin) for name in ("petra", "marta")] == [True, False]
    acting("asha")
    line = ChronologyEntry.objects.get(kind="MOVE")
    assert line.summary == f"Moved to Marlpit Academy, from {on.day} {on:%B %Y}"


def test_what_is_concealed_and_do_not_contact_win_over_the_new_school(acting, children, robin):
    marlpit = children.school("marlpit")
    children.carer(robin, "Sam Testerly", relationship="dad", is_do_not_contact=True)
    children.flag(robin, "CONCEALED_ADDRESS", "RESTRICTED", "Address is concealed")
    asha = acting("asha")
    registers.change_school(actor=asha, school=marlpit, starts_on=asha.today, **seen(robin))

    shown = queries.banner(acting("marta"), robin)["flags"]

    words = [flag["word"] for flag in shown]
    assert "Do not contact dad" in words
    assert "Address is concealed" not in words


@pytest.mark.duty("OW-06")
def test_dual_registration_is_one_record_on_two_registers_that_both_schools_see(
    acting, children, robin
):
    orchard = children.school("orchard")
    asha = acting("asha")
    on, until = asha.today - timedelta(days=2), asha.today + timedelta(days=40)

    registers.add_register(
        actor=asha, school=orchard, is_main=False, starts_on=on, ends_on=until, **seen(robin)
    )

    day = timedelta(days=1)
    assert rows(robin) == [
        ("Chalkhill", "C", BEGAN, on - day),
        ("Chalkhill", "M", on, until),
        ("Orchard", "S", on, until),
        ("Chalkhill", "C", until + day, None),
    ]
    assert [sees(acting, name, robin) for name in ("petra", "sana")] == [True, True]
    facts = queries.banner(acting("asha"), robin)["facts"]
    assert [f["label"] for f in facts][:2] == [
        "On roll and responsible (main)", "Also taught at (subsidiary)",
    ]  # fmt: skip
    assert Pupil.objects.filter(legal_surname="Testerly").count() == 1


def test_the_second_school_may_be_the_main_one(acting, children, robin):
    orchard = children.school("orchard")
    asha = acting("asha")

    registers.add_register(
        actor=asha, school=orchard, is_main=True, starts_on=asha.today, **seen(robin)
    )

    now = Enrolment.objects.current(asha.today).filter(pupil=robin)
    assert {(e.school.place.name, e.status) for e in now} == {
        ("Orchard Centre", "M"), ("Chalkhill High School", "S"),
    }  # fmt: skip


def test_who_leaves_one_of_two_is_on_roll_at_the_other_alone_from_the_next_day(
    acting, children, robin
):
    orchard = children.school("orchard")
    asha = acting("asha")
    registers.add_register(
        actor=asha, school=orchard, is_main=False, starts_on=asha.today - timedelta(days=9),
        **seen(robin),
    )  # fmt: skip
    main = Enrolment.objects.get(pupil=robin, status="M")

    registers.leave_roll(
        actor=asha, enrolment=main, seen=fingerprint(robin), ends_on=asha.today - timedelta(days=1)
    )

    now = Enrolment.objects.current(asha.today).filter(pupil=robin)
    assert [(e.school.place.name, e.status) for e in now] == [("Orchard Centre", "C")]
    assert not sees(acting, "petra", robin)


def test_leaving_the_only_register_leaves_the_record_with_the_service(acting, robin):
    asha = acting("asha")
    only = Enrolment.objects.get(pupil=robin)
    last = asha.today - timedelta(days=1)

    registers.leave_roll(actor=asha, enrolment=only, seen=fingerprint(robin), ends_on=last)

    assert [sees(acting, name, robin) for name in ("petra", "asha")] == [False, True]
    assert ChronologyEntry.objects.get(kind="MOVE").summary == "Off roll at Chalkhill High School"


def test_a_school_sees_to_the_end_of_the_last_day(acting, robin):
    asha = acting("asha")
    only = Enrolment.objects.get(pupil=robin)

    registers.leave_roll(actor=asha, enrolment=only, seen=fingerprint(robin), ends_on=asha.today)

    assert sees(acting, "petra", robin)


def test_a_wrong_date_is_corrected_and_said(acting, robin):
    asha = acting("asha")
    only = Enrolment.objects.get(pupil=robin)

    registers.correct_enrolment(
        actor=asha, enrolment=only, seen=fingerprint(robin), starts_on=date(2024, 9, 4),
        ends_on=None, group="9B",
    )  # fmt: skip

    assert rows(robin) == [("Chalkhill", "C", date(2024, 9, 4), None)]
    assert ChronologyEntry.objects.get(kind="MOVE").summary == (
        "Register corrected: Chalkhill High School from 4 September 2024"
    )


def changed(acting, children, robin, how):
    marlpit, orchard = children.school("marlpit"), children.school("orchard")
    asha = acting("asha")
    only = Enrolment.objects.get(pupil=robin)
    told = {"actor": asha, **seen(robin)}
    one = {"actor": asha, "enrolment": only, "seen": fingerprint(robin)}
    if how == "moved":
        return registers.change_school(**told, school=marlpit, starts_on=asha.today)
    if how == "dual":
        return registers.add_register(**told, school=orchard, is_main=True, starts_on=asha.today)
    if how == "left":
        return registers.leave_roll(**one, ends_on=asha.today - timedelta(days=1))
    return registers.correct_enrolment(**one, starts_on=BEGAN, ends_on=asha.today, group="")


@pytest.mark.parametrize("how", ["moved", "dual", "left", "corrected"])
def test_undoing_puts_registers_and_sight_back_and_says_so(acting, children, robin, how):
    before = rows(robin)
    change = changed(acting, children, robin, how)

    registers.undo_change(actor=acting("asha"), change=change)

    assert rows(robin) == before
    assert [sees(acting, name, robin) for name in ("petra", "theo", "marta")] == [True, True, False]
    assert robin.involvements.get(capacity="TEACHES").ends_on is None
    acting("asha")
    line = ChronologyEntry.objects.get(corrects=change.entry)
    assert line.summary == f"Undone, recorded in error: {change.entry.summary}"
    assert latest_change(robin) is None


def test_only_the_latest_change_is_undone_and_once(acting, children, robin):
    first = changed(acting, children, robin, "moved")
    orchard = children.school("orchard")
    asha = acting("asha")
    second = registers.add_register(
        actor=asha, school=orchard, is_main=False, starts_on=asha.today, **seen(robin)
    )

    with pytest.raises(Refused, match="Undo the later change first"):
        registers.undo_change(actor=asha, change=first)
    registers.undo_change(actor=asha, change=second)
    with pytest.raises(Refused, match="undone already"):
        registers.undo_change(actor=asha, change=second)
    registers.undo_change(actor=asha, change=first)

    assert rows(robin) == [("Chalkhill", "C", BEGAN, None)]


def test_nothing_is_undone_over_a_class_lists_change(acting, children, robin):
    change = changed(acting, children, robin, "moved")
    asha = acting("asha")
    Enrolment.objects.filter(pupil=robin, ends_on=None).update(registration_group="9Z")

    with pytest.raises(Refused, match="by a class list"):
        registers.undo_change(actor=asha, change=change)


def test_two_who_write_at_once_are_told(acting, children, robin):
    before = fingerprint(robin)
    changed(acting, children, robin, "moved")
    asha = acting("asha")

    with pytest.raises(Problem, match="while you were writing"):
        registers.change_school(
            actor=asha, pupil=robin, seen=before, school=children.school("orchard"),
            starts_on=asha.today,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("to", "days", "words", "field"),
    [
        ("chalkhill", 0, "on roll there already", "school"),
        ("marlpit", -6000, "before the child was born", "starts_on"),
        ("marlpit", 500, "more than a year ahead", "starts_on"),
        ("marlpit", -3000, "Choose a later day", "starts_on"),
    ],
)
def test_a_move_that_cannot_stand_is_refused_at_its_field(
    acting, children, robin, to, days, words, field
):
    school = children.school(to)
    asha = acting("asha")

    with pytest.raises(Problem, match=words) as problem:
        registers.change_school(
            actor=asha, school=school, starts_on=asha.today + timedelta(days=days), **seen(robin)
        )

    assert problem.value.field == field
    assert rows(robin) == [("Chalkhill", "C", BEGAN, None)]


def test_nobody_is_put_on_roll_at_a_closed_school(acting, children, robin):
    marlpit = children.school("marlpit")
    School.objects.filter(pk=marlpit.pk).update(status="CLOSED", closed_on=date(2025, 8, 31))
    marlpit.refresh_from_db()
    asha = acting("asha")

    with pytest.raises(Problem, match="closed on 31 August 2025"):
        registers.change_school(actor=asha, school=marlpit, starts_on=asha.today, **seen(robin))


def test_a_correction_may_not_make_two_main_schools(acting, children, robin):
    changed(acting, children, robin, "moved")
    asha = acting("asha")
    first = Enrolment.objects.get(pupil=robin, school__place__name__startswith="Chalk")

    with pytest.raises(Problem, match="one main school on a day"):
        registers.correct_enrolment(
            actor=asha, enrolment=first, seen=fingerprint(robin), starts_on=BEGAN, ends_on=None
        )


@pytest.mark.parametrize("name", ["petra", "ben", "hugo", "theo"])
def test_who_only_reads_the_record_changes_no_register(acting, children, robin, name):
    marlpit = children.school("marlpit")
    actor = acting(name)

    with pytest.raises(Refused, match="Your role reads this record"):
        registers.change_school(actor=actor, school=marlpit, starts_on=actor.today, **seen(robin))


def test_another_council_finds_no_such_pupil(acting, children, robin):
    marlpit = children.school("marlpit")
    print_of = fingerprint(robin)
    nell = acting("nell")

    with pytest.raises(NotFound):
        registers.change_school(
            actor=nell, pupil=robin, seen=print_of, school=marlpit, starts_on=nell.today
        )


@pytest.mark.parametrize(
    ("place", "status", "starts_on", "ends_on"),
    [
        ("marlpit", "C", date(2025, 1, 6), None),
        ("marlpit", "M", date(2023, 9, 1), BEGAN),
        ("chalkhill", "S", date(2025, 1, 6), date(2025, 2, 6)),
    ],
)
def test_the_database_itself_holds_one_main_school_and_one_line_a_register(
    children, robin, place, status, starts_on, ends_on
):
    with pytest.raises(IntegrityError), transaction.atomic():
        children.enrol(robin, place, status, starts_on=starts_on, ends_on=ends_on)


def test_a_failed_audit_changes_nothing(acting, children, robin, monkeypatch):
    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        changed(acting, children, robin, "moved")

    acting("asha")
    assert rows(robin) == [("Chalkhill", "C", BEGAN, None)]
    assert latest_change(robin) is None


def test_two_records_with_years_in_common_become_one_and_two_again(acting, children, robin):
    other = children.pupil("Robyn", at="chalkhill")
    children.enrol(other, "marlpit", "S", starts_on=date(2025, 1, 6), ends_on=date(2025, 3, 6))
    third = children.enrol(
        other, "orchard", "C", starts_on=date(2023, 9, 1), ends_on=date(2024, 9, 1)
    )
    children.refer(robin, "outreach")
    children.refer(other, "outreach")
    before = rows(other)
    mina = acting("mina")

    found = merge.merge_pupils(
        actor=mina, kept=robin, merged=other, reason="The school confirmed it is one child"
    )
    together = rows(robin)
    merge.undo_merge(actor=mina, merge=found)

    assert ("Chalkhill", "C", BEGAN, None) in together
    assert len(together) == 3
    assert rows(other) == before
    assert Enrolment.objects.get(pk=third.pk).pupil_id == other.pk
