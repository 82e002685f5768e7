"""Links that Discord would refuse, or that would take a reader anywhere but to a web page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.payload_limits import COMPONENTS_V2, message_violations
from tests.support.payload_links import text_link_violations

HOST = "https://example.org/"


def link_of_length(length: int) -> str:
    return HOST.ljust(length, "x")


LINKED = [
    ("[t](https://example.org/a)", []),
    ("[t](https://example.org/a_(b))", []),
    ("[t](<https://example.org/a b>)", ["'https://example.org/a b': not a well-formed URL"]),
    ("[t](javascript:alert(1))", ["'javascript:alert(1)': neither http nor https"]),
    ("[t](<javascript:alert(1)>)", ["'javascript:alert(1)': neither http nor https"]),
    ("[t](see note)", ["'see note': neither http nor https"]),
    ("[t](https:///a)", ["'https:///a': not a well-formed URL"]),
    (f"[t]({link_of_length(2048)})", []),
    (f"[t]({link_of_length(2049)})", [f"{link_of_length(80)!r}: 2049 characters, at most 2048"]),
    (r"\[t](javascript:x)", []),
    (r"\\[t](javascript:x)", ["'javascript:x': neither http nor https"]),
    (r"[t\](javascript:x)", ["'javascript:x': neither http nor https"]),
    (r"[t]\(javascript:x)", []),
    (r"\[a][b](javascript:x)", ["'javascript:x': neither http nor https"]),
    ("[a](https://example.org) [b](data:,x)", ["'data:,x': neither http nor https"]),
    ("[t]( <https://example.org/a> ) [t]( https://example.org/a )", []),
    ("[a] b](x:y)", ["'x:y': neither http nor https"]),
    ("array[0]()", []),
    ("<https://example.org/a>", []),
    ("<ftp://example.org/a>", ["'ftp://example.org/a': neither http nor https"]),
    (r"\<ftp://example.org/a>", []),
    ("<:smile:7> <a:wave:7> <t:7:R> </ask:7> <#7>", []),
    ("(see https://example.org/a), **https://example.org**", []),
    ("see https://example.org/%zz", ["'https://example.org/%zz': not a well-formed URL"]),
    ("see HTTPS://example.org/%zz", ["'HTTPS://example.org/%zz': not a well-formed URL"]),
    ("see https://example.org/größe, and https://", []),
    ("half a character: https://example.org/\ud800", []),
]


@pytest.mark.parametrize(("text", "said"), LINKED)
def test_links_in_text(text: str, said: list[str]) -> None:
    assert list(text_link_violations("content", text)) == [f"content: link {link}" for link in said]


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({"content": "[t](x:y)"}, "content"),
        ({"embeds": [{"description": "[t](x:y)"}]}, "embeds[0].description"),
        ({"embeds": [{"fields": [{"name": "n", "value": "[t](x:y)"}]}]}, "embeds[0].fields[0].value"),
        (
            {"flags": COMPONENTS_V2, "components": [{"type": 10, "content": "[t](x:y)"}]},
            "components[0].content",
        ),
    ],
)
def test_every_text_with_markdown_is_searched_for_links(message: dict[str, Any], path: str) -> None:
    assert list(message_violations(message, edit=False)) == [f"{path}: link 'x:y': neither http nor https"]
