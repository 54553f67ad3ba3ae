"""Forms: the markup GOV.UK Frontend expects, and mistakes told in words that help."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from alongside.web import forms as fields
from alongside.web.components_page.sample_forms import Everything, mistaken
from tests.web.markup import find, tree, words

MARKUP = Path(__file__).parent.parent / "data" / "markup"


def fixtures() -> list[Any]:
    """Each stored fixture, named by component and case."""
    found = []
    for path in sorted(MARKUP.glob("*.json")):
        stored = json.loads(path.read_text())
        if stored["component"] != "error-summary":
            for case in stored["fixtures"]:
                found.append(
                    pytest.param(stored["component"], case, id=f"{path.stem}: {case['name']}")
                )
    return found


def choices(options: dict[str, Any]) -> dict[str, Any]:
    """Choices, hints and revealed fields of a fixture with items."""
    items = options["items"]
    return {
        "choices": [(str(item["value"]), item["text"]) for item in items],
        "hints": {str(i["value"]): i["hint"]["text"] for i in items if "hint" in i},
        "reveal": {str(i["value"]): f"more{n}" for n, i in enumerate(items) if "conditional" in i},
    }


def field_for(component: str, options: dict[str, Any]) -> forms.Field:
    """Our field that should make this component."""
    label = options.get("label") or options["fieldset"]["legend"]
    said = {"label": label["text"], "help_text": options.get("hint", {}).get("text", "")}
    classes = options.get("classes", "")
    if component in ("radios", "checkboxes"):
        kind, field = {
            "radios": (fields.Radios, forms.ChoiceField),
            "checkboxes": (fields.Checkboxes, forms.MultipleChoiceField),
        }[component]
        layout = choices(options)
        drawn = layout.pop("choices")
        if "inline" in classes:
            layout["inline"] = True
        widget = kind(small="small" in classes, **layout)
        return field(choices=drawn, widget=widget, **said)
    if component == "select":
        items = [(str(item["value"]), item["text"]) for item in options["items"]]
        return forms.ChoiceField(choices=items, **said)
    if component == "date-input":
        return fields.DateField(**said)
    if component == "file-upload":
        return forms.FileField(**said)
    if component in ("textarea", "character-count"):
        count = options.get("maxlength")
        rows = options.get("rows", 5)
        return forms.CharField(widget=fields.Textarea(rows=rows, count=count), **said)
    width = int(classes.rpartition("-")[2]) if "width" in classes else None
    prefix, suffix = (options.get(part, {}).get("text", "") for part in ("prefix", "suffix"))
    return forms.CharField(widget=fields.Text(width=width, prefix=prefix, suffix=suffix), **said)


def name_of(options: dict[str, Any]) -> str:
    return options.get("idPrefix") or options.get("id") or options["name"]


def rendered(component: str, options: dict[str, Any]) -> str:
    """Our markup for a fixture's options."""
    name = name_of(options)
    declared: dict[str, forms.Field] = {name: field_for(component, options)}
    for revealed in getattr(declared[name].widget, "reveal", {}).values():
        declared[revealed] = forms.CharField(required=False)
    kind = type("Form", (forms.Form,), declared)
    mistake = options.get("errorMessage", {}).get("text")
    form = kind({} if mistake else None, auto_id="%s")
    if mistake:
        form.full_clean()
        code = "month" if options.get("month", {}).get("error") else "invalid"
        form._errors = forms.utils.ErrorDict()  # Only the fixture's own mistake.
        form.cleaned_data = {}
        form.add_error(name, forms.ValidationError(mistake, code=code))
    return form[name].as_field_group()


def plain(nodes: list[object], component: str) -> list[object]:
    """What may differ set aside: names, value, and what we chose to do otherwise."""
    kept: list[object] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
            continue
        tag, attrs, children = node  # type: ignore[misc]
        attrs = {k: v for k, v in attrs.items() if k not in ("name", "value")}
        if component == "date-input" and tag == "input" and attrs.get("id", "").endswith("-month"):
            # A month may be typed as a word, so its box is wider and brings the whole keyboard.
            attrs.pop("inputmode", None)
            attrs["class"] = [c for c in attrs["class"] if "width" not in c]
        if "conditional" in str(attrs.get("id", "")):
            children = []
        kept.append((tag, attrs, plain(children, component)))
    return kept


