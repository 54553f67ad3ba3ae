"""Two versions of one form: what each began from decides which side is proposed."""

from django import forms
from django.http import QueryDict

from alongside.web.conflicts import SEEN, compare, seen


class _Form(forms.Form):
    aim = forms.CharField(required=False)
    step = forms.CharField(required=False)
    row_2 = forms.CharField(required=False)


class _FewerRows(forms.Form):
    aim = forms.CharField(required=False)
    step = forms.CharField(required=False)


BEGUN = {"aim": "Calm", "step": "Walk"}


def _proposed(mine: dict[str, str], theirs: dict[str, str], begun: str) -> dict[str, bool]:
    data = QueryDict(mutable=True)
    for name, value in (mine | {SEEN: begun}).items():
        data[name] = value
    differing, _ = compare(_Form(data), theirs)
    return {row["name"]: row["is_mine"] for row in differing}


def test_each_side_is_proposed_where_it_alone_changed_and_ones_own_where_both_did():
    begun = seen(_Form(initial=BEGUN))

    proposed = _proposed(
        {"aim": "Mine", "step": "Walk", "row_2": "Mine too"},
        {"aim": "Calm", "step": "Theirs", "row_2": "Also theirs"},
        begun,
    )

    assert proposed == {"aim": True, "step": False, "row_2": True}


def test_a_row_that_a_colleague_added_stays():
    begun = seen(_FewerRows(initial=BEGUN))

    proposed = _proposed(BEGUN | {"aim": "Mine"}, BEGUN | {"row_2": "New"}, begun)

    assert proposed == {"aim": True, "row_2": False}


def test_a_form_that_does_not_say_what_it_began_from_keeps_what_was_typed():
    assert _proposed({"aim": "Mine"}, {"aim": "Theirs"}, "") == {"aim": True}


def test_what_a_form_began_from_is_carried_along_when_it_is_sent_and_sent_again():
    begun = seen(_Form(initial=BEGUN))
    data = QueryDict(mutable=True)
    data[SEEN] = begun

    assert seen(_Form(data)) == begun
