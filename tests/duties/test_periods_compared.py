"""Which periods of a comparison may be read beside each other."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from alongside.core.actor import acting_as_system
from alongside.duties import periods_compared
from alongside.duties.neighbourhoods import Comparison, Figures
from alongside.duties.periods_compared import readable
from alongside.referrals.models import Referral
from alongside.rules.suppression import Table
from tests.duties.test_neighbourhoods import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(acting, cast):
    with acting_as_system("991"):
        yield Town(cast)


def offered(acting, town):
    term, year = (town.today - timedelta(days=n) for n in (91, 365))
    return readable(acting("otis"), town.service, ("year", year), ("term", term))


def earlier(town, area: str, count: int) -> None:
    """Received half a year ago."""
    town.referrals(area, count, "ACCEPTED")
    last = Referral.objects.order_by("-pk").values("pk")[:count]
    Referral.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(
        created_at=timezone.now() - timedelta(days=180)
    )


@pytest.mark.parametrize(
    ("before", "since", "periods"),
    [
        (10, 7, {"year", "term"}),
        (0, 7, {"year", "term"}),
        (10, 3, {"year"}),  # Three in the shorter time.
        (0, 3, {"year"}),  # Three in both.
        (3, 10, {"year"}),  # Thirteen less ten would tell of the three before.
    ],
)
def test_a_shorter_time_is_offered_only_where_nothing_small_is_between_the_two(
    acting, town, before, since, periods
):
    earlier(town, "north", before)
    town.referrals("north", since, "ACCEPTED")

    assert set(offered(acting, town)) == periods


def test_where_both_are_offered_each_counts_its_own_time(
    acting, town, django_assert_max_num_queries
):
    earlier(town, "south", 10)
    town.referrals("south", 7, "ACCEPTED")

    with django_assert_max_num_queries(12):
        found = offered(acting, town)

    assert (found["year"].referrals.table.total, found["term"].referrals.table.total) == (17, 7)


TABLES = ("referrals", "judged", "plans", "closed", "versions")
AT = ("cell", "row total", "column total", "total")


def told(table: str = "", at: str = "", n: int | None = 20, columns=("Accepted",)) -> Comparison:
    """Twenty of everything, but for one number of one table."""
    figures = {
        name: Figures(
            columns,
            Table(
                *(
                    one if not columns else shape
                    for one, shape in (
                        (((),), ((n if (name, at) == (table, "cell") else 20,),)),
                        ((20,), (n if (name, at) == (table, "row total") else 20,)),
                        ((), (n if (name, at) == (table, "column total") else 20,)),
                        (20, n if (name, at) == (table, "total") else 20),
                    )
                )
            ),
        )
        for name in TABLES
    }
    return Comparison(places=("North",), rates=(), scores=(), lengths=(), last_used=(), **figures)


def both(monkeypatch, *times) -> set[str]:
    monkeypatch.setattr(periods_compared, "compare_two", lambda *_: iter(times))
    day = timezone.localdate()
    actor, service = SimpleNamespace(today=day), SimpleNamespace()
    return set(readable(actor, service, ("year", day), ("term", day)))


@pytest.mark.parametrize("at", AT)
@pytest.mark.parametrize("table", TABLES)
def test_every_number_of_every_table_is_looked_at(monkeypatch, table, at):
    assert both(monkeypatch, told(), told()) == {"year", "term"}
    assert both(monkeypatch, told(table, at, None), told()) == {"year"}
    assert both(monkeypatch, told(), told(table, at, None)) == {"year"}
    assert both(monkeypatch, told(table, at, 23), told()) == {"year"}
    assert both(monkeypatch, told(table, at, 25), told()) == {"year", "term"}


def test_a_column_that_only_the_longer_time_has_came_before_the_shorter(monkeypatch):
    assert both(monkeypatch, told("plans", "cell", 4), told(columns=())) == {"year"}
