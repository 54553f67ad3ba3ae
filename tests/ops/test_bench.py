"""What the bench works out from answers; the measured server itself is tried by running `bench`."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from alongside.core.models import Account
from alongside.exchange import class_list
from alongside.ops import bench_import, bench_pages
from alongside.ops.bench import Measured, Together, p95
from alongside.ops.bench_client import Answer
from alongside.ops.bench_import import Imported, Run
from alongside.ops.bench_pages import SCREEN, Page
from alongside.web import measuring
from alongside.web.search.casework import read_sought

TODAY = Page("Today", "/", 1, SCREEN)


def measured(*times: float, queries: int = 3, size: int = 1000) -> Measured:
    return Measured(TODAY, [Answer(200, ms, size, queries) for ms in times], base_ms=2.0)


def test_nineteen_of_twenty_answers_stay_within_the_p95():
    assert p95([float(ms) for ms in range(1, 21)]) == 19.0
    assert p95([7.0]) == 7.0


def test_figures_have_the_six_names_that_others_read():
    assert measured(4.0, 6.0, 8.0).as_json() == {
        "name": "Today",
        "median_ms": 6.0,
        "p95_ms": 8.0,
        "ratio": 3.0,
        "queries": 3,
        "bytes": 1000,
    }


@pytest.mark.parametrize(
    ("found", "missed"),
    [
        (measured(12.0), []),
        (measured(12.1), ["median"]),
        (measured(2.0, 2.0, 24.1), ["p95"]),
        (measured(2.0, queries=16), ["queries"]),
        (measured(2.0, size=61_441), ["bytes"]),
    ],
)
def test_each_target_is_missed_just_beyond_it(found, missed):
    assert [
        word for word in ("median", "p95", "queries", "bytes") if word in str(list(found.misses()))
    ] == missed


def test_eight_at_once_name_the_worst_page_and_every_error():
    answers = {"Today": [Answer(200, 9.0, 10, 1)], "caseload": [Answer(200, 10.0, 10, 1)]}
    found = Together(answers, {"Today": 2.0, "caseload": 9.0}, ["/ answered 500"])

    assert found.worst == ("Today", 4.5)
    assert len(list(found.misses())) == 2
    assert found.as_json()["ratio"] == 4.5


def test_the_count_of_queries_is_said_in_a_header(db):
    def view(_request: object) -> HttpResponse:
        Account.objects.filter(pk=1).exists()
        Account.objects.filter(pk=2).exists()
        return HttpResponse("")

    answer = measuring.QueryCountMiddleware(view)(RequestFactory().get("/"))

    assert answer[measuring.HEADER] == "2"


def test_the_bare_page_asks_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert measuring.base(RequestFactory().get("/")).status_code == 200


def test_nothing_of_it_is_routed_unless_asked_for(client):
    with pytest.raises(NoReverseMatch):
        reverse("bench-base")

    assert client.get("/bench/base/").status_code == 404


def imported(name: str = "import: all new", *, ms: float, size: int = 1) -> Imported:
    return Imported(name, base=[100.0, 200.0, 300.0], runs=[Run(ms, size, 50)])


def test_an_import_is_measured_against_the_copy_of_the_same_run():
    assert imported(ms=1000.0, size=7).as_json() == {
        "name": "import: all new",
        "median_ms": 1000.0,
        "p95_ms": 1000.0,
        "ratio": 5.0,
        "queries": 50,
        "bytes": 7,
    }


@pytest.mark.parametrize(
    ("found", "missed"),
    [
        (imported(ms=2000.0, size=500 * 1024**2), []),
        (imported(ms=2001.0), ["COPY"]),
        (imported(ms=1.0, size=500 * 1024**2 + 1), ["MB"]),
    ],
)
def test_an_import_misses_its_target_just_beyond_it(found, missed):
    assert [word for word in ("COPY", "MB") if word in str(list(found.misses()))] == missed


def test_no_line_that_is_measured_is_refused():
    listed = class_list.parse(
        "\n".join([bench_import.HEAD, *bench_import.lines(2_000)]).encode(), today=date(2026, 9, 1)
    )

    assert (len(listed.rows), listed.problems, listed.mapping.ignored) == (2_000, [], ())


@pytest.mark.parametrize(
    ("only", "is_wanted"), [("", True), ("import", True), ("again", True), ("type-ahead", False)]
)
def test_the_import_is_measured_when_it_is_asked_for(only, is_wanted):
    assert bench_import.is_wanted(only) is is_wanted


def test_the_casework_search_that_is_measured_asks_for_something():
    sought, problems = read_sought(QueryDict(urlencode(bench_pages.SEARCHED)))

    assert sought and not problems
