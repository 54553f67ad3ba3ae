"""The one-page profile: read before the lesson, changed from an observation, its versions kept."""

import pytest

from alongside.assessments.models import Need, Profile
from alongside.fieldwork.models import DailyLog
from tests.fieldwork.conftest import worked  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


@pytest.fixture
def log(acting, worked) -> DailyLog:
    asha = acting("asha")
    return DailyLog.objects.create(
        case=worked.case, pupil=worked.pupil, on=asha.today, recorded_by_id=asha.staff_id,
        what_worked="A job at the start", what_was_hard="Supply teacher",
    )  # fmt: skip


def write(client, base, version="0", **changes):
    told = {
        "version": version, "words": "I am trying", "needs": "Short instructions",
        "triggers": "A change nobody told me of", "helps": "A card\nTime",
        "avoids": "Standing over me",
    }  # fmt: skip
    return client.post(f"{base}profile/", told | changes, follow=True)


def page_of(client, url):
    return client.get(url).content.decode()


@pytest.mark.duty("SA-06")
@pytest.mark.parametrize("name", ["asha", "petra", "hana"])
def test_one_page_says_needs_triggers_what_helps_and_what_to_avoid(signed_in, base, worked, name):
    write(signed_in("asha"), base)

    page = page_of(signed_in(name), f"/pupils/{worked.pupil.pk}/profile/print/")

    for words in (
        "For learning", "Short instructions", "Triggers", "A change nobody told me of",
        "What helps", "A card", "What to avoid", "Standing over me", "I am trying",
    ):  # fmt: skip
        assert words in page


@pytest.mark.duty("SA-62")
def test_an_observation_changes_the_profile_in_one_step_and_the_earlier_one_is_kept(
    signed_in, base, log, acting
):
    client = signed_in("asha")
    write(client, base)
    assert f"{base}profile/from-log/{log.pk}/" in page_of(client, f"/logs/{log.pk}/")
    form = page_of(client, f"{base}profile/from-log/{log.pk}/")
    assert "A job at the start" in form and "Supply teacher" in form
    told = {"version": "1", "strengths": "Leads a group", "helps": "A job at the start"}

    client.post(f"{base}profile/from-log/{log.pk}/", told | {"triggers": "Supply teacher"})

    acting("asha")
    profile = Profile.objects.get()
    assert profile.helps == ["A card", "Time", "A job at the start"]
    assert profile.triggers == ["A change nobody told me of", "Supply teacher"]
    strength = Need.objects.get(kind="STRENGTH")
    assert strength.source.startswith("Daily log of") and "Asha Exampleton" in strength.source
    earlier = page_of(client, f"{base}profile/versions/")
    assert "Version 1" in earlier and "Asha Exampleton changed it" in earlier
    assert "A job at the start" not in earlier


def test_a_profile_changed_meanwhile_is_not_overwritten_by_an_observation(
    signed_in, base, log, acting
):
    client = signed_in("asha")
    write(client, base)
    write(client, base, version="1", helps="Another line")

    answer = client.post(
        f"{base}profile/from-log/{log.pk}/", {"version": "1", "helps": "A job at the start"}
    )

    assert answer.status_code == 409
    acting("asha")
    assert Profile.objects.get().helps == ["Another line"]
    assert not Need.objects.exists()


def test_an_observation_begins_a_profile_where_there_is_none(signed_in, base, log, acting):
    told = {"version": "0", "helps": "A job at the start"}

    signed_in("asha").post(f"{base}profile/from-log/{log.pk}/", told)

    acting("asha")
    assert Profile.objects.get().helps == ["A job at the start"]


def test_a_page_that_is_full_says_so_and_keeps_what_was_typed(signed_in, base, log):
    client = signed_in("asha")
    write(client, base, helps="\n".join(f"Line {n}" for n in range(8)))

    answer = client.post(
        f"{base}profile/from-log/{log.pk}/", {"version": "1", "helps": "A job at the start"}
    )

    assert answer.status_code == 422
    assert "A page holds 8 lines" in answer.content.decode()
    assert "A job at the start" in answer.content.decode()


def test_nothing_seen_and_no_profile_is_explained(signed_in, base, log):
    answer = signed_in("asha").post(f"{base}profile/from-log/{log.pk}/", {"version": "0"})

    assert "Write at least one line." in answer.content.decode()


def test_a_log_of_another_child_is_not_found(signed_in, base, log, worked, acting):
    other = worked.children.pupil("Sky", "Placeholder", at="marlpit")

    answer = signed_in("asha").get(f"/pupils/{other.pk}/assessment/profile/from-log/{log.pk}/")

    assert answer.status_code == 404


def test_without_a_change_there_is_no_earlier_version(signed_in, base):
    write(signed_in("asha"), base)

    assert "No earlier version" in page_of(signed_in("asha"), f"{base}profile/versions/")
