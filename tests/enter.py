"""What Enter presses in each form of a page: a browser takes its first button that submits."""

import re
from html.parser import HTMLParser

NOTHING = "components/enter_does_nothing.html"


class Forms(HTMLParser):
    """The buttons of each form, in the order of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.buttons: dict[str, list[dict[str, str]]] = {}
        self._form = ""
        self._count = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._count += 1
            self._form = given.get("id") or f"form {self._count}"
        form = given.get("form") or self._form
        if tag == "button" and given.get("type", "submit") == "submit" and form:
            self.buttons.setdefault(form, []).append(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""

    def chosen_by_enter(self) -> list[str]:
        """First buttons that are one choice among several: neither inert nor the form's own "Save"."""
        several = [buttons for buttons in self.buttons.values() if len(buttons) > 1]
        return [f"{b['name']}={b.get('value', '')}" for b, *_ in several if _is_choice(b)]


def _is_choice(button: dict[str, str]) -> bool:
    return "name" in button and "disabled" not in button and "hidden" not in button


def first_is_choice(template: str) -> bool:
    """The same of a template, whatever state it is shown in."""
    first = re.search(rf'<button[^>]*>|{{% include "{NOTHING}"', template)
    return bool(first and " name=" in first[0])
