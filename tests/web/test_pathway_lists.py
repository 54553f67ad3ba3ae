"""Every list of pupils can be narrowed to those who follow one pathway of the curriculum today."""

from uuid import uuid4

import pytest

from alongside.assessments import actions as assessing
from alongside.people.models import PathwaySpell, Pupil
from alongside.referrals import actions
from alongside.referrals.actions import Asked
from tests.referrals import made as referrals
from tests.web.test_alternatives import at, robin  # noqa: F401

pytestmark = pytest.mark.django_db

ROW = '<th scope="row">'


def follows_vocational(actor, pupil: Pupil) -> None:
    PathwaySpell.objects.create(
        pupil=pupil, pathway="VOCATIONAL", starts_on=actor.today, recorded_by_id=actor.staff_id
    )


def held(client, *lists: str) -> list[tuple[int, int]]:
    """How many rows each list has for the pathway that is followed, and for another."""

    def rows(listed: str, pathway: str) -> int:
        return client.get(f"{listed}pathway={pathway}").content.decode().count(ROW)

    return [(rows(listed, "VOCATIONAL"), rows(listed, "ACADEMIC")) for listed in lists]


@pytest.mark.duty("OW-02")
def test_referrals_and_the_waiting_list(acting, cast, signed_in):
    referral = referrals.waiting(acting, cast)
    follows_vocational(acting("asha"), referral.pupil)

    lists = ("/referrals/?view=all&", "/referrals/waiting/?")

    assert held(signed_in("asha"), *lists) == [(1, 0), (1, 0)]
    name = referral.pupil.name
    for listed in ("/referrals/download/?view=all&", "/referrals/waiting/download/?"):
        asha = signed_in("asha")
        assert name in asha.get(f"{listed}pathway=VOCATIONAL").content.decode(), listed
        assert name not in asha.get(f"{listed}pathway=ACADEMIC").content.decode(), listed


@pytest.mark.duty("OW-02")
def test_requests_to_other_services(acting, route, signed_in):
    asha = acting("asha")
    asked = Asked("PSYCHOLOGY", "Duty desk", "Loses words under pressure.")
    actions.send_request(actor=asha, case=route.case, asked=asked, submission=uuid4())
    follows_vocational(asha, route.pupil)

    assert held(signed_in("asha"), "/requests/?view=all&") == [(1, 0)]
    page = signed_in("asha").get("/requests/?view=all&pathway=ACADEMIC").content.decode()
    assert "0 requests, longest" in page and "Nothing matches this view and filter" in page


@pytest.mark.duty("OW-02")
def test_what_is_used_in_place_of_exclusion(acting, robin, at, signed_in):
    follows_vocational(acting("asha"), robin)

    for listed in ("/alternatives/?view=all&pathway=", "/alternatives/download/?view=all&pathway="):
        assert "Robin" in signed_in("asha").get(f"{listed}VOCATIONAL").content.decode(), listed
        assert "Robin" not in signed_in("asha").get(f"{listed}ACADEMIC").content.decode(), listed


def test_the_figures_above_that_list_are_of_the_same_pathway(acting, robin, at, signed_in):
    follows_vocational(acting("asha"), robin)
    kept, gone = (
        "How many avoided exclusion",
        "None was begun in these days for a pupil on the pathway Academic",
    )

    for pathway, said, not_said in (("VOCATIONAL", kept, gone), ("ACADEMIC", gone, kept)):
        url = f"/alternatives/?view=all&span=twelve&pathway={pathway}"
        page = signed_in("asha").get(url).content.decode()
        assert said in page and not_said not in page, pathway
        # The other days and views keep the pathway.
        assert f"view=all&amp;span=year&amp;pathway={pathway}" in page, pathway
        assert f"view=ended&amp;span=twelve&amp;pathway={pathway}" in page, pathway


@pytest.mark.duty("OW-02")
def test_a_tutors_tutees(acting, route, signed_in):
    sky = route.children.pupil("Sky", "Placeholder", at="orchard")
    sana = acting("sana")
    assessing.name_tutor(actor=sana, pupil=sky, tutor=route.staff("sana"))
    follows_vocational(sana, sky)

    assert held(signed_in("sana"), "/tutees/?") == [(1, 0)]
