"""Concerns: anybody raises one, from anywhere; the safeguarding lead reads it; the raiser, their words."""

import pytest
from django.core import mail

from alongside.cases.models import Task
from alongside.core.models import Notice
from alongside.people.models import ChronologyEntry, Concern
from tests.children import Children

SECRET = "He showed me a mark on his arm"


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    children.dsl_named("chalkhill", phone="01632 960001")
    children.involve(robin, "asha")
    return robin


def typed(**more):
    return {
        "where": "SCHOOL",
        "happened_on_0": "20",
        "happened_on_1": "11",
        "happened_on_2": "2026",
        "words": SECRET,
    } | more


def raise_one(client, about, **more):
    return client.post(
        f"/concerns/new/?pupil={about.pk}",
        typed(**{"pupil": about.pk, "pupil-words": about.name, **more}),
    )


@pytest.mark.duty("OW-116")
def test_the_page_names_whom_to_tell_in_person_first(signed_in, robin):
    page = signed_in("asha").get(f"/concerns/new/?pupil={robin.pk}").content.decode()

    assert "K. Specimen, 01632 960001" in page
    assert "in person first" in page


def test_every_page_of_a_pupil_leads_to_a_concern_about_them(signed_in, robin):
    page = signed_in("asha").get(f"/pupils/{robin.pk}/").content.decode()

    assert f"/concerns/new/?pupil={robin.pk}" in page


@pytest.mark.duty("OW-14")
def test_a_concern_reaches_the_lead_of_the_school_and_no_name_goes_by_email(
    signed_in, acting, cast, robin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = raise_one(signed_in("asha"), robin)

    acting("dora")
    concern = Concern.objects.get()
    assert answer.status_code == 302
    assert concern.entry.information_class == "C5"
    assert Notice.objects.get(staff_id=cast.staff["dora"]).url == f"/concerns/{concern.pk}/"
    task = Task.objects.get(owner_id=cast.staff["dora"])
    assert (task.pupil_id, task.case_id) == (None, None)
    (email,) = mail.outbox
    assert email.to == ["dora@example.org"]
    assert not any(name in email.body + email.subject for name in ("Robin", "Testerly", "arm"))


def test_the_lead_reads_and_acknowledges_and_the_raiser_is_told_that_only(
    signed_in, acting, cast, robin
):
    raise_one(signed_in("asha"), robin)
    acting("dora")
    pk = Concern.objects.get().pk
    dora = signed_in("dora")
    assert SECRET in dora.get(f"/concerns/{pk}/").content.decode()
    assert "Robin Testerly" in dora.get("/concerns/").content.decode()

    assert dora.post(f"/concerns/{pk}/").status_code == 302

    own = signed_in("asha").get(f"/concerns/{pk}/").content.decode()
    assert SECRET in own
    assert "Dora Exampleton acknowledged it" in own
    acting("asha")
    assert Notice.objects.filter(staff_id=cast.staff["asha"], kind="concern.acknowledged").exists()


def test_a_second_acknowledgement_is_refused_with_its_reason(signed_in, acting, robin):
    raise_one(signed_in("asha"), robin)
    acting("dora")
    pk = Concern.objects.get().pk
    dora = signed_in("dora")
    dora.post(f"/concerns/{pk}/")

    answer = dora.post(f"/concerns/{pk}/")

    assert answer.status_code == 409
    assert "has been acknowledged" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["omar", "mina", "petra", "hana", "marta", "sana", "nell", "carys"]
)
def test_nobody_else_opens_it(signed_in, acting, robin, name):
    raise_one(signed_in("asha"), robin)
    acting("dora")
    pk = Concern.objects.get().pk

    assert signed_in(name).get(f"/concerns/{pk}/").status_code == 404


def test_the_raiser_cannot_acknowledge_their_own(signed_in, acting, robin):
    raise_one(signed_in("asha"), robin)
    acting("dora")
    pk = Concern.objects.get().pk

    assert signed_in("asha").post(f"/concerns/{pk}/").status_code == 404


@pytest.mark.duty("SA-75")
def test_somebody_who_cannot_see_the_pupil_raises_it_in_words_about_a_school(
    signed_in, acting, robin
):
    answer = signed_in("marta").post(
        "/concerns/new/",
        typed(
            child="A boy in Year 9 with a red bag", **{"school-words": "Chalkhill", "school": ""}
        ),
    )

    acting("dora")
    concern = Concern.objects.get()
    assert answer.status_code == 302
    assert (concern.pupil, concern.school.name) == (None, "Chalkhill High School")


def test_another_setting_is_told_as_well_as_the_pupils_own(
    signed_in, acting, cast, robin, children
):
    children.act()
    marlpit = children.school("marlpit")

    raise_one(signed_in("asha"), robin, **{"school": marlpit.pk, "school-words": marlpit.name})

    acting("dora")
    assert Concern.objects.get().school_id == marlpit.pk
    assert Notice.objects.filter(staff_id=cast.staff["dora"]).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "What you saw or heard: enter an answer"),
        ({"happened_on_0": "31"}, "real date"),
        ({"happened_time": "25:99"}, ": enter the time like"),
        ({"pupil": "999999", "pupil-words": "x"}, "The child: choose one from the list"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in, acting, robin, wrong, said):
    answer = raise_one(signed_in("asha"), robin, done="Told her at 11", **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Told her at 11" in answer.content.decode()
    acting("dora")
    assert not Concern.objects.exists()


def test_a_failed_audit_keeps_nothing(signed_in, acting, robin, monkeypatch):
    client = signed_in("asha")
    client.raise_request_exception = False

    def fail(**_):
        raise RuntimeError("no audit")

    monkeypatch.setattr("alongside.people.actions.concern.audit.record", fail)
    raise_one(client, robin)

    acting("dora")
    assert not Concern.objects.exists()
    assert not ChronologyEntry.objects.exists()
