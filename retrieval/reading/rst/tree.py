"""docutils' tree → a tree of elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from retrieval.reading.rst.roles import SECTION_LINK
from retrieval.reading.tree.element import DEEPEST, LABELLED, Element

_NODES = {
    "blockquote": "block_quote", "dd": "definition description field_body", "div": "definition_list_item field legend "
    "option_list_item document compound container", "dl": "definition_list field_list option_list",
    "dt": "term field_name option_group", "figure": "figure", "hr": "transition", "li": "list_item",
    "ol": "enumerated_list", "p": "attribution caption footnote citation line_block paragraph rubric",
    "pre": "doctest_block literal_block math_block", "section": "section", "sub": "subscript", "sup": "superscript",
    "table": "table", "tbody": "tbody", "td": "entry", "thead": "thead", "tr": "row", "ul": "bullet_list",
}  # fmt: skip
_TAGS = {name: tag for tag, names in _NODES.items() for name in names.split()}
# The names of admonitions that docutils makes itself come from its own language files, in English.
_UNSEEN = frozenset(
    "comment substitution_definition system_message pending raw meta decoration footnote_reference generated "
    "docinfo classifier".split()  # a classifier stands with its term
)
_LABELLED = frozenset({"admonition", "topic", "sidebar"})
_NOTES = frozenset({"footnote", "citation"})


def tree_of(document: nodes.document) -> Element:
    """The document as a tree."""
    titles = {
        name: title.astext()
        for section in document.findall(nodes.section)
        if (title := section.next_node(nodes.title))
        for name in section["names"]
    }
    return Element("body", _Converter(titles).children(document, 1, 0))


class _Converter:
    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        """The titles of the sections by their labels."""

    def children(self, node: nodes.Node, depth: int, level: int) -> list[Element | str]:
        return [each for child in node.children for each in self._node(child, depth, level)]

    def _node(self, node: nodes.Node, depth: int, level: int) -> Iterator[Element | str]:
        """A node, `depth` levels deep, in `level` sections."""
        if isinstance(node, nodes.Text):
            text = node.astext()
            # Dashes are written so where Sphinx makes the pages.
            is_code = isinstance(node.parent, nodes.literal | nodes.FixedTextElement)
            yield text if is_code else text.replace(" --- ", " — ").replace(" -- ", " – ")
            return
        assert isinstance(node, nodes.Element)
        name = node.tagname
        if name in _UNSEEN:
            return
        children = self._of(name, node, depth, level)
        if depth >= DEEPEST or name == "tgroup":
            yield from children
        elif name == "title":
            in_section = isinstance(node.parent, nodes.section | nodes.document)
            heading = (
                f"h{min(6, max(1, level))}"
                if in_section
                else "p"
                if isinstance(node.parent, nodes.table)
                else "summary"
            )
            yield Element(heading, children)
        elif name in _LABELLED:
            yield Element(LABELLED, children)
        elif name == "reference" and node.get("refuri"):
            yield Element("a", children, {"href": node["refuri"]})
        elif name == "image":
            yield Element("img", (), {"alt": node.get("alt", "")})
        elif name == "inline" and SECTION_LINK in node["classes"]:
            label = node.astext()
            yield self._titles.get(nodes.fully_normalize_name(label.lstrip("/")), label)
        else:
            attributes = {"start": str(node["start"])} if name == "enumerated_list" and node.get("start") else {}
            yield Element(self._tag(name, node), children, attributes)

    def _of(self, name: str, node: nodes.Element, depth: int, level: int) -> list[Element | str]:
        children = self.children(node, depth + 1, level + (name == "section"))
        if name in _NOTES and children and isinstance(children[0], Element):
            # The number of a note stands before its text.
            label = children[0].text()
            return [f"[{label}] ", *(each for child in children[1:] for each in _unwrapped(child))]
        if name == "line":
            return [*children, Element("br")]
        if name == "field_name":
            return [*children, ":"]
        if name == "citation_reference":
            return ["[", *children, "]"]
        if name == "term":
            kinds = (each for each in node.parent.children if isinstance(each, nodes.classifier))
            return [*children, *(part for kind in kinds for part in (" : ", *self.children(kind, depth + 1, level)))]
        if name == "option" and node.parent.index(node) > 0:
            return [", ", *children]
        if name == "option_argument":
            return [node.get("delimiter", " "), *children]
        return children

    def _tag(self, name: str, node: nodes.Element) -> str:
        if name == "entry" and isinstance(node.parent.parent, nodes.thead):
            return "th"
        if name == "line_block" and isinstance(node.parent, nodes.line_block):
            return "span"
        return _TAGS.get(name, "span")


def _unwrapped(child: Element | str) -> list[Element | str]:
    return child.children if isinstance(child, Element) and child.tag == "p" else [child]
