"""Reads a page as a browser would and says what is wrong with it, in words."""

from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
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
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings += 1
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

    def _look_for_inline(self, tag: str, given: dict[str, str]) -> None:
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.forbidden.append(f"an inline <{tag}>")
        self.forbidden += [
            f"{name}=… on <{tag}>" for name in given if name == "style" or name.startswith("on")
        ]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data

    def problems(self, *, is_whole: bool = True) -> list[str]:
        found = [f"has {what}" for what in self.forbidden]
        found += [f"id {i} twice" for i in sorted({i for i in self.ids if self.ids.count(i) > 1})]
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
