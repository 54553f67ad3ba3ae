"""Lists taken away: whole, as they are narrowed on the screen, harmless, audited, saying what they hold."""

import csv
import io

import pytest

from alongside.core.models import AuditEntry
from alongside.people.models import Pupil
from tests.plans.makers import make_case
from tests.plans.test_review_lists import overdue
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db

# Each list and what its rows hold of Robin, whose case nobody has written a plan for yet.
LISTS = {
    "/caseload/?view=all": "Robin Testerly",
    "/reviews/?view=none": "Robin Testerly",
    "/reviews/?view=schools": "Chalkhill",
    "/team/?span=all": "Robin Testerly",
    "/team/board/": "Asha",
    "/due/?span=all": "Robin Testerly",
}


def body(answer) -> str:
    return answer.content.decode("utf-8-sig")


def taken(client, page: str, way: str = ""):
    """What the screen's own link leads to: a file, or paper."""
    screen = body(client.get(page))
    at, _, query = page.partition("?")
    link = f"{at}download/?{query}" if query else f"{at}download/"
    link += f"{'&' if query else '?'}way={way}" if way else ""
    assert f'href="{link.replace("&", "&amp;")}"' in screen
    return client.get(link)


def cells(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(answer))))


@pytest.mark.parametrize("page", LISTS)
def test_a_list_is_taken_away_as_a_file_that_says_what_it_holds(signed_in, route, page):
    who = "asha" if page.startswith("/due/") else "mina"

    lines = cells(taken(signed_in(who), page))
    said = [line[0] for line in lines[-3:]]
    assert any(LISTS[page] in cell for line in lines[:-3] for cell in line)
    assert "the whole of it" in said[1] and said[2].startswith(f"Taken by {who.title()}")
    route.children.act()
    last = AuditEntry.objects.order_by("-pk").first()
    assert last.kind.endswith((".exported", ".downloaded")) and last.detail["form"] == "csv"
    assert (route.pupil.pk in last.pupil_ids) == (LISTS[page] == "Robin Testerly")


@pytest.mark.parametrize("page", ["/reviews/?view=none", "/team/board/", "/caseload/?view=all"])
def test_a_list_is_printed_with_its_title_what_was_chosen_who_and_when(signed_in, route, page):
    answer = taken(signed_in("mina"), page, "print")

    paper = body(answer)
    assert Page(paper).problems() == []
    assert "Printed by Mina" in paper and "2026 at " in paper
    assert "the whole of it" in paper
    assert LISTS.get(page, "Asha") in paper


def test_only_what_is_chosen_on_the_screen_is_taken(acting, cast, signed_in):
    plan = overdue(make_case(acting, cast))
    client = signed_in("mina")

    held = {
        view: body(client.get(f"/reviews/download/?view={view}")) for view in ("overdue", "none")
    }

    assert "Robin Testerly" in held["overdue"] and plan.review_due_on.isoformat() in held["overdue"]
    assert "Robin Testerly" not in held["none"]


def test_the_referrals_taken_are_those_of_the_view_that_a_screener_sees_first(
    acting, cast, signed_in
):
    made.returned(acting, cast)

    lines = cells(taken(signed_in("asha"), "/referrals/"))

    assert len(lines) == 5, "the columns, no row, and three lines of what it holds"
    assert lines[-2][0] == "To screen. 0 rows, the whole of it."


def test_the_waiting_list_taken_starts_no_formula(acting, cast, signed_in):
    referral = made.waiting(acting, cast)
    Pupil.objects.filter(pk=referral.pupil_id).update(legal_forename="=1+1", preferred_forename="")

    lines = cells(taken(signed_in("asha"), "/referrals/waiting/"))

    assert lines[1][1].startswith("'=1+1")
    assert lines[0][4] == "Waits for"


def test_the_comparison_taken_hides_small_numbers_and_names_no_child(acting, cast, signed_in):
    referral = made.sent(acting, cast)
    client = signed_in("mina")

    answer = taken(client, "/referrals/compare/")

    text = body(answer)
    assert referral.pupil.legal_surname not in text
    assert "Referrals and what became of them" in text and "a number under 5" in text


def test_a_cut_list_says_that_there_is_more(signed_in, route, acting, monkeypatch):
    from tests.duties.caseloads import more_cases

    more_cases(route, acting, "asha", 2)
    monkeypatch.setattr("alongside.web.downloads.MOST_PRINTED", 2)

    paper = body(signed_in("mina").get("/caseload/download/?view=all&way=print"))

    assert "The first 2 rows: there are more" in paper
    assert paper.count('<th scope="row">') == 2


def test_who_may_not_take_lists_away_is_offered_none(signed_in, route):
    ben = signed_in("ben")

    assert "download/" not in body(ben.get("/due/"))
    assert ben.get("/due/download/").status_code == 403


@pytest.mark.parametrize("address", ["/team/board/download/", "/referrals/compare/download/"])
def test_nobody_takes_a_list_whose_screen_is_not_theirs(signed_in, address):
    assert signed_in("asha").get(address).status_code == 403
