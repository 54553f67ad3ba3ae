"""Prepared queries: the same answers as the query they are made from, whatever is asked."""

from datetime import date

import pytest
from django.db.models import F

from alongside.core.models import Staff
from alongside.core.prepared import prepared

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


def test_what_is_related_cannot_come_along(acting):
    acting("asha")
    query = prepared(lambda: Staff.objects.select_related("council"))

    with pytest.raises(TypeError, match="annotate"):
        query()
