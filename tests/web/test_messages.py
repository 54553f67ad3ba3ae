"""What a person reads at a mistake: every form of the service, and none of Django's own words."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise

import alongside.web
from alongside.web.forms import NumberField, WholeField
from alongside.web.forms.said import GENERAL, after_name, said
from alongside.web.plans.forms import action_fields, target_fields
from alongside.web.referrals.forms import CycleForm
from alongside.web.referrals.writing import Writing
from tests.web.test_referrals import typed

# How a sentence begins that tells a person what to do.
VERBS = {"Add", "Attach", "Choose", "Enter", "Give", "Say", "Tell", "Tick", "Type", "Write"}
VERBS |= {"Target", "Action"}  # "Target 1: enter the goal" says which first.
GENERAL_REQUIRED = {
    "choose a file",
    "choose one of these",
    "choose one or more of these",
    "enter a day",
    "enter an answer",
    "tick this to go on",
}


def form_classes() -> set[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(alongside.web.__path__, "alongside.web."):
        importlib.import_module(module.name)
    found, todo = set(), [forms.BaseForm]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            if kind.__module__.startswith("alongside."):
                found.add(kind)
    return found


def every_field() -> Iterator[tuple[str, forms.Field]]:
    for kind in sorted(form_classes(), key=lambda k: f"{k.__module__}.{k.__name__}"):
        for name, field in kind.base_fields.items():
            yield f"{kind.__module__}.{kind.__name__}.{name}", field
    for name, field in (target_fields(1) | action_fields(1)).items():
        yield f"a row of a plan: {name}", field


def test_every_form_is_walked():
    names = {where.rpartition(".")[0].rpartition(".")[2] for where, _ in every_field()}

    assert {"PlanForm", "TellForm", "ConcernForm", "SessionForm", "TaskForm"} <= names


def test_an_empty_answer_is_told_in_words_that_read_well():
    wrong = []
    for where, field in every_field():
        if not field.required or isinstance(field.widget, forms.HiddenInput):
            continue
        declared = field.error_messages["required"]
        words = said(field, ValidationError(declared, code="required"))
        if isinstance(declared, Promise):
            general = {after_name(field, g[:1].upper() + g[1:]) for g in GENERAL_REQUIRED}
            reads_well = words in general
        else:
            reads_well = words.split()[0] in VERBS and not words.rstrip(".").endswith("?")
        if not reads_well:
            wrong.append(f"{where}: {words}")

    assert wrong == []


def test_no_message_of_djangos_own_is_left():
    left = {
        f"{where}: {code}"
        for where, field in every_field()
        for code, message in field.error_messages.items()
        if isinstance(message, Promise) and code not in GENERAL
    }
    left |= {
        f"{where}: {validator.code}"
        for where, field in every_field()
        for validator in field.validators
        if isinstance(getattr(validator, "message", ""), Promise) and validator.code not in GENERAL
    }

    assert left == set()


class Long(forms.Form):
    words = forms.CharField(label="What changed", max_length=2000)
    figure = NumberField(label="Goal", max_digits=5, decimal_places=1, max_value=10)
    whole = WholeField(label="How many?")
    answer = forms.ChoiceField(label="Do they agree?", choices=[("yes", "Yes")])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("words", "x" * 2500, "What changed: use at most 2,000 characters; this has 2,500."),
        ("words", "", "What changed: enter an answer"),
        ("figure", "11", "Goal: enter 10 or less"),
        ("figure", "1.25", "Goal: use at most 1 figure after the point"),
        ("figure", "few", "Goal: type a number such as 10 or 2.5"),
        ("whole", "few", "How many? Type a whole number such as 10"),
        ("answer", "", "Do they agree? Choose one of these"),
        ("answer", "no", "Do they agree? Choose one of these"),
    ],
)
def test_a_mistake_is_told_in_our_words(name, value, message):
    assert Long({name: value})[name].mistakes == [message]


def test_what_is_too_long_names_its_box():
    nameless = []
    for where, field in every_field():
        name = str(getattr(field, "full_label", "") or field.label or "").removesuffix(
            " (optional)"
        )
        for limit in [v for v in field.validators if isinstance(v, MaxLengthValidator)]:
            with pytest.raises(ValidationError) as refused:
                limit("x" * (limit.limit_value + 1))
            if not said(field, refused.value.error_list[0]).startswith(name.rstrip(".:")):
                nameless.append(where)

    assert nameless == []


@pytest.mark.parametrize(
    "words", ["Keep this under 300 characters.", "Keep each line under 500 characters."]
)
def test_what_an_action_finds_too_long_names_its_box_too(words):
    form = Long({"words": "Much"})
    form.add_error("words", words)

    assert form["words"].mistakes == [f"What changed: {words[0].lower()}{words[1:]}"]


@pytest.mark.parametrize(
    "typed", ["1e1", " 1_0", "١", "+5", "nan", "1,5", "Infinity", "0x1", "1 0"]
)
def test_what_only_a_program_reads_as_a_number_is_none(typed):
    form = Long({"figure": typed, "whole": typed})

    assert form["figure"].mistakes == ["Goal: type a number such as 10 or 2.5"]
    assert form["whole"].mistakes == ["How many? Type a whole number such as 10"]


@pytest.mark.parametrize(
    ("typed", "figure"), [("7", "7"), (" 7.5 ", "7.5"), (".5", "0.5"), ("-3", "-3")]
)
def test_a_number_as_people_write_it_is_read(typed, figure):
    assert NumberField(max_digits=5, decimal_places=1).clean(typed) == Decimal(figure)


def test_every_number_of_every_screen_is_read_as_people_write_it():
    others = re.compile(r"forms\.(?:Decimal|Integer|Float)Field\([^)]")
    screens = Path(alongside.web.__file__).parent.rglob("*.py")

    assert [str(path) for path in screens if others.search(path.read_text())] == []


def test_the_summary_of_a_referral_follows_the_page(acting):
    sent = typed(main_worry="", agreed_how="")
    sent |= {"tried-0-what": ""}
    content = {name: [str(value)] for name, value in sent.items()}

    writing = Writing(content, today=acting("petra").today, shows_mistakes=True)

    hrefs = [m.href for m in writing.mistakes]
    assert hrefs == ["#id_main_worry", "#id_tried-0-what", "#id_agreed_how"]
    assert CycleForm.base_fields["what"].error_messages["required"] in writing.mistakes[1].text