@pytest.mark.parametrize(("component", "case"), fixtures())
def test_markup_is_what_govuk_frontend_expects(component: str, case: dict[str, Any]) -> None:
    ours = tree(rendered(component, case["options"]))
    theirs = tree(case["html"])

    assert plain(ours, component) == plain(theirs, component)


def test_error_summary_has_the_expected_frame() -> None:
    expected = tree(json.loads((MARKUP / "error-summary.json").read_text())["fixtures"][0]["html"])
    ours = tree(str(mistaken()))

    frame = find(ours, "div", data_module="govuk-error-summary")[0]
    links = find([frame], "a")
    assert frame[1] == find(expected, "div", data_module="govuk-error-summary")[0][1]
    assert find([frame], "ul")[0][1] == find(expected, "ul")[0][1]
    assert "It is not saved yet." in words(frame)
    assert links
    assert all(is_led_to(ours, str(link[1]["href"])) for link in links)


def is_led_to(nodes: list[object], href: str) -> bool:
    """Whether something that can be typed into carries the id a link leads to."""
    return any(find(nodes, tag, id=href[1:]) for tag in ("input", "textarea", "select"))


class Meeting(forms.Form):
    met_on = fields.DateField(label="When you met", earliest=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("27", "11", "2026"), date(2026, 11, 27)),
        (("27", "nov", "2026"), date(2026, 11, 27)),
        (("1st", "September", "2026"), date(2026, 9, 1)),
        (("1", "Sept.", "2026"), date(2026, 9, 1)),
        (("09", "06", "2026"), date(2026, 6, 9)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: tuple[str, ...], expected: date) -> None:
    form = Meeting({f"met_on_{n}": part for n, part in enumerate(typed)})

    assert form.is_valid()
    assert form.cleaned_data["met_on"] == expected


def test_a_date_may_be_sent_whole() -> None:
    form = Meeting({"met_on": "2026-11-27"})

    assert form.is_valid()
    assert form.cleaned_data["met_on"] == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "mistake", "box"),
    [
        (("", "", ""), "When you met: enter a day", "day"),
        (("27", "3", ""), "When you met must include a year", "year"),
        (("", "", "2026"), "When you met must include a day and a month", "day"),
        (("27", "ma", "2026"), "the month must be 1 to 12, or a name like March", "month"),
        (("27", "13", "2026"), "the month must be 1 to 12, or a name like March", "month"),
        (("27", "3", "26"), "the year must be 4 numbers, like 2026", "year"),
        (("0", "3", "2026"), "the day must be 1 to 31", "day"),
        (("x", "3", "2026"), "the day must be 1 to 31", "day"),
        (("31", "feb", "2026"), "there is no 31 February 2026", "day"),
        (("31", "12", "2025"), "When you met must be 1 January 2026 or later", "day"),
    ],
)
def test_a_mistaken_date_names_the_part(typed: tuple[str, ...], mistake: str, box: str) -> None:
    form = Meeting({f"met_on_{n}": part for n, part in enumerate(typed)})

    html = str(form)

    assert mistake in html.replace("&#x27;", "'")
    assert f'href="#id_met_on-{box}"' in html


def test_a_date_not_changed_is_not_a_change() -> None:
    form = Meeting(
        {"met_on_0": "27", "met_on_1": "Nov", "met_on_2": "2026"},
        initial={"met_on": date(2026, 11, 27)},
    )

    assert not form.has_changed()


def test_what_was_typed_in_a_wrong_date_comes_back() -> None:
    form = Meeting({"met_on_0": "31", "met_on_1": "feb", "met_on_2": "2026"})

    assert [box.value for box in form["met_on"].boxes] == ["31", "feb", "2026"]


def test_money_is_read_with_its_sign_and_commas() -> None:
    class Taxi(forms.Form):
        cost = fields.MoneyField(label="Cost")

    form = Taxi({"cost": "£1,250.50"})

    assert form.is_valid()
    assert form.cleaned_data["cost"] == Decimal("1250.50")


SCHOOLS = {"1": "Chalkhill High School", "2": "Chalkhill Infants", "3": "Marlpit Academy"}


