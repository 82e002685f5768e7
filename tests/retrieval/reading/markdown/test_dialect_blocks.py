"""Blocks of Markdown's dialects become what a reader sees, below a label where they have a title."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block
from tests.support.made_blocks import END, code, heading, label, lines, markdown_blocks, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('!!! note "Mind *this*"\n    It sinks.\n\n    - a\nAfter', [
            label("Mind this"), prose("It sinks."), lines("- a"), END, prose("After"),
        ]),
        ("!!! warning\n    It sinks.\n\nAfter", [prose("It sinks."), prose("After")]),
        ('??? tip "Fold"\n\n    It sinks.', [label("Fold"), prose("It sinks."), END]),
        ('???+ tip inline end ""\n    It sinks.', [prose("It sinks.")]),
        ("!!! what a day\nText", [prose("!!! what a day Text")]),
        ('=== "Linux"\n\n    ```sh\n    a\n    ```\n\n=== "Windows"\n\n    b', [
            label("Linux"), code("a"), END, label("Windows"), prose("b"), END,
        ]),
        ('- item\n\n    !!! note "In it"\n        Text\n\n- next', [lines("- item", "  In it", "  Text", "- next")]),
        ('!!! note "A"\n    !!! tip "B"\n        deep\n    shallow', [
            label("A"), label("B"), prose("deep"), END, prose("shallow"), END,
        ]),
        ('!!! note "A"\n\t```\n\tx\nAfter', [label("A"), code("x"), END, prose("After")]),
        ("    !!! note\n        code", [code("!!! note", "    code")]),
        ("```\n!!! note\n    code\n```", [code("!!! note", "    code")]),
    ],
)  # fmt: skip
def test_mkdocs(text: str, expected: list[Block]) -> None:
    assert markdown_blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::tip[Try **it**]\nText\n:::\nAfter", [label("Try it"), prose("Text"), END, prose("After")]),
        ("::: warning\nText\n:::", [prose("Text")]),
        ("::: details Show me {open}\nText\n:::", [label("Show me"), prose("Text"), END]),
        ('::: {.callout-note title="x"}\nText\n:::', [prose("Text")]),
        ("::: code-group\n```sh [npm]\na\n```\n```sh [yarn]\nb\n```\n:::\nAfter", [
            label("npm"), code("a"), label("yarn"), code("b"), END, prose("After"),
        ]),
        ("::::note[Outer]\n:::tip[Inner]\na\n:::\nb\n::::", [
            label("Outer"), label("Inner"), prose("a"), END, prose("b"), END,
        ]),
        ("::: pump.quay.Boat\n    options:\n      members: no\n\nText", [prose("Text")]),
        ("/// tip | Title\n    open: true\n\nText\n///\nAfter", [label("Title"), prose("Text"), END, prose("After")]),
        ("/// note\nText\n///", [prose("Text")]),
        ("//// html | div.result\n/// tip\nText\n///\n////", [prose("Text")]),
        ("```{note}\n:class: wide\nText *here*\n```", [prose("Text here")]),
        ("```{note} It sinks.\nAnd *how*.\n```", [prose("It sinks. And how.")]),
        ("```{note}\n---\nclass: wide\n---\nText\n```", [prose("Text")]),
        ("```{note}\n---\nnever closed\n```", [prose("never closed")]),
        ("/quay/ferry is a path\n\n/// note\nText\n///", [prose("/quay/ferry is a path"), prose("Text")]),
        ("```{admonition} Title\nExample: text\n```", [label("Title"), prose("Example: text"), END]),
        ("```{toctree}\n:maxdepth: 1\na\nb\n```\nText", [prose("Text")]),
        ("```{code-block} python\nx = 1\n```", [code("x = 1")]),
        ("> [!WARNING]\n> It *sinks*.\n>\n> - a\n\nAfter", [prose("It sinks."), lines("- a"), prose("After")]),
        ("> [!tip]- Fold\n> Text", [label("Fold"), prose("Text"), END]),
        ("> quoted\n> text", [lines("quoted text")]),
        ("> quoted\n> text\n\n::: note\nText\n:::", [lines("quoted text"), prose("Text")]),
        ("::: note\nText\n:::\n\n> ```\n> a\nText *after*", [prose("Text"), lines("a"), prose("Text after")]),
    ],
)  # fmt: skip
def test_containers(text: str, expected: list[Block]) -> None:
    assert markdown_blocks(text) == expected


MDX = """\
import Tabs from '@theme/Tabs';
import {
  Item,
} from "./item";

