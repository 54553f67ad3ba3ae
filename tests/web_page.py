"""Reads a page as a browser would and says what is wrong with it, in words."""

from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
# Elements that are landmarks when they have a name.
LANDMARKS = {"section": "region", "nav": "navigation", "aside": "complementary", "form": "form"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """What one page holds, as far as the promises of every screen go."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings = 0
        self.lang = ""
        self.title = ""
        self.forbidden: list[str] = []
        self.links: list[str] = []  # To addresses of ours, without the place on the page.
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.landmarks: list[tuple[str, str, str]] = []  # Role, its name, or the id that names it.
        self.words: dict[str, str] = {}  # The text inside each element with an id.
        self._open: list[str] = []
        self._inside: list[str] = []  # The id of each open element, if it has one.
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._open.append(tag)
        self._inside.append(given.get("id", ""))
        self._note_landmark(tag, given)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings += 1
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag in CONTROLS and given.get("type") not in UNLABELLED:
            self.controls.append(given | {"in_label": "yes" if "label" in self._open else ""})
        self._look_for_inline(tag, given)
        if tag in CONTROLS | {"img", "br", "meta", "link", "hr", "source", "wbr"} - {
            "select",
            "textarea",
        }:
            self._open.pop()
            self._inside.pop()

    def _note_landmark(self, tag: str, given: dict[str, str]) -> None:
        role = given.get("role") or LANDMARKS.get(tag, "")
        label, labelled_by = given.get("aria-label", ""), given.get("aria-labelledby", "")
        if role in LANDMARKS.values() and (label or labelled_by):
            self.landmarks.append((role, label, labelled_by))

    def _look_for_inline(self, tag: str, given: dict[str, str]) -> None:
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.forbidden.append(f"an inline <{tag}>")
        self.forbidden += [
            f"{name}=… on <{tag}>" for name in given if name == "style" or name.startswith("on")
        ]

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            self._inside.pop()
            if self._open.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        for inside in filter(None, self._inside):
            self.words[inside] = self.words.get(inside, "") + data
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data

    def problems(self, *, is_whole: bool = True) -> list[str]:
        found = [f"has {what}" for what in self.forbidden]
        found += [f"id {i} twice" for i in sorted({i for i in self.ids if self.ids.count(i) > 1})]
        named = [
            (role, label or self.words.get(by, "").strip()) for role, label, by in self.landmarks
        ]
        found += [
            f"two landmarks are {n}" for n in sorted({n for n in named if named.count(n) > 1})
        ]
        found += [f"no label for {c}" for c in self.controls if not self._is_labelled(c)]
        if is_whole:
            if self.headings != 1:
                found.append(f"{self.headings} <h1>")
            if not self.title.endswith("– Alongside"):
                found.append(f"the title is {self.title!r}")
            if self.lang != "en-GB":
                found.append(f"the language is {self.lang!r}")
        return found

    def _is_labelled(self, control: dict[str, str]) -> bool:
        return bool(
            control.get("id") in self.labelled
            or control.get("aria-label")
            or control.get("aria-labelledby")
            or control["in_label"]
        )
