"""A child's words and a need entered for the wrong child: put right as a score is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Need, Voice
from alongside.cases.models import Case, Task
from alongside.core.decisions import Refused
from alongside.core.models import AuditEntry, Notice
from alongside.people.models import ChronologyEntry
from tests.assessments.test_putting_right import right  # noqa: F401  The child it is about.
from tests.pathways import made
from tests.pictures import PNG

pytestmark = pytest.mark.django_db

SAID = "Nobody waits for me"
WHY = "The name on the drawing"


def words(actor: Any, route: Any, **told: Any) -> Voice:
    told = {"method": "TALK", "words": SAID, "is_shared": True} | told
    return actions.record_voice(
        actor=actor, pupil=route.pupil, said_on=actor.today, **told
    )  # fmt: skip


def need(actor: Any, route: Any, kind: str = "BARRIER", **told: Any) -> Need:
    told = {"text": "Cannot read the board", "source": "Seen twice", "is_shared": True} | told
    return actions.record_need(actor=actor, pupil=route.pupil, kind=kind, **told)


MAKE = {"voice": words, "need": need}


def move(actor: Any, entry: Any, to: Any) -> Any:
    return actions.move_to_child(actor=actor, entry=entry, to_pupil=to, reason=WHY)[0]


@pytest.mark.parametrize("kind", ["voice", "need"])
def test_it_is_on_the_right_record_and_struck_on_the_wrong_one(acting, route, right, kind):
    asha = acting("asha")
    entry = MAKE[kind](asha, route)

    moved = move(asha, entry, right)

    entry.refresh_from_db()
    assert entry.struck_out_because == f"Entered for the wrong child. {WHY}"
    assert (moved.pupil, moved.moved_from, moved.struck_out_because) == (right, entry, "")
    read = {"voice": queries.voices_of, "need": queries.needs_of}[kind]
    assert [one.pk for one in read(asha, right)] == [moved.pk]
    assert read(asha, route.pupil) == []


@pytest.mark.parametrize("kind", ["voice", "need"])
def test_no_school_reads_the_line_on_the_wrong_record_any_more(acting, route, right, kind):
    asha = acting("asha")
    move(asha, MAKE[kind](asha, route), right)

    lines = ChronologyEntry.objects.filter(pupil=route.pupil, kind__in=["VOICE", "ASSESSMENT"])
    assert [(line.is_shared, line.information_class) for line in lines] == [(False, "C3")] * 2
    struck = lines.get(summary__startswith="Struck out")
    assert SAID not in struck.summary and struck.corrects_id
    here = ChronologyEntry.objects.get(pupil=right, summary__startswith="Put right")
    assert here.is_shared and "on another record by mistake" in here.summary


@pytest.mark.parametrize("kind", ["voice", "need"])
def test_both_leads_are_told_and_both_trails_say_so(acting, route, right, kind):
    entry = MAKE[kind](acting("asha"), route)
    move(acting("mina"), entry, right)

    told = Notice.objects.filter(kind__startswith=f"{kind}.moved")
    assert {notice.pupil_id for notice in told} == {route.pupil.pk, right.pk}
    acting("dpo")
    audited = AuditEntry.objects.filter(kind__in=[f"{kind}.moved_out", f"{kind}.moved_in"])
    assert {tuple(line.pupil_ids) for line in audited} == {(route.pupil.pk,), (right.pk,)}


def test_a_drawing_goes_along_and_is_no_longer_opened_on_the_wrong_record(
    acting, route, right, signed_in
):
    asha = acting("asha")
    drawn = words(asha, route, method="DRAWING", upload=SimpleUploadedFile("a.png", PNG), words="")

    moved = move(asha, drawn, right)

    client = signed_in("asha")
    at = "/pupils/{}/assessment/voice/{}/file/"
    assert client.get(at.format(route.pupil.pk, drawn.pk)).status_code == 404
    assert client.get(at.format(right.pk, moved.pk)).content == PNG


def test_a_suspected_need_is_asked_anew_of_the_other_childs_sendco(acting, route, right, signed_in):
    acting("asha")
    suspected = need(acting("asha"), route, "SUSPECTED_SEND")
    told = {"to_pupil": right.pk, "reason": WHY}

    signed_in("asha").post(f"/pupils/{route.pupil.pk}/assessment/needs/{suspected.pk}/move/", told)

    acting("asha")
    moved = Need.objects.get(moved_from=suspected)
    assert (moved.answered_on, moved.is_shared) == (None, True)
    sendcos = {person.pk for person in queries.sendcos_of(acting("asha"), right)}
    assert {task.owner_id for task in Task.objects.filter(pupil=right)} == sendcos


def test_words_given_with_scores_go_with_the_scores(acting, route, right):
    made.pack(acting("adam"))
    asha = acting("asha")
    said = Voice(pupil=route.pupil, sitting="7f2b3d52-6d0c-4a4e-8d35-0d6f3f7f0c11")

    assert "Put the scores right" in policy.strike_out(asha, said).reason


def test_it_is_put_right_after_the_case_closed_too(acting, route, right):
    asha = acting("asha")
    entry = words(asha, route)
    Case.objects.filter(pupil=route.pupil).update(
        state="CLOSED", closed_on=asha.today + timedelta(days=1)
    )

    actions.strike_out(actor=asha, entry=entry, reason="Said by another child")

    assert queries.voices_of(asha, route.pupil) == []


def test_what_is_struck_is_not_struck_again(acting, route, right):
    asha = acting("asha")
    entry = need(asha, route)
    move(asha, entry, right)

    with pytest.raises(Refused, match="was struck out"):
        move(asha, entry, right)


def test_the_page_says_what_was_struck_and_never_the_words(acting, route, right, signed_in):
    asha = acting("asha")
    move(asha, words(asha, route), right)
    entry = need(asha, route)
    client, base = signed_in("asha"), f"/pupils/{route.pupil.pk}/assessment/"
    assert f"needs/{entry.pk}/move/" in client.get(base).content.decode()

    done = client.post(f"{base}needs/{entry.pk}/strike-out/", {"reason": "Heard wrongly"})
    again = client.post(f"{base}needs/{entry.pk}/strike-out/", {"reason": "Heard wrongly"})
    page = client.get(base).content.decode()

    assert done.status_code == 302
    assert "This was struck out: Heard wrongly" in again.content.decode()
    assert "was struck out by" in page and "Heard wrongly" in page
    assert SAID not in page and "Cannot read the board" not in page


def test_a_childs_words_are_not_the_schools_unless_said_so(acting, route, signed_in):
    asha = acting("asha")
    client, base = signed_in("asha"), f"/pupils/{route.pupil.pk}/assessment/voice/new/"
    form = client.get(base).content.decode()
    on = {
        f"said_on_{n}": v for n, v in enumerate((asha.today.day, asha.today.month, asha.today.year))
    }

    client.post(base, {"method": "TALK", "words": SAID, **on})

    acting("asha")
    assert "Ticked: their headteacher, SENDCo and teachers read it too" in form
    assert not Voice.objects.get(words=SAID).is_shared
    assert not Voice._meta.get_field("is_shared").default
