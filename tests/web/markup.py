"""HTML as a tree that two renderings can be compared by: order of attributes and white space set aside."""

from html.parser import HTMLParser

VOID = {"input", "br", "hr", "img", "meta", "link"}
type Node = tuple[str, dict[str, object], list[object]]


class Tree(HTMLParser):
    """Builds (tag, attributes, children); words are single-spaced strings."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node = ("root", {}, [])
        self.open: list[Node] = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Node = (tag, {name: self.value(name, value) for name, value in attrs}, [])
        self.open[-1][2].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.open[-1][2].append(words)

    @staticmethod
    def value(name: str, value: str | None) -> object:
        return sorted((value or "").split()) if name in ("class", "aria-describedby") else value


def tree(html: str) -> list[object]:
    parser = Tree()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1
    return parser.root[2]


def find(nodes: list[object], tag: str, **attrs: str) -> list[Node]:
    """Every element of this tag whose attributes hold these values."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, tuple):
            if node[0] == tag and all(
                node[1].get(name.replace("_", "-")) == value for name, value in attrs.items()
            ):
                found.append(node)
            found += find(node[2], tag, **attrs)
    return found


def words(node: Node) -> str:
    """All the words inside."""
    return " ".join(
        child if isinstance(child, str) else words(child)  # type: ignore[arg-type]
        for child in node[2]
    )
