"""Prepared queries: the same answers as the query they are made from, whatever is asked."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.core.models import AuditEntry, Notice, Staff
from alongside.core.prepared import add, hold, prepared

pytestmark = pytest.mark.django_db


@prepared
def _by_name(*, name, since):
    found = Staff.objects.filter(name__startswith=name, created_at__date__gte=since)
    return found.order_by("pk").values("pk", "name")


@prepared
def _records(is_newest_first, *, staff_ids):
    found = Staff.objects.filter(pk__among=staff_ids).annotate(at=F("council__name"))
    return found.order_by("-pk" if is_newest_first else "pk")


def test_values_left_open_are_given_each_time(acting):
    acting("asha")
    names = list(Staff.objects.order_by("pk").values("pk", "name"))
    first = names[0]["name"]

    assert _by_name(name="", since=date(1900, 1, 1)) == names
    assert _by_name(name=first, since=date(1900, 1, 1)) == names[:1]
    assert _by_name(name="", since=date(2999, 1, 1)) == []


def test_a_value_is_never_part_of_the_statement(acting):
    acting("asha")

    assert _by_name(name="' OR true --", since=date(1900, 1, 1)) == []


def test_a_statement_is_made_once_a_shape(acting, monkeypatch):
    acting("asha")
    made = []
    query = prepared(lambda *shape, staff_ids: made.append(shape) or Staff.objects.values("pk"))

    query("a", staff_ids=[1])
    query("a", staff_ids=[2])
    query("b", staff_ids=[1])

    assert made == [("a",), ("b",)]


def test_records_come_with_their_annotations_in_the_order_asked(acting, cast):
    acting("asha")
    ids = [cast.staff["asha"], cast.staff["ben"]]

    found = _records(True, staff_ids=ids)

    assert [person.pk for person in found] == sorted(ids, reverse=True)
    assert {person.at for person in found} == {"Eastmere"}
    assert found == list(Staff.objects.filter(pk__in=ids).order_by("-pk"))


def test_no_numbers_find_nobody(acting):
    acting("asha")

    assert _records(False, staff_ids=[]) == []


def test_the_wall_stands_before_a_prepared_query(acting, cast):
    acting("nell")

    assert _records(False, staff_ids=[cast.staff["asha"]]) == []


def test_what_is_related_comes_along_when_asked(acting, cast, django_assert_num_queries):
    acting("asha")
    query = prepared(lambda *, pk: Staff.objects.filter(pk=pk).select_related("council"))
    ordinary = Staff.objects.select_related("council").get(pk=cast.staff["asha"])

    with django_assert_num_queries(1):
        (found,) = query(pk=cast.staff["asha"])
        council = found.council

    assert (found, council.name) == (ordinary, ordinary.council.name)


def test_a_row_is_held_as_it_is_now_with_what_is_related(acting, cast):
    acting("asha")

    with CaptureQueriesContext(connection) as asked:
        held = hold(Staff, cast.staff["asha"], "council")

    assert held == Staff.objects.get(pk=cast.staff["asha"])
    assert held.council.name == "Eastmere"
    assert [q["sql"].endswith('FOR UPDATE OF "core_staff"') for q in asked] == [True]


def test_a_row_behind_the_wall_cannot_be_held(acting, cast):
    acting("nell")

    with pytest.raises(Staff.DoesNotExist):
        hold(Staff, cast.staff["asha"])


def _line(actor, **changes):
    told = {"staff_id": actor.staff_id, "kind": "plan.viewed", "created_at": timezone.now()}
    return AuditEntry(**(told | {"pupil_ids": [9], "detail": {"tab": "all \u00e9"}} | changes))


def test_a_record_added_is_the_record_read_again(acting):
    line = add(_line(acting("asha"), pupil_ids=[]))

    read = AuditEntry.objects.get(pk=line.pk)
    assert (read.pupil_ids, read.detail, read.subject) == ([], {"tab": "all \u00e9"}, "")
    assert {f.attname: getattr(read, f.attname) for f in read._meta.concrete_fields} == {
        f.attname: getattr(line, f.attname) for f in line._meta.concrete_fields
    }


def test_what_the_database_fills_in_is_known_on_the_record(acting):
    asha = acting("asha")
    notice = Notice(staff_id=asha.staff_id, kind="x", text="y")

    add(notice)

    assert notice.council_id == asha.council_id
    assert notice.created_at
    notice.seen_at = timezone.now()
    notice.save(update_fields=["seen_at"])
    assert Notice.objects.get(pk=notice.pk).seen_at == notice.seen_at


@pytest.mark.parametrize("changes", [{"kind": "k" * 61}, {"council_id": -1}])
def test_what_is_too_long_or_of_another_council_is_refused_as_ever(acting, changes):
    line = _line(acting("asha"), **changes)

    with pytest.raises(DatabaseError), transaction.atomic():
        add(line)
