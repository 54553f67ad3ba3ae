"""All casework in one search: by pupil, school, words, kind and day, within scope and class, quickly."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.people.models import ChronologyEntry, EntryKind
from alongside.people.queries.casework import PAGE, Sought, find_casework
from tests.duties.caseloads import more_cases

pytestmark = pytest.mark.django_db

SOON = 2.0  # Seconds, as the duty says.


def wrote(actor, pupil, summary, *, days_ago=1, kind="CONTACT", of_class="C3", detail=""):
    return ChronologyEntry.objects.create(
        pupil=pupil,
        occurred_at=timezone.now() - timedelta(days=days_ago),
        kind=kind,
        information_class=of_class,
        summary=summary,
        detail=detail,
        recorded_by_id=actor.staff_id,
    )


def found(actor, **sought) -> list[str]:
    return [entry.summary for entry in find_casework(actor, Sought(**sought)).entries]


@pytest.mark.duty("RC-98")
def test_casework_is_found_by_pupil_school_words_kind_and_day_in_under_two_seconds(
    signed_in, route, acting
):
    others = [case.pupil for case in more_cases(route, acting, "asha", 20)]
    asha = acting("asha")
    now = timezone.now()
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(
            pupil=others[n % 20],
            occurred_at=now - timedelta(hours=n),
            kind=EntryKind.CONTACT,
            information_class="C3",
            summary="Rang home about the mornings",
            recorded_by_id=asha.staff_id,
        )
        for n in range(10_000)
    )
    wrote(asha, route.pupil, "Governors met", days_ago=40, detail="They spoke of excluding him.")
    wrote(asha, route.pupil, "Being excluded was avoided", days_ago=3, kind="NOTE")
    client, on = signed_in("asha"), (asha.today - timedelta(days=10)).strftime("%d/%m/%Y")

    began = time.perf_counter()
    pages = {
        query: client.get(f"/casework/?{query}").content.decode()
        for query in (
            "words=exclude",
            "words=exclude&kind=NOTE",
            f"words=exclude&to={on}",
            "pupil=testerly&words=exclude",
            "school=chalkhill",
            "school=marlpit&words=mornings",
        )
    }
    took = (time.perf_counter() - began) / len(pages)

    assert "Governors met" in pages["words=exclude"], "words in any form"
    assert "Being excluded was avoided" in pages["words=exclude"]
    assert "Governors met" not in pages["words=exclude&kind=NOTE"]
    assert "Being excluded was avoided" not in pages[f"words=exclude&to={on}"]
    assert "Being excluded was avoided" in pages["pupil=testerly&words=exclude"]
    assert "Rang home" not in pages["school=chalkhill"]
    assert pages["school=marlpit&words=mornings"].count("Rang home") == PAGE
    assert took < SOON


def test_nothing_out_of_scope_is_found(acting, route):
    wrote(acting("asha"), route.pupil, "A word of ours: heliotrope")

    assert found(acting("asha"), words="heliotrope")
    assert found(acting("omar"), words="heliotrope") == []
    assert found(acting("sara"), words="heliotrope") == []


def test_a_restricted_line_is_found_by_nobody_who_may_not_read_it(acting, route, for_a_purpose):
    wrote(acting("dpo"), route.pupil, "Heliotrope at home", of_class="C5", kind="CONCERN")

    assert found(acting("mina"), words="heliotrope") == []
    assert found(acting("mina"), kinds=("CONCERN",)) == []
    assert found(for_a_purpose(route.pupil.pk), words="heliotrope")


def test_a_school_finds_no_casework_that_is_not_shared(acting, route):
    wrote(acting("asha"), route.pupil, "Heliotrope for us alone")

    assert found(acting("petra"), words="heliotrope") == []


def test_the_next_page_follows_the_last_line_with_words_and_without(acting, route):
    asha = acting("asha")
    for n in range(PAGE + 10):
        wrote(asha, route.pupil, f"Heliotrope {n:03}", days_ago=n + 1, kind="NOTE")

    for sought in ({"words": "heliotrope"}, {"kinds": ("NOTE",)}):
        first = find_casework(asha, Sought(**sought))
        second = find_casework(asha, Sought(**sought, after=first.after))
        told = [e.summary for e in (*first.entries, *second.entries)]
        assert told == [f"Heliotrope {n:03}" for n in range(PAGE + 10)]
        assert second.after == ""


@pytest.mark.parametrize("words", ["'", '"', "a & | !", "\\", "%", "🙂", "the"])
def test_words_of_any_kind_break_nothing(signed_in, route, words):
    assert signed_in("asha").get("/casework/", {"words": words}).status_code == 200


def test_a_day_that_cannot_be_read_is_said(signed_in, route):
    page = signed_in("asha").get("/casework/?from=someday&words=x").content.decode()

    assert "someday" in page
    assert "al-note--act" in page


def test_nothing_asked_says_what_can_be(signed_in, route):
    assert "What are you looking for?" in signed_in("asha").get("/casework/").content.decode()
