"""Marks in the text of Markdown's dialects: what is markup goes, what a reader sees stays."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block
from tests.support.made_blocks import END, code, heading, label, lines, markdown_blocks, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{< b c >}} d {{% e %}} f", "a d f"),
        ("{{< note >}}Mind {{< /note >}}it", "Mind it"),
        ('See [b]({{< ref "b.md" >}}) and [c]({% link c.md %})', "See b and c"),
        ('{{< figure src="a.png" caption="The quay" >}}', "The quay"),
        ("{{</* shown */>}}", "{{< shown >}}"),
        ("a {% if b %}c{% endif %} d {{ page.title }} e", "a c d e"),
        ("a {{< /b >}} c", "a c"),
        ("a {% never closed", "a {% never closed"),
        ("a {{ never closed", "a {{ never closed"),
        ('Go to {{ "/quay" | relative_url }} now', "Go to /quay now"),
        ("Say {{user}} or {user}", "Say {{user}} or {user}"),
        ("a {% comment %}b{% endcomment %} c {# d #} e", "a c e"),
        ("`{{ a }}` and ``{% b ` %}`` {{ c }}", "{{ a }} and {% b ` %}"),
        (r"\{{ a \`{{ b }}", "{{ a `"),
        ("[Go](x){ .md-button } ![q](a.png){ width=50% } `b`{.py}", "Go q b"),
        ("text {: .a #b c='d' }", "text"),
        ("{a} {1, 2} {a=b} x{y}", "{a} {1, 2} {a=b} x{y}"),
        ("{::comment}no{:/} yes", "no yes"),
        (":smile: :+1: :material-check: :no_such_thing: 10:30:20 a::b", "😄 👍 :no_such_thing: 10:30:20 a::b"),
        ("[:octicons-file-24:](x){ .y } text", "text"),
        ("==marked *x*== a==b c == d", "marked x a==b c == d"),
        ("++ctrl+alt+del++ C++ and C++", "ctrl+alt+del C++ and C++"),
        ("H~2~O 10^6^ x^y ^_^ ~5 ~6", "H₂O 10⁶ x^y ^_^ ~5 ~6"),
        ("[[Quay|the quay]] [[Pump room]] a[[1]] [[2]](x)", "the quay Pump room a[[1]] [2]"),
        ("Mind it. (1)! Then go (2).", "Mind it. Then go (2)."),
        ("{ref}`the quay <quay>` {py:func}`pump`", "the quay pump"),
        ("a{' '}b{/* c */}", "a b"),
        ("costs $5 or $a*b*c$", "costs $5 or $abc$"),
        ("@[toc](x) a@[b]", "a@[b]"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert markdown_blocks(text) == [prose(expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< tab "Linux" >}}\na\n{{< /tab >}}\nb', [label("Linux"), prose("a"), END, prose("b")]),
        ('{% tab title="Linux" %}\na\n{% endtab %}\nb', [label("Linux"), prose("a"), END, prose("b")]),
        ('{{< details summary="More" >}}a{{< /details >}}', [label("More"), prose("a"), END]),
        ('{% hint style="info" %}\na\n{% endhint %}\nb', [prose("a"), prose("b")]),
        ("- a {% b %}\n- {{< c >}}d", [lines("- a", "- d")]),
        ("```\n{{ a }} {% b %} :smile:\n```", [code("{{ a }} {% b %} :smile:")]),
        ("# Ferry {data-toc=no}\n\nText {data-toc=no}", [heading("Ferry"), prose("Text {data-toc=no}")]),
        ("    {{ a }}\n\n{{ b }}", [code("{{ a }}")]),
    ],
)
def test_templates(text: str, expected: list[Block]) -> None:
    assert markdown_blocks(text) == expected
