"""Learning gaps and needs on screen: chosen from the list, closed, made targets, answered."""

import pytest

from alongside.assessments import actions
from alongside.assessments.models import Need
from alongside.plans.models import Target
from tests.assessments.made import assess, lists
from tests.fieldwork.conftest import targets, worked  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


def day(on, name):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def page_of(client, url):
    return client.get(url).content.decode()


def add(client, base, acting, *keys, link="?stage=KS1&subject=Mathematics", **changes):
    told = {"objectives": list(keys), "source": "Test of 20 November", "is_shared": "on"}
    told |= day(acting("asha").today, "found_on") | changes
    return client.post(f"{base}learning/new/{link}", told, follow=True)


def test_an_empty_page_says_what_to_record(signed_in, base):
    assert "No learning gap is open" in page_of(signed_in("asha"), f"{base}learning/")


@pytest.mark.duty("SA-41")
def test_gaps_are_recorded_by_subject_and_year_and_closed_with_their_day(signed_in, base, acting):
    client = signed_in("asha")
    added = add(client, base, acting, "2-mathematics-3").content.decode()
    assert "Knows the 2, 5 and 10 times tables" in added
    assert "Year 2 (KS1)" in added
    acting("asha")
    gap = Need.objects.get()

    told = day(acting("asha").today, "ended_on") | {"note": "9 of 10 in the test"}
    page = client.post(f"{base}needs/{gap.pk}/end/", told, follow=True).content.decode()

    assert "Closed on" in page and "9 of 10 in the test" in page
    assert "No learning gap is open" in page


@pytest.mark.duty("SA-104")
@pytest.mark.parametrize(
    ("stage", "subject", "words"),
    [
        ("EYFS", "Literacy", "Says a sound for each letter"),
        ("KS1", "Mathematics", "Knows the 2, 5 and 10 times tables"),
        ("KS2", "Writing", "Plans, writes and improves a piece"),
    ],
)
def test_objectives_of_each_stage_are_offered(signed_in, base, stage, subject, words):
    page = page_of(signed_in("asha"), f"{base}learning/new/?stage={stage}&subject={subject}")

    assert words in page
    assert "check before relying on it" in page


@pytest.mark.duty("SA-104")
def test_a_gap_of_the_list_becomes_a_target_of_the_plan(signed_in, base, acting, targets):
    client = signed_in("asha")
    add(client, base, acting, "2-mathematics-3")
    acting("asha")
    gap, plan = Need.objects.get(), targets[0].plan
    plan.state = "DRAFT"
    plan.save(update_fields=["state"])

    client.post(f"/plans/{plan.pk}/barriers/", {"gaps": [gap.pk]})
    client.post(f"/plans/{plan.pk}/barriers/", {"gaps": [gap.pk]})

    acting("asha")
    made = Target.objects.get(plan=plan, text="Knows the 2, 5 and 10 times tables")
    assert (made.kind, made.order, made.goal, made.highest) == ("OUTCOME", 3, 4, 5)


def test_nothing_chosen_is_explained_and_what_was_typed_is_kept(signed_in, base, acting):
    answer = add(signed_in("asha"), base, acting, source="A test of my own")

    assert answer.status_code == 422
    assert "Choose what is not learnt yet" in answer.content.decode()
    assert "A test of my own" in answer.content.decode()


@pytest.mark.parametrize("link", ["?stage=KS9&subject=Magic", "?subject=%00", ""])
def test_an_unreadable_address_shows_a_list_all_the_same(signed_in, base, link):
    assert 'name="objectives"' in page_of(signed_in("asha"), f"{base}learning/new/{link}")


@pytest.mark.duty("SC-124")
def test_primary_and_secondary_need_are_recorded_with_barriers(signed_in, base, acting, worked):
    assess(acting("asha"), worked.pupil, lists()["worry"])
    acting("asha")
    barrier = Need.objects.get(kind="BARRIER")
    told = {"primary": "SEMH", "secondary": "SLCN", "needs": [barrier.pk], "note": "EP report"}

    page = signed_in("asha").post(f"{base}send/", told, follow=True).content.decode()

    assert "Social, emotional and mental health, then Speech, language" in page
    assert "Goes with: Worry that stops them starting" in page


def test_the_same_need_twice_is_refused_in_words(signed_in, base):
    answer = signed_in("asha").post(f"{base}send/", {"primary": "SEMH", "secondary": "SEMH"})

    assert answer.status_code == 422
    assert "another than the first" in answer.content.decode()


@pytest.mark.duty("SC-03")
def test_a_concern_is_assessed_answered_and_put_on_the_register(signed_in, base, acting):
    told = {"kind": "SUSPECTED_SEND", "text": "Loses words", "source": "Seen in two lessons"}
    signed_in("asha").post(f"{base}needs/new/", told)
    acting("asha")
    need = Need.objects.get()
    petra = signed_in("petra")
    found = {
        "outcome": "SUPPORT",
        "assessed": "Speech screen by S. Sampler",
        "answer": "Support begins in January",
    } | day(acting("asha").today, "registered_on")

    page = petra.post(f"{base}needs/{need.pk}/answer/", found, follow=True).content.decode()

    assert "SEN support: added to the register" in page
    assert "Assessed: Speech screen by S. Sampler" in page
    assert "On the register since" in page
    assert "<b>SEN support</b>" in page_of(petra, f"{base}learning/")


def test_on_the_register_without_a_day_is_asked_for_it(signed_in, base, acting):
    told = {"kind": "SUSPECTED_SEND", "text": "Loses words", "source": "Seen in two lessons"}
    signed_in("asha").post(f"{base}needs/new/", told)
    acting("asha")
    need = Need.objects.get()

    answer = signed_in("petra").post(
        f"{base}needs/{need.pk}/answer/", {"outcome": "SUPPORT", "answer": "Support begins"}
    )

    assert "on which day the child was added to the register" in answer.content.decode()


@pytest.mark.duty("RC-30")
def test_trauma_without_how_it_is_known_is_asked_for_it(signed_in, base):
    answer = signed_in("asha").post(
        f"{base}needs/new/", {"kind": "TRAUMA", "text": "A fire at home"}
    )

    assert answer.status_code == 422
    assert "who told you, or where it is written" in answer.content.decode()


def test_a_school_reads_gaps_that_are_shared(signed_in, base, acting, worked):
    asha = acting("asha")
    for key, is_shared in (("2-reading-1", True), ("2-writing-1", False)):
        actions.record_gaps(
            actor=asha, pupil=worked.pupil, objectives=[key], source="Seen",
            found_on=asha.today, is_shared=is_shared,
        )  # fmt: skip

    page = page_of(signed_in("petra"), f"{base}learning/")

    assert "Reads most words of their age" in page
    assert "Writes about real events" not in page


def test_a_sendco_finds_the_register_first_and_reads_what_was_said_of_it(signed_in, base, acting):
    at, client, today = f"{base}send/", signed_in("petra"), acting("petra").today

    page = client.get(at).content.decode()
    told = {"provision": "K", "primary": "SEMH", "secondary": ""}
    told |= {
        f"registered_on_{n}": part for n, part in enumerate((today.day, today.month, today.year))
    }
    done = client.post(at, told, follow=True).content.decode()

    assert "SEND register and needs" in page
    assert page.index("On the school’s SEND register") < page.index("Primary need")
    assert "SEND register: SEN support. Main need:" in done
