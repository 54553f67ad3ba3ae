"""A form sent twice, by a second press or the back button, is taken once, and says so."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.assessments.actions import record_need
from alongside.cases.models import Task
from alongside.core.models import Sent, StoredFile
from tests.pictures import PNG

pytestmark = pytest.mark.django_db
NEW = "/tasks/new/"


@pytest.fixture
def asha(signed_in, cast):
    return signed_in("asha")


def typed(client, acting, **changed):
    once = re.search(r'name="once" value="(\w+)"', client.get(NEW).content.decode())[1]
    return {
        "text": "Ring the school",
        "due_on": acting("asha").today.isoformat(),
        "once": once,
    } | changed


def test_the_second_sending_leads_where_the_first_led_and_adds_nothing(asha, acting):
    told = typed(asha, acting)

    first = asha.post(NEW, told)
    second = asha.post(NEW, told, follow=True)

    acting("asha")
    assert Task.objects.count() == 1
    assert second.redirect_chain[0][0] == first["Location"]
    assert "This was sent already, and is kept once." in second.content.decode()


def test_other_words_from_the_same_page_are_another_sending(asha, acting):
    told = typed(asha, acting)

    asha.post(NEW, told)
    asha.post(NEW, told | {"text": "Ring the family"})

    acting("asha")
    assert Task.objects.count() == 2


def test_the_same_words_from_a_page_opened_anew_are_another_sending(asha, acting):
    for _ in range(2):
        asha.post(NEW, typed(asha, acting))

    acting("asha")
    assert Task.objects.count() == 2


def test_what_was_refused_is_sent_again(asha, acting):
    told = typed(asha, acting, text="")

    refused = asha.post(NEW, told)
    asha.post(NEW, told | {"text": "Ring the school"})

    acting("asha")
    assert refused.status_code == 422
    assert Task.objects.count() == 1


def test_what_was_sent_is_ones_own_and_holds_nothing_that_was_typed(asha, acting):
    asha.post(NEW, typed(asha, acting))

    acting("asha")
    kept = Sent.objects.get()
    assert "Ring" not in kept.token + kept.url
    acting("mina")
    assert not Sent.objects.exists()


def test_what_the_first_sending_used_up_is_no_dead_end(asha, acting, route):
    need = record_need(actor=acting("asha"), pupil=route.pupil, kind="BARRIER", text="Noise")
    url = f"/pupils/{route.pupil.pk}/assessment/needs/{need.pk}/strike-out/"
    once = re.search(r'name="once" value="(\w+)"', asha.get(url).content.decode())[1]
    told = {"once": once, "reason": "Heard wrongly"}

    first, second = asha.post(url, told), asha.post(url, told)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_another_photo_of_the_same_name_and_size_is_another_sending(
    asha, acting, route, settings, tmp_path
):
    settings.VAR = tmp_path
    url = f"/pupils/{route.pupil.pk}/documents/new/"
    once = re.search(r'name="once" value="(\w+)"', asha.get(url).content.decode())[1]

    for content in (PNG + b"one", PNG + b"two", PNG + b"two"):
        photo = SimpleUploadedFile("photo.png", content)
        told = {"once": once, "upload": photo, "title": "Drawing", "information_class": "C3"}
        asha.post(url, told)

    acting("asha")
    kept = [one.sha256 for one in StoredFile.objects.order_by("pk")]
    assert kept == [hashlib.sha256(PNG + end).hexdigest() for end in (b"one", b"two")]