export const rows = () => {
  return 1

};

<Tabs groupId={"os"} onChange={(a) => a > 1}>
  <TabItem value="a" label="Linux">

    Use *apt*.

  </TabItem>
  <TabItem
    value="b"
    label="Windows"
  >
    Use it.
  </TabItem>
</Tabs>
{/* a note
for writers */}
<Note>Mind **it**.</Note>
<Image src="a.png" />
"""


def test_mdx() -> None:
    assert markdown_blocks(MDX) == [
        label("Linux"),
        prose("Use apt."),
        END,
        label("Windows"),
        prose("Use it."),
        END,
        prose("Mind it."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<User> may ban.", [prose("<User> may ban.")]),
        ("<A b={\n\nText", [prose("<A b={"), prose("Text")]),
        ("<Step>One</Step>\n<Step title='T'>Two</Step>", [prose("One"), label("T"), prose("Two")]),
        ("import the boats first\n\nText", [prose("import the boats first"), prose("Text")]),
        ("<figure markdown>\n  ![a](a.png)\n  <figcaption>Seen</figcaption>\n</figure>", [prose("Seen")]),
        ("<div markdown='1'>\n**Bold** text\n</div>", [prose("Bold text")]),
        ("<div markdown>\n" * 14 + "**Bold** text\n" + "</div>\n" * 14, [prose("Bold text")]),
        ("<Tabs>\n::: tip\nText\n</Tabs>\nAfter", [prose("Text"), prose("After")]),
    ],
)
def test_components(text: str, expected: list[Block]) -> None:
    assert markdown_blocks(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "boats.md"', ";--8<-- a", "{! boats.md !}", "{!> ../a.py !}", "{* ../a.py hl[1:3] *}", "<<< @/a.js{2}",
        "[TOC]", "[[toc]]", "[[_TOC_]]", "{:toc}", "${toc}", "* TOC\n{:toc}", "*[HTML]: a language", "(quay)=",
        "::: toc :::", "{{#include a.rs}}", "[!INCLUDE [a](b.md)]", "{% include a.html %}", "{{< toc >}}", "![[a.png]]",
    ],
)  # fmt: skip
def test_what_only_the_builder_reads_is_left_out(line: str) -> None:
    assert markdown_blocks(f"Before\n\n{line}\n\nAfter") == [prose("Before"), prose("After")]


def test_notes_for_the_builder_are_left_out_of_code() -> None:
    text = "```js\n// highlight-next-line\na // [!code focus]\nb # (1)!\n{! a.js !}\n{{</* c */>}} d(2)!\n```"
    assert markdown_blocks(text) == [code("a", "b", "{{< c >}} d(2)!")]


def test_tabs_in_code_stay() -> None:
    assert markdown_blocks("{: .a }\n\n```\n\ta\n```\n\n\tb\n\n1. c\n\t- d") == [
        code("\ta"),
        code("b"),
        lines("1. c", "  - d"),
    ]


def test_the_anchor_of_a_heading_goes() -> None:
    for anchor in ("{#pumps}", "{ #pumps }", "{: #pumps .big }", "{#pumps .big a=b}"):
        assert markdown_blocks(f"## Pumps {anchor}\n\nText") == [heading("Pumps", 2), prose("Text")]


@pytest.mark.parametrize(
    "unit",
    ["<A>", "<A b={\n", ":::a\n", "!!! a\n    ", "> [!a]\n", "{{<", "```{note}\n", "/// a\n", "    " * 9 + "a\n"],
)
def test_markup_without_end_is_read(unit: str) -> None:
    assert isinstance(markdown_blocks(unit * 3_000 + "\n\nThe end."), list)
