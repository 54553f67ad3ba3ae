"""Prepared queries: the same answers as the query they are made from, whatever is asked."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Prefetch
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.core import prepared as preparing
from alongside.core.models import AuditEntry, Notice, Place, Staff
from alongside.core.permissions import Permission
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


def test_what_is_left_open_is_part_of_the_shape_by_its_names(acting, cast):
    acting("asha")

    @prepared
    def query(**words):
        found = Staff.objects.order_by("pk")
        for word in words.values():
            found = found.filter(name__contains=word)
        return found.values("name")

    one, both = query(first="Asha"), query(first="Asha", second="Nobody")

    assert [person["name"] for person in one] == ["Asha Exampleton"]
    assert both == []


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


@prepared
def _of_actor(actor, *, kinds):
    places = actor.place_ids(permission=Permission.CASE_WORK)
    found = Place.objects.filter(kind__startswith=kinds)
    return found.filter(pk__among=places) if places else found.none()


def test_an_actor_is_asked_as_who_they_are(acting):
    """Of one shape, at other places: the statement is the same and the answer is each one's own."""
    answers = {
        name: {place.pk for place in _of_actor(acting(name), kinds="")}
        for name in ("asha", "ben", "nell")
    }

    for name, found in answers.items():
        assert found == set(acting(name).place_ids(permission=Permission.CASE_WORK))


def test_two_of_the_same_roles_share_a_statement_and_others_do_not(acting, monkeypatch):
    monkeypatch.setattr(preparing, "prove", None)  # It writes each anew.
    made = []
    query = prepared(lambda actor: made.append(actor.shape) or Staff.objects.values("pk"))
    shapes = [acting(name).shape for name in ("asha", "ben", "asha", "dpo")]

    for name in ("asha", "ben", "asha", "dpo"):
        query(acting(name))

    assert made == list(dict.fromkeys(shapes))


def test_parts_stand_beside_their_owner_as_a_prefetch_has_them(acting, django_assert_num_queries):
    acting("asha")
    within = Place.objects.exclude(name="").order_by("-pk")
    ordinary = Place.objects.order_by("pk").prefetch_related(Prefetch("children", within))
    query = prepared(lambda: ordinary)
    query()

    with django_assert_num_queries(2):
        found = query()
        parts = [[place.pk for place in one.children.all()] for one in found]
        backs = [place.parent.pk for one in found for place in one.children.all()]

    assert parts == [[place.pk for place in one.children.all()] for one in ordinary]
    assert backs == [one.pk for one, theirs in zip(found, parts, strict=True) for _ in theirs]
    parent = next(one for one in found if one.children.all())
    assert parent.children.count() == len(parent.children.all())
    assert parent.children.filter(name="no such place").first() is None
    assert parent.children.order_by("pk").first().parent_id == parent.pk


def test_a_record_made_from_a_row_is_the_record_read(acting, cast):
    acting("asha")
    (found,) = prepared(lambda *, pk: Staff.objects.filter(pk=pk))(pk=cast.staff["asha"])
    read = Staff.objects.get(pk=cast.staff["asha"])

    assert {k: v for k, v in vars(found).items() if k != "_state"} == {
        k: v for k, v in vars(read).items() if k != "_state"
    }
    assert (found._state.adding, found._state.db) == (read._state.adding, read._state.db)
    found.name = "Changed Name"
    found.save(update_fields=["name"])
    assert Staff.objects.get(pk=found.pk).name == "Changed Name"


def test_a_relation_that_is_empty_comes_as_none(acting):
    acting("asha")
    query = prepared(lambda: Place.objects.select_related("parent").order_by("pk"))

    assert [one.parent for one in query()] == [one.parent for one in Place.objects.order_by("pk")]
