"""HTML between Markdown becomes blocks, however the parser cuts it into fragments."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block
from tests.support.made_blocks import END, code, heading, label, lines, markdown_blocks, prose, table

TABLE = "<table><tr><th>Boat</th><th>Berth</th></tr><tr><td>Ada</td><td>3 &amp; <b>4</b></td></tr></table>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One\nline<br>\ntwo</p>", [prose("One line\ntwo")]),
        (TABLE, [table("Boat | Berth", "Ada | 3 & 4")]),
        ("<table>\n<tr>\n<td>\n\n**a**\n\n</td>\n<td>\n\n- b\n- c\n\n</td>\n</tr>\n<tr><td>d<td>e\n</table>\n\nAfter", [
            table("a | - b - c", "d | e"),
            prose("After"),
        ]),
        ("<table><tr><td>Only</td></tr><tr><td>places</td></tr></table>", [prose("Only"), prose("places")]),
        ("<table><tr><td>never closed\n\n# Next\n\nText", [prose("never closed"), heading("Next"), prose("Text")]),
        ("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>", [lines("- a", "  1. b", "  2. c", "- d")]),
        ("<ul>\n<li>\n\none *two*\n\n</li>\n<li>three<br>four</li>\n</ul>", [lines("- one two", "- three", "  four")]),
        ("<dl><dt>Pump<dd>Moves water</dl>", [lines("Pump", "  Moves water")]),
        ("<blockquote>It sank.</blockquote>", [lines("It sank.")]),
        ("<h2>Set <i>in</i> HTML</h2>\n<p>Text", [heading("Set in HTML", 2), prose("Text")]),
        ("<pre><code>a &lt; b\n  c</code></pre>", [code("a < b", "  c")]),
        ("<pre>a\n\nb</pre>", [code("a", "", "b")]),
        ("<ul><li><pre>a\nb</pre></li></ul>", [lines("- a", "  b")]),
        ("<ul><li>\n<pre>a\n\nb</pre>\n</li></ul>\n\n<p>c\nd</p>", [lines("- a", "  b"), prose("c d")]),
        ("<p>No</a> link", [prose("No link")]),
        ("<table><td>a<td>b<tr><td>c<td>d</table>", [table("a | b", "c | d")]),
        ("<table>\n\nloose\n\n<tr><td>a<td>b<tr>\n\nc\n\n<td>d</table>", [table("loose", "a | b", "c | d")]),
        ("<p align=center><img src='a.png' alt='x'><br>Seen</p>", [prose("Seen")]),
        ("<svg><text>no</text></svg><div>yes</div>", [prose("yes")]),
        ("<div><iframe src='x'/>yes</div>", [prose("yes")]),
        ("<details><summary>More</summary>\n\nInner *text*.\n\n</details>\n\nOuter", [
            label("More"), prose("Inner text."), END, prose("Outer"),
        ]),
        ("- <table><tr><td>a<td>b<tr><td>c<td>d</table>", [lines("- a | b", "  c | d")]),
        ("<ul><li>x<table><tr><td>a<td>b</table></ul>", [lines("- x", "  a | b")]),
        ("<li>loose", [prose("loose")]),
        ("<td>loose</tr></ul>", [prose("loose")]),
    ],
)  # fmt: skip
def test_html(text: str, expected: list[Block]) -> None:
    assert markdown_blocks(text) == expected
