"""`staff add`: how the first person gets in where nobody is there yet."""

import argparse
import json
import re

import pytest
from django.test import Client

from alongside.command import staff as verb
from alongside.core.models import Staff
from alongside.ops.places import Problem

pytestmark = pytest.mark.django_db
FIRST = {
    "what": "add",
    "council": "992",
    "name": "Morgan Samplewood",
    "email": "morgan@example.org",
    "job": "",
    "role": "system_administrator",
    "json": False,
}


def test_the_first_administrator_is_let_in_by_a_printed_link(cast, capsys, acting):
    assert verb.run(argparse.Namespace(**FIRST)) == 0

    said = capsys.readouterr().out
    url = re.search(r"http\S+", said).group().removeprefix("http://127.0.0.1:8000")
    assert "Morgan Samplewood is added to Northfold" in said
    assert Client().get(url).status_code == 200
    acting("nils")
    held = Staff.objects.get(email="morgan@example.org").assignments.get()
    assert (held.role, held.place.name) == ("system_administrator", "Northfold")


def test_who_was_added_is_printed_as_json_when_asked(cast, capsys):
    assert verb.run(argparse.Namespace(**FIRST | {"json": True})) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["role"]) == ("Morgan Samplewood", "system_administrator")
    assert (
        Client().get(told["first_sign_in_url"].removeprefix("http://127.0.0.1:8000")).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"council": "000"}, "no council with the code 000"),
        ({"role": "queen"}, "no role queen"),
        ({"email": "asha@example.org"}, "already signs in"),
    ],
)
def test_what_cannot_be_says_why(cast, changed, words):
    with pytest.raises(Problem, match=words):
        verb.run(argparse.Namespace(**FIRST | changed))
