"""Lists as lines, whatever lies in their items."""

from __future__ import annotations

from retrieval.reading.tree.element import Element
from retrieval.reading.tree.lines import definitions_in, list_lines


def test_items_with_code_tables_and_definitions() -> None:
    items = Element(
        "ul",
        [
            Element("li", [Element("p", ["Run:"]), Element("pre", ["dig\n  deep\n"])]),
            Element("li", [Element("table", [Element("tr", [Element("td", ["ant"]), Element("td", ["six"])])])]),
            Element("li", [Element("dl", [Element("dt", ["bee"]), Element("dd", ["hums"])])]),
            Element("li"),
        ],
    )
    assert [line.text for line in list_lines(items)] == [
        "- Run:",
        "  dig",
        "    deep",
        "- ant | six",
        "- bee",
        "    hums",
    ]


def test_what_is_in_no_item_and_what_is_empty() -> None:
    empty = [Element("li", [Element("dl")]), Element("li", [Element("pre", [" \n"])])]
    inner = Element("ul", [Element("li", ["red"])])
    items = Element("ul", [*empty, inner, "Insects", Element("li", ["ants"]), inner])
    assert [line.text for line in list_lines(items)] == ["- red", "Insects", "- ants", "  - red"]


def test_very_deep_lists_are_not_mostly_blanks() -> None:
    deep = Element("ul", [Element("li", ["Ants"])])
    for _ in range(40):
        deep = Element("ul", [Element("li", ["a", deep])])
    assert max(len(line.text) for line in list_lines(deep)) < 30


def test_entries_of_definition_lists() -> None:
    entries = Element(
        "dl",
        [
            Element("dd", ["An orphan"]),
            Element("div", [Element("dt", ["a"]), Element("dt", ["b"]), Element("dd", ["c"]), Element("dd", ["d"])]),
            Element("dt", ["e"]),
        ],
    )
    found = [
        ([term.text() for term in terms], [each.text() for each in means]) for terms, means in definitions_in(entries)
    ]
    assert found == [([], ["An orphan"]), (["a", "b"], ["c", "d"]), (["e"], [])]
