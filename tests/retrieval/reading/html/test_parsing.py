"""Pages that are broken, and pages made to be slow."""

from __future__ import annotations

import pytest

from retrieval.reading.html.document import parse_html
from retrieval.reading.html.parsing import PageTooDeepError


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<x-y>", "<svg>"])
def test_a_hundred_thousand_open_tags(tag: str) -> None:
    with pytest.raises(PageTooDeepError):
        parse_html(tag.encode() * 100_000 + b"Ants bite.")


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<dl><dt>a<dd>", "<blockquote>", "<details>"])
def test_nothing_is_lost_where_elements_lie_deep(tag: str) -> None:
    parsed = parse_html(tag.encode() * 600 + b"Ants bite.")
    assert "Ants bite." in "\n".join(block.text for block in parsed.blocks)


def test_tags_that_are_not_closed() -> None:
    parsed = parse_html(b"<p>Ants <b>bite.<p>Bees <a href=x>hum.<div>Wasps</p> sting.")
    assert [block.text for block in parsed.blocks] == ["Ants bite.", "Bees", "hum.", "Wasps sting."]


def test_references_to_characters_that_do_not_exist() -> None:
    parsed = parse_html(b"<p>Ants&#0;&#xD800;&#x202e;&#99999999999999999999; bite&shy;.")
    assert [block.text for block in parsed.blocks] == ["Ants\ufffd\ufffd\ufffd bite."]
