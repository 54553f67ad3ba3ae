"""Screens of partners: the directory is searched, protocols are stored, shared, answered and agreed."""

from datetime import timedelta

import pytest

from alongside.pathways import actions, policy, queries
from alongside.pathways.actions import ListingFacts, ProtocolFacts
from alongside.pathways.models import Listing, Protocol
from tests.pages import says_who_saved
from tests.pathways import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


@pytest.fixture
def listed(acting) -> Listing:
    mina = acting("mina")
    made.pack(mina)
    facts = ListingFacts(
        name="Harbour drop-in",
        text="Talking therapy for young people who have lost somebody.",
        criteria="Aged 11 to 18, bereaved.",
        how_to_refer="Ring, or write with the young person’s agreement.",
        stages=("eastmere-inclusion.outreach",),
        for_phase="SECONDARY",
    )
    return actions.put_listing(actor=mina, facts=facts)


@pytest.mark.duty("OW-130")
def test_the_directory_is_searched_with_criteria_tier_and_how_to_refer(listed, signed_in):
    asha = signed_in("asha")

    page = body(asha.get("/directory/?q=lost+therapy"))

    assert "Harbour drop-in" in page and "Aged 11 to 18, bereaved." in page
    assert "Eastmere inclusion framework: 3 Outreach" in page
    assert "Ring, or write with the young person’s agreement." in page
    assert "Check before relying on it" in page
    assert Page(page).problems() == []
    at = "/directory/?stage=eastmere-inclusion."
    assert "Harbour drop-in" in body(asha.get(f"{at}outreach"))
    assert "Harbour drop-in" not in body(asha.get(f"{at}whole-school"))
    assert "Harbour drop-in" not in body(asha.get("/directory/?phase=PRIMARY"))
    assert "Nothing in the directory matches" in body(asha.get("/directory/?q=unicorn"))


@pytest.mark.parametrize("name", ["Harbour drop-in", "harbour  drop in", "Harbour drop-in!"])
def test_a_service_whose_name_looks_like_anothers_is_not_listed_beside_it(listed, signed_in, name):
    told = {"name": name, "text": "Boats.", "how_to_refer": "Ring.", "for_phase": ""}

    answer = signed_in("mina").post("/directory/new/", told)

    assert answer.status_code == 422
    assert "Another service here has this name." in body(answer)
    is_told = "“Harbour drop-in” differs from it by spaces, capitals" in body(answer)
    assert is_told is (name != "Harbour drop-in")  # Which it is like, where that is not plain.


def test_a_service_is_added_changed_and_taken_out_on_screen(listed, signed_in, acting):
    mina = signed_in("mina")
    told = {"name": "Tideline", "text": "Boat building.", "how_to_refer": "Ring.", "for_phase": ""}
    assert mina.post("/directory/new/", told)["Location"] == "/directory/"
    acting("mina")
    quay = Listing.objects.get(name="Tideline")

    mina.post(f"/directory/{quay.pk}/", told | {"text": "Boat building, on Fridays."})
    assert "on Fridays" in body(mina.get("/directory/"))

    mina.post(f"/directory/{quay.pk}/end/")
    mina.get("/directory/")  # The message that it is gone is read once.
    assert "Tideline" not in body(mina.get("/directory/"))


def test_what_is_missing_is_told(listed, signed_in):
    answer = signed_in("mina").post("/directory/new/", {"name": "Tideline", "text": "Boats"})

    assert answer.status_code == 422 and "How to refer" in body(answer)


@pytest.mark.parametrize(("name", "code"), [("asha", 403), ("petra", 403), ("nils", 404)])
def test_who_does_not_keep_the_directory_changes_nothing(listed, signed_in, name, code):
    assert signed_in(name).get(f"/directory/{listed.pk}/").status_code == code


def test_another_council_has_a_directory_of_its_own(listed, acting):
    assert queries.find_listings(acting("nils")) == []


# Protocols


@pytest.fixture
def at(signed_in, acting) -> str:
    """A development plan that lena has written."""
    today = acting("lena").today
    told = {
        "title": "Service development plan",
        "kind": "DEVELOPMENT",
        "text": "One referral form for both neighbourhoods by Easter.",
        "changed_because": "Schools asked for it.",
        **day("review_on", today + timedelta(days=200)),
    }
    return signed_in("lena").post("/protocols/new/", told)["Location"]


@pytest.mark.duty("LP-43")
def test_a_protocol_is_stored_with_owner_version_date_agreed_and_review_date(at, signed_in, acting):
    lena, today = signed_in("lena"), acting("lena").today
    lena.post(f"{at}share/")
    said = {"partner": "Northend Primary", "said_by": "Ms Sample", "answer": "AGREES"}
    lena.post(f"{at}answer/", said | day("said_on", today))
    review = today + timedelta(days=365)

    lena.post(f"{at}agree/", day("agreed_on", today) | day("review_on", review))

    page = body(lena.get("/protocols/"))
    for shown in ("Service development plan", "North Eastmere", ">1<", f"{review:%-d %b %Y}"):
        assert shown in page
    one = body(lena.get(at))
    assert "Agreed" in one and f"{today:%-d %B %Y}" in one and f"{review:%-d %B %Y}" in one
    assert Page(one).problems() == []


