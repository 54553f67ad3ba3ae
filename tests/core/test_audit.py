"""The audit trail: a line in its own transaction, sealed into a chain that tells of any change."""

import pytest
from django.db import connections, transaction

from alongside.core import audit, roles
from alongside.core.actor import acting_as
from alongside.core.models import AuditEntry, Place, RoleAssignment

pytestmark = pytest.mark.django_db
MORE_THAN_READ_AT_ONCE = 5_003
as_owner = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def sealed(acting):
    """Five lines by asha, sealed; answers their ids."""
    asha = acting("asha")
    for n in range(1, 6):
        audit.record(actor=asha, kind="pupil.viewed", subject=f"pupil {n}", pupil_ids=[n])
    audit.seal()
    return list(
        AuditEntry.objects.filter(staff_id=asha.staff_id)
        .order_by("-id")
        .values_list("id", flat=True)
    )[4::-1]


@pytest.fixture
def owner(db, cast):
    """The owner of the tables, in a transaction that is never committed, with five sealed lines."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT sec.begin_as(%s)", [cast.staff["asha"]])
        for n in range(1, 6):
            cursor.execute(
                "INSERT INTO core_auditentry (council_id, staff_id, kind, subject, pupil_ids,"
                " detail, created_at) VALUES (%s, %s, 'pupil.viewed', %s, '{1}', '{}', now())",
                [cast.eastmere, cast.staff["asha"], f"pupil {n}"],
            )
        cursor.execute("SELECT sec.seal_audit()")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield Owner(cursor)


class Owner:
    """Somebody with every right over the tables, who lays the triggers aside."""

    def __init__(self, cursor) -> None:
        self.cursor = cursor

    def tamper(self, table: str, statement: str, *parameters: object) -> None:
        self.cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self.cursor.execute(statement, parameters)
        self.cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def add_lines(self, count: int) -> None:
        self.cursor.execute(
            "INSERT INTO core_auditentry (council_id, staff_id, kind, subject, pupil_ids, detail,"
            " created_at) SELECT e.council_id, e.staff_id, e.kind, e.subject, '{1}', '{}', now()"
            " FROM (SELECT * FROM core_auditentry LIMIT 1) e, generate_series(1, %s)",
            [count],
        )

    def seals(self) -> list[tuple[int, int]]:
        self.cursor.execute("SELECT position, entry_id FROM core_auditseal ORDER BY position")
        return self.cursor.fetchall()

    def broken(self) -> tuple[int, int, str] | None:
        self.cursor.execute("SELECT * FROM sec.verify_audit()")
        return self.cursor.fetchone()


def test_a_line_says_who_what_and_which_pupils(acting):
    asha = acting("asha")
    audit.record(
        actor=asha, kind="plan.viewed", subject="plan 4", pupil_ids=[9, 3, 9], detail={"tab": "all"}
    )

    line = AuditEntry.objects.order_by("-id").first()

    assert (line.staff_id, line.kind, line.subject) == (asha.staff_id, "plan.viewed", "plan 4")
    assert line.pupil_ids == [3, 9]
    assert line.council_id == asha.council_id


def test_a_failed_audit_changes_nothing(acting, cast, monkeypatch):
    adam = acting("adam")
    before = RoleAssignment.objects.count()

    def fails(**_line: object) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        roles.give_role(
            actor=adam,
            staff=cast_staff(cast, "asha"),
            role="pru_teacher",
            place=Place.objects.get(pk=cast.places["orchard"]),
            starts_on=adam.today,
        )

    assert RoleAssignment.objects.count() == before


def cast_staff(cast, name: str):
    from alongside.core.models import Staff

    return Staff.objects.get(pk=cast.staff[name])


def test_sealing_twice_seals_nothing_twice(sealed):
    assert audit.seal() == 0


def test_a_whole_chain_says_so(sealed):
    found = audit.verify()

    assert found["whole"] is True
    assert found["broken"] is None
    assert len(found["head"]) == 64
    assert found["sealed"] <= found["entries"]


def test_a_seal_noted_earlier_is_still_there(sealed, acting):
    noted = audit.verify()["head"]
    audit.record(actor=acting("asha"), kind="pupil.viewed")
    audit.seal()

    assert audit.verify(expect=noted)["whole"] is True


def test_a_seal_noted_earlier_that_is_gone_breaks_the_chain(sealed):
    found = audit.verify(expect="f" * 64)

    assert found["whole"] is False
    assert "that you noted is gone" in found["broken"]["problem"]


# The chain written out in one query, apart from the functions that make and verify it.
CHAIN = """
    SELECT count(*), count(*) FILTER (WHERE s.hash = encode(sha256(convert_to(jsonb_build_array(
        coalesce(before.hash, ''), e.id, e.council_id, extract(epoch FROM e.created_at),
        e.staff_id, e.kind, e.subject, e.pupil_ids, e.detail)::text, 'UTF8')), 'hex'))
    FROM core_auditseal s JOIN core_auditentry e ON e.id = s.entry_id
    LEFT JOIN core_auditseal before ON before.position = s.position - 1
