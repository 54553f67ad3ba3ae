"""Who leads and how to reach them; everybody and everything for one child; judgements on screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases import team
from alongside.core.actions import change_phone
from alongside.core.decisions import Problem
from alongside.fieldwork.models import Session
from alongside.people.models import Involvement, Professional

pytestmark = pytest.mark.django_db


@pytest.mark.duty("OW-107")
@pytest.mark.parametrize("name", ["asha", "mina", "petra", "omar"])
def test_everybody_on_the_case_reads_who_leads_and_how_to_reach_them(
    signed_in, route, acting, name
):
    signed_in("asha").post("/me/phone/", {"phone": "01632  960123"})
    asha = acting("asha")
    team.add_colleague(actor=asha, case=route.case, staff=route.staff("omar"), starts_on=asha.today)

    page = signed_in(name).get(f"/pupils/{route.pupil.pk}/").content.decode()

    top = page[page.index("al-banner") : page.index("al-rec")]
    assert "Lead worker" in top
    assert "Asha Exampleton (01632 960123, asha@example.org)" in top


def test_half_a_telephone_number_is_refused(acting, cast):
    with pytest.raises(Problem, match="whole telephone number"):
        change_phone(actor=acting("asha"), phone="960")


def held(route, actor, name: str, days_ago: int, kind: str = "MENTORING") -> None:
    Session.objects.create(
        case=route.case,
        pupil=route.pupil,
        kind=kind,
        starts_at=timezone.now() - timedelta(days=days_ago),
        minutes=45,
        attendance="ATTENDED",
        recorded_by=route.staff(name),
    )


@pytest.mark.duty("OW-52")
def test_one_timeline_shows_workers_and_support_with_overlaps_and_gaps_in_words(
    signed_in, route, acting
):
    asha = acting("asha")
    began = asha.today - timedelta(days=90)
    type(route.case).objects.filter(pk=route.case.pk).update(opened_on=began)
    route.case.allocations.update(starts_on=began)
    team.add_colleague(actor=asha, case=route.case, staff=route.staff("omar"), starts_on=asha.today)
    Professional.objects.create(
        pupil=route.pupil,
        name="Pat Sampler",
        profession="Educational psychologist",
        starts_on=began,
        recorded_by_id=asha.staff_id,
    )
    for name, days_ago in (("asha", 80), ("asha", 40), ("omar", 60), ("omar", 50)):
        held(route, asha, name, days_ago)

    page = signed_in("asha").get(f"/pupils/{route.pupil.pk}/together/").content.decode()

    for words in (
        "Asha Exampleton, lead worker",
        "Omar Exampleton, co-worker",
        "Pat Sampler, educational psychologist",
        "Mentoring by Asha Exampleton (2)",
        "Mentoring by Asha Exampleton (2) and Mentoring by Omar Exampleton (2): both from",
        "until today",
    ):
        assert words in page, words
    assert "No contact for" in page


def test_a_child_with_nothing_yet_is_told_what_will_stand_here(signed_in, route, acting):
    acting("dpo")
    route.case.allocations.all().delete()
    Involvement.objects.filter(staff=route.staff("asha")).delete()

    page = signed_in("mina").get(f"/pupils/{route.pupil.pk}/together/").content.decode()

    assert "Nothing runs yet" in page


def test_a_judgement_is_written_on_screen_and_shown_locked(signed_in, route):
    client, url = signed_in("asha"), f"/cases/{route.case.pk}/judgements/"
    told = {
        "facts": "He said that he will not go home.",
        "options": "Ring now, or later.",
        "decision": "Rang the DSL at once.",
        "rationale": "Waiting could not be undone.",
        "consulted": "K. Specimen",
        "information_class": "C3",
    }

    half = client.post(f"{url}new/", told | {"rationale": ""})
    page = client.post(f"{url}new/", told, follow=True).content.decode()

    assert half.status_code == 422
    assert "Ring now, or later." in half.content.decode(), "nothing typed is lost"
    assert "Locked." in page
    assert "Rang the DSL at once." in client.get(url).content.decode()
