"""Admonitions and boxes with a title: the page's elements are changed to elements with a summary."""

from __future__ import annotations

from retrieval.reading.tree.element import HEADINGS, LABELLED, Element

_BOXES = frozenset(
    "admonition admonitionblock admonition-block alert callout note tip hint important warning caution danger "
    "attention error seealso info sidebar topic theme-admonition custom-block markdown-alert starlight-aside "
    "sidebarblock".split()
)
_TITLES = frozenset(
    "title admonition-title admonition_header admonition-heading sidebar-title topic-title callout-title "
    "alert-heading custom-block-title markdown-alert-title starlight-aside__title admonitionheading".split()
)
_TAGS = frozenset({"div", "aside", "section", "blockquote"})
# How deep in a box, and before all else in it, its title may lie.
_DEPTH = 5


def mark_labels(element: Element) -> None:
    """Turn every box whose title stands first in it into an element with a summary."""
    for child in element.elements:
        mark_labels(child)
    if element.tag in _TAGS and _is_named(element, _BOXES) and (title := _take_title(element, _DEPTH)):
        element.tag = LABELLED
        element.children.insert(0, Element("summary", title.children))


def _take_title(element: Element, depth: int) -> Element | None:
    first = next((each for each in element.children if _is_seen(each)), None)
    if not isinstance(first, Element) or first.tag == "summary" or depth == 0:
        return None
    if first.tag in HEADINGS or _is_named(first, _TITLES):
        element.children.remove(first)
        return first
    title = _take_title(first, depth - 1)
    if title is not None and not any(map(_is_seen, first.children)):
        element.children.remove(first)
    return title


def _is_named(element: Element, names: frozenset[str]) -> bool:
    """Whether a word of its class is among the names, if need be without what build tools hang on: title_x7Yz."""
    return any(name in names or name.split("_")[0] in names for name in map(str.lower, element.classes))


def _is_seen(child: Element | str) -> bool:
    return bool(child.strip()) if isinstance(child, str) else child.inner.size > 0
