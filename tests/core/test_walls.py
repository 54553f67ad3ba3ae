"""The walls stand in the database itself, whatever the code above forgets."""

import pytest
from django.apps import apps
from django.db import Error, connection, connections, transaction

from alongside.core import audit
from alongside.core.actor import NoActor, acting_as_system
from alongside.core.base import CouncilModel
from alongside.core.models import AuditEntry, Council, Draft, Notice, Place, Staff
from alongside.core.walls import (
    LIBRARIES_OUTSIDE_THE_WALL,
    OUTSIDE_THE_WALL,
    protected_models,
    raise_walls,
)

pytestmark = [pytest.mark.wall, pytest.mark.django_db]


def test_the_web_role_owns_nothing_and_is_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_table_has_its_wall_or_a_reason():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid ="
            " c.oid AND p.polname = 'wall_read') FROM pg_class c JOIN pg_namespace n ON n.oid ="
            " c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'v')"
        )
        tables = {name: secured and has_policy for name, secured, has_policy in cursor.fetchall()}
    excused = {
        name
        for name in tables
        if name in OUTSIDE_THE_WALL or name.startswith(tuple(LIBRARIES_OUTSIDE_THE_WALL))
    }

    bare = {name for name, is_walled in tables.items() if not is_walled} - excused

    assert bare == set()


def test_every_table_with_a_council_column_is_a_council_model():
    walled = {model._meta.db_table for model in protected_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'council_id'"
        )
        assert {name for (name,) in cursor.fetchall()} == walled


def test_every_table_of_ours_keeps_its_history_or_is_itself_one():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'keep_history'"
        )
        kept = {name for (name,) in cursor.fetchall()}

    assert kept == {m._meta.db_table for m in protected_models() if m.keeps_history}
    assert {m.__name__ for m in protected_models() if not m.keeps_history} <= {
        "AuditEntry",
        "RowHistory",
        "BreakGlass",
        "Draft",
        "Notice",
        "Sent",
    }


def test_with_no_actor_nothing_is_visible(cast):
    for model in [Council, *protected_models()]:
        assert model._default_manager.count() == 0, model


def test_the_actor_ends_with_the_transaction(cast, acting):
    with transaction.atomic():
        acting("asha")
        assert Place.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.staff_id', '', true)")
        cursor.execute("SELECT set_config('app.council_id', '', true)")
    assert not Place.objects.exists()


@pytest.mark.django_db(databases=["default", "owner"])
def test_raising_the_walls_takes_away_a_function_that_was_renamed():
    owner = connections["owner"]
    with transaction.atomic(using="owner"):
        with owner.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION sec.begin(staff bigint) RETURNS jsonb LANGUAGE sql AS 'SELECT null::jsonb'"
            )

        raise_walls(owner)

        with owner.cursor() as cursor:
            cursor.execute("SELECT to_regproc('sec.begin'), to_regproc('sec.begin_as')")
            assert cursor.fetchone() == (None, "sec.begin_as")
        transaction.set_rollback(True, using="owner")


def test_nobody_sees_another_council(cast, acting):
    acting("nell")

    assert {c.name for c in Council.objects.all()} == {"Northfold"}
    assert not Place.objects.filter(council_id=cast.eastmere).exists()
    assert not Staff.objects.filter(pk=cast.staff["asha"]).exists()


def test_a_row_cannot_be_put_behind_another_councils_wall(cast, acting):
    acting("nell")

    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        Place.objects.create(council_id=cast.eastmere, kind="SERVICE", name="Smuggled")


def test_a_row_cannot_be_moved_to_another_council(cast, acting):
    acting("nils")

    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        Place.objects.filter(pk=cast.places["west"]).update(council_id=cast.eastmere)


def test_a_draft_is_its_writers_alone(cast, acting):
    asha = acting("asha")
    from alongside.core import drafts

    drafts.save_draft(actor=asha, key="/x/", content={"words": ["quiet at lunch"]})
    mina = acting("mina")

    assert drafts.get_draft(mina, "/x/") is None
    assert not Draft.objects.exists()


def test_the_audit_trail_can_only_be_added_to(cast, acting):
    asha = acting("asha")
    audit.record(actor=asha, kind="pupil.viewed", subject="pupil 1", pupil_ids=[1])

    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        AuditEntry.objects.update(kind="pupil.unseen")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_history_keeps_what_a_bulk_update_changed(cast, acting):
    from alongside.core.models import RowHistory

    mina = acting("dpo")
    notice = Place.objects.create(kind="SERVICE", name="Old name")
    Place.objects.filter(pk=notice.pk).update(name="New name")

    line = RowHistory.objects.get(table_name="core_place", row_id=notice.pk)

    assert line.before == {"name": "Old name"}
    assert line.staff_id == mina.staff_id


def test_nobody_writes_history_by_hand(cast, acting):
    acting("dpo")

    with pytest.raises(Error, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_rowhistory")


def test_every_field_states_its_sensitivity_and_retention():
    ours = [m for m in apps.get_models() if m.__module__.startswith("alongside.")]
    for model in ours:
        declared = model.handling.names()
        real = {field.name for field in model._meta.concrete_fields}
        assert declared == real, f"{model.__name__}: {declared ^ real}"
        assert model.handling.keep
    assert all(issubclass(m, CouncilModel) for m in ours if m.__name__ not in _OUTSIDE)


_OUTSIDE = {"Council", "Account", "AuditSeal"}


def test_the_system_acts_for_the_council_it_is_asked_for_and_for_no_other(cast):
    for code, name in (("991", "Eastmere"), ("992", "Northfold")):
        with acting_as_system(code) as actor:
            assert actor.council_name == name
    with pytest.raises(NoActor), acting_as_system("990"):
        pass


def test_a_notice_reaches_its_council_only(cast, acting):
    acting("asha")
    Notice.objects.create(staff_id=cast.staff["mina"], kind="x", text="Something is new")
    acting("nell")
    assert not Notice.objects.exists()
