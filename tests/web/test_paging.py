"""The foot of lists paged by key."""

import pytest
from django.test import RequestFactory

from alongside.web.paging import pages


def foot(address: str, following: str) -> dict[str, str] | None:
    return pages(RequestFactory().get(address), "50 shown", following)


def test_a_list_of_one_page_has_none():
    assert foot("/?view=all", "") is None


@pytest.mark.parametrize(
    ("address", "following", "first", "onward"),
    [
        ("/?view=all", "A & B~7", "", "?view=all&after=A+%26+B~7"),
        ("/?view=all&after=A~1", "B~2", "?view=all", "?view=all&after=B~2"),
        ("/?after=A~1", "", "?", ""),
    ],
)
def test_it_leads_back_to_the_first_and_on_to_the_next_with_every_filter(
    address, following, first, onward
):
    found = foot(address, following)

    assert (found["first_url"], found["next_url"]) == (first, onward)
