"""A publication taken back on its day: everybody stands where they stood, and is told."""

from datetime import timedelta

import pytest

from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.models import AuditEntry, Notice, Staff
from alongside.pathways import actions
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import Capacity, ChronologyEntry, Pupil
from alongside.referrals import taking_back
from tests.pathways import made
from tests.web.test_framework_versions import at, body, day, framework  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db
BECAUSE = {"reason": "The panel had not been asked."}


@pytest.fixture
def published(framework, at, acting, cast, signed_in) -> Framework:
    """Outreach is taken out, and Robin, whom Asha leads, is moved to the panel's placement."""
    mina = acting("mina")
    cases.allocate(
        actor=mina,
        case=Case.objects.get(),
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )
    draft = Framework.objects.get(is_draft=True)
    actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(name="Outreach"))
    told = day("starts_on", mina.today) | {
        "reason": "No outreach.",
        "is_moving": "move",
        "move_reason": "It ends.",
        "landing_outreach": draft.stages.get(name="Panel placement").pk,
    }
    assert signed_in("mina").post(f"{at}publish/", told).status_code == 302
    acting("mina")
    return Framework.objects.get(pk=draft.pk)


def told(kind: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for notice in Notice.objects.filter(kind=kind).order_by("pk"):
        found.setdefault(notice.staff_id, []).append(notice.text)
    return found


def test_it_is_offered_on_the_frameworks_page_and_says_what_happens(published, signed_in):
    mina = signed_in("mina")
    url = f"/frameworks/{published.pk}/take-back/"
    assert url in body(mina.get(f"/frameworks/{published.pk}/"))

    page = body(mina.get(url))

    assert "1 pupil and 1 case return to where they stood before it" in page
    assert "Version 2024 is in force again." in page
    assert Page(page).problems() == []


def test_every_child_and_case_returns_and_the_earlier_version_is_current(
    framework,
    published,
    signed_in,
    acting,
):
    mina = signed_in("mina")
    refused = mina.post(f"/frameworks/{published.pk}/take-back/", {"reason": " "})
    assert refused.status_code == 422

    done = mina.post(f"/frameworks/{published.pk}/take-back/", BECAUSE)

    assert done["Location"] == f"/frameworks/drafts/{published.pk}/"
    today = acting("mina").today
    standing = Standing.objects.get()
    assert standing.stage.name == "Outreach" and standing.ends_on is None
    assert standing.starts_on == today - timedelta(days=20)
    assert Case.objects.get().framework_id == framework.pk
    assert Framework.objects.in_force(today).get(key=framework.key).pk == framework.pk
    last = ChronologyEntry.objects.order_by("pk").last()
    assert "is taken back; stands at Outreach as before" in last.summary
    assert last.detail == BECAUSE["reason"] and last.is_shared
    line = AuditEntry.objects.get(kind="framework.taken_back")
    assert line.pupil_ids == [standing.pupil_id] and line.detail["cases"] == 1


def test_the_same_people_are_told_as_were_told_of_the_move(published, cast, signed_in, acting):
    works_with = {cast.staff["asha"], cast.staff["petra"]}
    acting("mina")
    assert set(told("framework.pupils_moved")) == works_with
    assert set(told("framework.pupils_landed")) == {cast.staff["pat"]}

    signed_in("mina").post(f"/frameworks/{published.pk}/take-back/", BECAUSE)

    acting("mina")
    moved, landed = told("framework.pupils_moved"), told("framework.pupils_landed")
    assert set(moved) == works_with
    assert all("was taken back" in texts[1] for texts in moved.values())
    assert "1 pupil was moved back from Panel placement" in landed[cast.staff["pat"]][1]
    assert not any(
        "Testerly" in text for texts in (*moved.values(), *landed.values()) for text in texts
    )


def test_taken_back_it_can_be_changed_and_published_again(published, signed_in, acting):
    mina = signed_in("mina")
    mina.post(f"/frameworks/{published.pk}/take-back/", BECAUSE)
    acting("mina")
    place = Stage.objects.get(framework=published, name="Panel placement")
    again = day("starts_on", acting("mina").today) | {
        "reason": "Asked now.",
        "is_moving": "move",
        "move_reason": "The panel agreed.",
        "landing_outreach": place.pk,
    }

    answer = mina.post(f"/frameworks/drafts/{published.pk}/publish/", again)

    acting("mina")
    assert answer["Location"] == f"/frameworks/{published.pk}/"
    assert Standing.objects.get(ends_on=None).stage_id == place.pk


def test_a_child_moved_on_since_is_named_and_nothing_is_taken_back(published, signed_in, acting):
    asha = acting("asha")
    actions.move(
        actor=asha,
        pupil=Pupil.objects.get(),
        stage=Stage.objects.get(framework=published, order=1),
        reason="Back in class.",
        starts_on=asha.today,
    )
    url = f"/frameworks/{published.pk}/take-back/"

    page = body(signed_in("mina").get(url))
    answer = signed_in("mina").post(url, BECAUSE)

    assert "Moved on since: Robin Testerly." in page and 'name="reason"' not in page
    assert answer.status_code == 409
    acting("mina")
    assert not Framework.objects.get(pk=published.pk).is_draft
    assert AuditEntry.objects.filter(kind="pupils.listed", subject=url).exists()


def test_a_child_who_came_new_to_it_stands_in_the_way_and_is_named_to_who_sees_them(
    published, signed_in, acting
):
    asha = acting("asha")
    other = made.working_with(asha, made.pupil(None, "Alex", "Placeholder"))
    actions.move(
        actor=asha,
        pupil=other,
        stage=Stage.objects.get(framework=published, order=1),
        reason="New.",
        starts_on=asha.today,
    )

    page = body(signed_in("adam").get(f"/frameworks/{published.pk}/take-back/"))

    assert "but does not move them" in page and "Placeholder" not in page
    assert "Alex Placeholder" not in body(signed_in("mina").get(f"/frameworks/{published.pk}/"))
    seen = taking_back.look(acting("asha"), published).decision
    assert not seen  # An outreach worker changes no framework.


@pytest.mark.parametrize("name", ["lena", "adam"])
def test_who_does_not_own_it_or_moves_nobody_does_not_take_it_back(published, signed_in, name):
    answer = signed_in(name).post(f"/frameworks/{published.pk}/take-back/", BECAUSE)

    assert answer.status_code == 409


def test_the_next_day_it_is_too_late(published, signed_in, acting):
    acting("mina")
    Framework.objects.filter(pk=published.pk).update(
        published_on=published.published_on - timedelta(days=1)
    )

    page = body(signed_in("mina").get(f"/frameworks/{published.pk}/take-back/"))

    assert "only on the day it was published" in page
    assert "take-back" not in body(signed_in("mina").get(f"/frameworks/{published.pk}/"))


def test_a_failed_audit_takes_nothing_back(published, acting, monkeypatch):
    mina = acting("mina")

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        taking_back.take_back(actor=mina, framework=published, reason="Not asked.")

    assert Standing.objects.get(ends_on=None).stage.name == "Panel placement"