"""


@as_owner
@pytest.mark.wall
def test_each_seal_covers_all_of_its_line_and_the_seal_before_it(owner):
    owner.cursor.execute(
        "INSERT INTO core_auditentry (council_id, staff_id, kind, subject, pupil_ids, detail,"
        " created_at) SELECT council_id, staff_id, 'pupil.viewed', 'a \"quoted\" caf\u00e9 \\',"
        " '{1,2}', '{\"screen\": \"\u00e9\"}', now() FROM core_auditentry LIMIT 1;"
        "SELECT sec.seal_audit()"
    )

    owner.cursor.execute(CHAIN)
    sealed, as_written_out = owner.cursor.fetchone()

    assert sealed >= 6
    assert as_written_out == sealed


@as_owner
@pytest.mark.wall
def test_more_lines_than_are_read_at_once_make_one_chain(owner):
    owner.add_lines(MORE_THAN_READ_AT_ONCE)
    before = owner.seals()[-1]

    owner.cursor.execute("SELECT sec.seal_audit(%s)", [MORE_THAN_READ_AT_ONCE - 1])
    assert owner.cursor.fetchone() == (MORE_THAN_READ_AT_ONCE - 1,)
    owner.cursor.execute("SELECT sec.seal_audit()")
    assert owner.cursor.fetchone() == (1,)

    after = owner.seals()
    assert after[-1][0] == before[0] + MORE_THAN_READ_AT_ONCE
    assert [entry for _, entry in after] == sorted(entry for _, entry in after)
    assert owner.broken() is None


@as_owner
@pytest.mark.wall
def test_a_changed_line_is_named(owner):
    position, entry = owner.seals()[-3]
    owner.tamper(
        "core_auditentry", "UPDATE core_auditentry SET staff_id = staff_id + 1 WHERE id = %s", entry
    )

    assert owner.broken() == (position, entry, "the line was changed after it was sealed")


@as_owner
@pytest.mark.wall
def test_a_removed_line_is_named(owner):
    position, entry = owner.seals()[-3]
    owner.tamper("core_auditentry", "DELETE FROM core_auditentry WHERE id = %s", entry)

    assert owner.broken() == (position, entry, "the line it seals is gone")


@as_owner
@pytest.mark.wall
def test_a_removed_seal_is_told_by_the_next(owner):
    position, _ = owner.seals()[-3]
    following = owner.seals()[-2]
    owner.tamper("core_auditseal", "DELETE FROM core_auditseal WHERE position = %s", position)

    assert owner.broken() == (*following, "a seal is missing before this one")


@as_owner
@pytest.mark.wall
def test_the_first_of_several_broken_rows_is_named(owner):
    seals = owner.seals()
    for _, entry in (seals[-1], seals[-4]):
        owner.tamper(
            "core_auditentry", "UPDATE core_auditentry SET kind = 'x' WHERE id = %s", entry
        )

    assert owner.broken()[:2] == seals[-4]


@as_owner
@pytest.mark.wall
def test_even_the_owner_cannot_change_a_line_without_laying_the_trigger_aside(owner):
    from django.db import Error

    with pytest.raises(Error, match="append-only"), transaction.atomic(using="owner"):
        owner.cursor.execute("UPDATE core_auditentry SET kind = 'x'")


def test_nobody_else_reads_the_trail_of_another_council(sealed, acting):
    acting("nell")

    assert not AuditEntry.objects.filter(pk__in=sealed).exists()


def test_the_verb_prints_the_state_of_the_chain(sealed, capsys):
    import argparse
    import json

    from alongside.command import audit as verb

    code = verb.run(argparse.Namespace(json=True, expect=""))

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(found) == {"whole", "entries", "sealed", "head", "broken"}


def test_the_verb_fails_when_the_chain_is_broken(sealed, capsys):
    import argparse

    from alongside.command import audit as verb

    code = verb.run(argparse.Namespace(json=False, expect="f" * 64))

    assert code == 1
    assert "Broken at seal" in capsys.readouterr().out


def test_acting_outside_a_request_is_audited_too(cast, db):
    with acting_as(cast.staff["asha"]) as asha:
        audit.record(actor=asha, kind="pupil.viewed", pupil_ids=[7])
        assert AuditEntry.objects.filter(pupil_ids__contains=[7]).exists()
