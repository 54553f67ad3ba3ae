"""What no person types and no database stores never becomes a fault of ours."""

import pytest

from alongside.rules.text import storable

BROKEN = ("%00", "quiet%00", "%ED%A0%80", "x" * 7000, "%F0%9F%98%80", "%FF%FE")


@pytest.mark.parametrize("words", BROKEN)
@pytest.mark.parametrize(
    "address", ["/caseload/?q=", "/staff/?q=", "/search/?q=", "/schools/?q=", "/referrals/?school="]
)
def test_a_list_is_asked_for_anything(signed_in, address, words):
    client = signed_in("adam" if "staff" in address else "mina")

    assert client.get(address + words).status_code in (200, 404)


@pytest.mark.parametrize("words", BROKEN)
def test_a_chronology_is_asked_for_anything(signed_in, route, words):
    url = f"/pupils/{route.pupil.pk}/chronology/?words={words}"

    assert signed_in("asha").get(url).status_code == 200


def test_a_form_with_a_nul_is_taken_without_it(signed_in, acting):
    from alongside.cases.models import Task

    on = acting("asha").today
    sent = {"text": "Ring\x00 back", "due_on": on.isoformat()}
    signed_in("asha").post("/tasks/new/", sent)

    acting("asha")
    assert Task.objects.get().text == "Ring back"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("zoë 🙂",) * 2,
        ("a\u202eb\u2066c", "abc"),
        ("سلام",) * 2,
        ("\u200b\u2060\ufeff", ""),
        (" \u200b ", ""),
        ("  ",) * 2,
        ("👩\u200d👧",) * 2,
        ("he\u200bllo",) * 2,
    ],
)
def test_only_what_cannot_be_stored_is_taken_out(typed, kept):
    assert storable(typed) == kept


def test_words_that_nobody_can_see_are_asked_for_as_if_left_out(signed_in, acting):
    on = acting("asha").today

    answer = signed_in("asha").post(
        "/tasks/new/", {"text": "\u200b\u2060", "due_on": on.isoformat()}
    )

    assert answer.status_code == 422