@pytest.mark.duty("LP-67")
def test_a_development_plan_is_shared_and_partners_comment_and_agree(at, signed_in, acting):
    lena, petra = signed_in("lena"), signed_in("petra")
    assert petra.get(at).status_code == 404  # Not shared yet.
    lena.post(f"{at}share/")
    today = acting("petra").today
    comment = {"answer": "COMMENT", "words": "Add a box for what the child wants."}

    petra.post(f"{at}answer/", comment | day("said_on", today))
    petra.post(f"{at}answer/", {"answer": "AGREES"} | day("said_on", today))
    said = {"partner": "Operational Group", "said_by": "Chair", "answer": "AGREES"}
    lena.post(f"{at}answer/", said | day("said_on", today))

    page = body(lena.get(at))
    assert "Add a box for what the child wants." in page and "Chalkhill High School" in page
    assert "Petra Exampleton" in page and "noted by Lena Exampleton" in page
    assert page.count("Agrees") >= 2


def test_what_partners_have_read_is_changed_in_a_new_version(at, signed_in, acting):
    lena, today = signed_in("lena"), acting("lena").today
    lena.post(f"{at}share/")
    assert lena.post(f"{at}share/").status_code == 409
    assert "Begin a new version to change it" in body(lena.get(f"{at}change/"))

    following = lena.post(f"{at}renew/")["Location"]

    told = {
        "title": "Service development plan",
        "kind": "DEVELOPMENT",
        "text": "One form by summer.",
        "changed_because": "Easter was too soon.",
        "version": "1",
        **day("review_on", today + timedelta(days=200)),
    }
    lena.post(f"{following}change/", told)
    page = body(lena.get(following))
    assert "One form by summer." in page and "version 2" in page and "Easter was too soon." in page
    assert "A newer version took its place" in body(lena.get(at))


def test_what_is_agreed_stands_until_the_next_is_agreed(at, signed_in, acting):
    lena = acting("lena")
    one = Protocol.objects.get()
    actions.share_protocol(actor=lena, protocol=one)
    said = {"answer": "AGREES", "words": "", "said_on": lena.today, "partner": "A", "said_by": "B"}
    actions.answer_protocol(actor=lena, protocol=one, **said)
    days = {"agreed_on": lena.today, "review_on": lena.today + timedelta(days=100)}
    actions.agree_protocol(actor=lena, protocol=one, **days)
    two = actions.renew_protocol(actor=lena, protocol=one)
    one.refresh_from_db()
    assert one.ended_on is None and not policy.renew_protocol(lena, one)

    actions.share_protocol(actor=lena, protocol=two)
    actions.answer_protocol(actor=lena, protocol=two, **said)
    actions.agree_protocol(actor=lena, protocol=two, **days)

    one.refresh_from_db()
    assert one.ended_on == lena.today


def test_two_people_who_change_one_protocol_are_shown_both(at, signed_in, acting):
    lena, today = signed_in("lena"), acting("lena").today
    told = {
        "title": "Service development plan",
        "kind": "DEVELOPMENT",
        "text": "First.",
        "version": "1",
        **day("review_on", today + timedelta(days=200)),
    }
    lena.post(f"{at}change/", told)

    late = signed_in("carys").post(f"{at}change/", told | {"text": "Second."})

    assert late.status_code == 409
    assert says_who_saved(late.content.decode(), "Lena")
    assert "First." in body(late) and "Second." in body(late)


@pytest.mark.parametrize("version", ["²", "abc", "-", ""])
def test_a_version_that_is_no_number_is_no_fault(at, signed_in, acting, version):
    told = {"title": "Plan", "kind": "DEVELOPMENT", "text": "Odd.", "version": version}
    told |= day("review_on", acting("lena").today + timedelta(days=200))

    answer = signed_in("lena").post(f"{at}change/", told)

    assert answer.status_code == (302 if version == "" else 409)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"days": 0}, "review_on"),
        ({"days": 1200}, "review_on"),
    ],
)
def test_a_protocol_that_cannot_stand_says_where(acting, changed, field):
    from alongside.core.decisions import Problem

    lena = acting("lena")
    days = changed.pop("days", 100)
    given = {
        "title": "Shared form",
        "kind": "PROTOCOL",
        "text": "One form.",
        "review_on": lena.today + timedelta(days=days),
    } | changed

    with pytest.raises(Problem) as told:
        actions.write_protocol(
            actor=lena, owner_id=lena.held[0].place_id, facts=ProtocolFacts(**given)
        )

    assert told.value.field == field


def test_nobody_agrees_before_a_partner_has_spoken(at, acting):
    lena = acting("lena")
    one = actions.share_protocol(actor=lena, protocol=Protocol.objects.get())

    assert "No partner has said anything" in policy.agree_protocol(lena, one).reason


def test_none_yet_says_when_they_appear(signed_in):
    assert "appear here once they are shared" in body(signed_in("petra").get("/protocols/"))


def test_another_council_reads_none_of_it(at, signed_in):
    assert signed_in("nils").get(at).status_code == 404
