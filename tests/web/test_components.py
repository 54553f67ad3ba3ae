"""The components page: every part is shown, accessible at any width, and its script keeps its word."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Engine, Template
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Page, expect

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, refuse
from alongside.core.models import Draft
from alongside.web.templatetags import alongside as tags
from alongside.web.templatetags.icons import ICONS
from tests.browser import problems, too_wide

TEMPLATES = Path(tags.__file__).parent.parent / "templates"
STATIC = Path(tags.__file__).parent.parent / "static"
GUIDE = Path(tags.__file__).parents[3] / "docs" / "components.md"
PAGE = "/components/"
MOST_BYTES = 60 * 1024
# Parts of other components, or of every page, which nobody includes alone.
NOT_ALONE = {"cell", "foot", "idle", "panel", "top_bar", "target"}


def components() -> list[str]:
    return sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))


@pytest.mark.parametrize("name", sorted(set(components()) - NOT_ALONE))
def test_every_component_says_how_it_is_used(name: str) -> None:
    first = (TEMPLATES / "components" / f"{name}.html").read_text().splitlines()[0]

    assert first.startswith("{#")
    assert re.search(rf"\b{name}\b", GUIDE.read_text())


def test_includes_are_given_only_what_they_need() -> None:
    loose = [
        f"{path.name}: {tag}"
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r"{% include [^%]*%}", path.read_text())
        if not re.search(r" only %}$", tag)
    ]

    assert loose == []


def test_every_icon_named_in_a_template_is_drawn() -> None:
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "(\w+)"', path.read_text())
    }

    assert named <= set(ICONS)


def test_every_state_has_a_word_a_shape_and_a_colour() -> None:
    assert set(tags.STATE_WORDS) <= set(ICONS)
    assert set(tags.TONES) <= set(tags.STATE_WORDS)


def test_styles_and_script_stay_small() -> None:
    sizes = [len(gzip.compress((STATIC / f"app.{kind}").read_bytes())) for kind in ("css", "js")]

    assert sum(sizes) <= MOST_BYTES


def test_built_files_name_nothing_that_is_missing() -> None:
    css = (STATIC / "app.css").read_text()

    for address in re.findall(r'url\("?([^")]+)"?\)', css):
        assert (STATIC / address).is_file(), address


def test_nothing_of_gov_uk_itself_is_taken() -> None:
    built = (STATIC / "app.css").read_text() + (STATIC / "app.js").read_text()

    assert not re.search("GDS Transport|crown|crest", built, re.IGNORECASE)


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((GUIDE.parents[1] / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def shown(template: str, **context: object) -> str:
    return " ".join(render_to_string(f"components/{template}.html", context).split())


def test_an_action_that_is_allowed_is_a_button() -> None:
    html = shown("action", label="Close", url="/close/", decision=ALLOWED)

    assert '<a class="al-btn" href="/close/">Close</a>' in html


def test_an_action_that_is_refused_is_its_reason_and_no_button() -> None:
    decision = refuse("The plan is not agreed yet.")
    html = shown("action", label="Close", url="/close/", decision=decision)

    assert "not now. The plan is not agreed yet." in html
    assert "<button" not in html
    assert "href" not in html


def test_an_action_refused_without_a_reason_is_not_mentioned() -> None:
    assert "Close" not in shown("action", label="Close", url="/x/", decision=refuse(""))


def test_what_people_write_is_escaped() -> None:
    sharp = "<script>alert(1)</script>"
    row = {"state": "soon", "what": sharp, "why": sharp, "left": sharp}

    due = Template("{% due_rows rows %}", engine=Engine.get_default())
    assert "<script>" not in due.render(Context({"rows": [row | {"url": f"/{sharp}/"}]}))
    assert "<script>" not in shown("notification", text=sharp)


def test_a_panel_escapes_its_title_and_keeps_its_content() -> None:
    source = '{% panel title url="/all/" link="All" %}<p>Inside</p>{% endpanel %}'
    html = Template(source, engine=Engine.get_default()).render(Context({"title": "A & B"}))

    assert "A &amp; B</h2>" in html
    assert "<p>Inside</p>" in html
    assert "All<span" in html


def test_the_frame_of_a_stranger_holds_no_places() -> None:
    html = shown("top_bar", frame={"actor_name": "", "is_demonstration": True})

    assert "Every person, school and council here is invented" in html
    assert "<nav" not in html
    assert "Raise a concern" not in html


@pytest.fixture
def client_of_asha(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("asha")


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 900, 390, 320])
def test_the_page_of_every_component_is_accessible_at_any_width(
    client_of_asha: Client,
    browse: Callable[..., Page],
    width: int,
) -> None:
    page = browse(client_of_asha, width=width)
    page.goto(PAGE)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert problems(page) == []
    assert too_wide(page) <= 0


@pytest.mark.journey
def test_slash_goes_to_search_but_not_while_typing(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha)
    page.goto(PAGE)
    good = page.get_by_label("What is going well (optional)")

    good.fill("")
    good.press("/")
    expect(good).to_have_value("/")
    page.locator("h1").click()
    page.keyboard.press("/")

    expect(page.locator("#find")).to_be_focused()


@pytest.mark.journey
def test_a_type_ahead_is_worked_by_keys_alone(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha)
    page.goto(PAGE)
    box = page.get_by_role("combobox", name="School", exact=True)

    box.fill("")
    box.press_sequentially("marl")
    option = page.get_by_role("option", name="Marlpit Academy")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert problems(page) == []
    box.press("Enter")

    expect(box).to_have_value("Marlpit Academy")
    expect(page.locator(".al-ta input[type=hidden]")).to_have_value("1")
    box.press("Backspace")
    expect(page.locator(".al-ta input[type=hidden]")).to_have_value("")
    box.press("Escape")
    expect(page.locator(".al-ta [role=listbox]")).to_be_hidden()


@pytest.mark.journey
def test_a_choice_opens_its_own_question(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha)
    page.goto(PAGE)
    more = page.get_by_label("What is it (optional)")

    expect(more).to_be_hidden()
    page.get_by_label("Something else").check()
    expect(more).to_be_visible()
    page.get_by_label("Not coming in").check()

    expect(more).to_be_hidden()


@pytest.mark.journey
def test_without_script_every_question_is_open(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha, script=False)
    page.goto(PAGE)

    expect(page.get_by_label("What is it (optional)")).to_be_visible()
    expect(page.get_by_role("radio", name="Chalkhill High School")).to_be_visible()


@pytest.mark.journey
def test_what_is_typed_becomes_a_draft_and_says_so(
    client_of_asha: Client,
    browse: Callable[..., Page],
    acting: Callable[[str], Actor],
) -> None:
    page = browse(client_of_asha)
    page.goto(PAGE)
    with page.expect_response("**/drafts/"):
        page.get_by_label("What is going well (optional)").fill("He laughed at break.")

    state = page.locator("[data-draft-state]").first
    expect(state).to_contain_text(re.compile(r"Draft saved \d{1,2}(:\d\d)?[ap]m"))

    acting("asha")
    assert Draft.objects.get().content["good"] == ["He laughed at break."]


@pytest.mark.journey
def test_a_draft_that_cannot_be_saved_says_what_is_safe(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha)
    page.route("**/drafts/", lambda route: route.abort())
    page.goto(PAGE)
    page.get_by_label("What is going well (optional)").fill("He laughed at break.")

    state = page.locator("[data-draft-state]").first
    expect(state).to_contain_text("Not saved yet. Keep this page open: your words are on it.")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.journey
def test_a_form_pressed_twice_is_sent_once(
    client_of_asha: Client,
    browse: Callable[..., Page],
) -> None:
    page = browse(client_of_asha)
    page.goto(PAGE)
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)

    with page.expect_navigation():
        page.evaluate(
            """() => { const b = [...document.querySelectorAll('button')]
                 .find(each => each.textContent === 'Check and send'); b.click(); b.click(); }"""
        )
    page.wait_for_load_state()

    assert len([url for url in sent if url.endswith(PAGE)]) == 1