class Place(forms.Form):
    school = fields.TypeAheadField(
        label="School",
        url="/schools/",
        search=lambda q: [(n, s) for n, s in SCHOOLS.items() if q.lower() in s.lower()],
        find=SCHOOLS.get,
    )


def test_a_type_ahead_takes_what_was_chosen() -> None:
    form = Place({"school": "2", "school-words": "Chalkhill Infants"})

    assert form.is_valid()
    assert form.cleaned_data["school"] == "Chalkhill Infants"


def test_a_type_ahead_without_script_takes_the_only_match() -> None:
    form = Place({"school": "", "school-words": "marl"})

    assert form.is_valid()
    assert form.cleaned_data["school"] == "Marlpit Academy"


def test_a_type_ahead_without_script_asks_to_choose_between_matches() -> None:
    form = Place({"school": "", "school-words": "chalk"})

    html = str(form)

    assert "2 match “chalk”. Choose one" in html
    assert [i[1]["value"] for i in find(tree(html), "input", type="radio")] == ["1", "2", ""]
    assert 'value="chalk"' in html


def test_the_matches_of_one_form_do_not_reach_the_next() -> None:
    str(Place({"school": "", "school-words": "chalk"}))

    assert not find(tree(str(Place())), "input", type="radio")


@pytest.mark.parametrize(
    ("data", "mistake"),
    [
        ({}, "School: choose one of these"),
        ({"school-words": "zzz"}, "Nothing matches “zzz”. Try part of the name"),
        ({"school": "99"}, "School: choose one from the list"),
    ],
)
def test_a_type_ahead_says_what_to_do(data: dict[str, str], mistake: str) -> None:
    assert mistake in str(Place(data))


def test_a_face_is_kept_as_its_number() -> None:
    class Feeling(forms.Form):
        face = fields.FaceField(label="How was that")

    form = Feeling({"face": "4"})

    assert form.is_valid()
    assert form.cleaned_data["face"] == 4
    assert "Very hard" in str(form)


def test_several_files_come_as_a_list() -> None:
    class Papers(forms.Form):
        papers = fields.FilesField(label="Papers")

    sent = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    form = Papers({}, MultiValueDict({"papers": sent}))

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["papers"]] == ["a.txt", "b.txt"]
    assert "Papers: choose a file" in str(Papers({}))


def test_sections_hold_their_fields_and_the_rest_comes_last() -> None:
    class Long(forms.Form):
        sections = (fields.Section("First", ("b",)),)
        a = forms.CharField(label="Letter a")
        b = forms.CharField(label="Letter b")

    nodes = tree(str(Long()))

    sheets = find(nodes, "div", id="first")
    assert "Letter b" in words(sheets[0])
    assert "Letter a" not in words(sheets[0])
    assert "Letter a" in words(("root", {}, nodes))


def test_a_revealed_field_stands_once_inside_its_choice() -> None:
    html = str(Everything())

    assert html.count('name="worry_words"') == 1
    assert 'data-aria-controls="conditional-id_worry-6"' in html


def test_a_field_that_may_be_left_empty_says_so() -> None:
    html = str(Everything())

    assert "What is going well (optional)" in html
    assert "Main worry (optional)" not in html


def test_no_browser_cuts_what_is_pasted() -> None:
    class Short(forms.Form):
        line = forms.CharField(label="Line", max_length=5)
        words = forms.CharField(label="Words", max_length=5, widget=fields.Textarea)

    assert " maxlength=" not in str(Short())
    assert 'data-maxlength="5"' in str(Short())


def test_labels_and_mistakes_are_escaped() -> None:
    class Sharp(forms.Form):
        name = forms.CharField(label="<b>Name</b>")

    form = Sharp({})
    form.add_error("name", "<script>alert(1)</script>")

    html = str(form)

    assert "<script>" not in html
    assert "<b>" not in html


def test_a_filled_form_can_be_sent() -> None:
    form = Everything(
        {
            "worry": "OTHER",
            "worry_words": "Sleep",
            "days": "6",
            "what": "He left.",
            "helping": ["EARLY"],
            "school": "1",
            "met_on_0": "20",
            "met_on_1": "11",
            "met_on_2": "2026",
            "agreed": "on",
        }
    )

    assert form.is_valid(), form.errors
