"""Markdown in its dialects → CommonMark with tables, strike-through, footnotes and definition lists."""

from __future__ import annotations

import re

from retrieval.reading.markdown.dialect_blocks import DialectBlocks
from retrieval.reading.markdown.dialect_text import commonmark_text
from retrieval.reading.markdown.tags import Tags

# A document without any of these is CommonMark already.
_DIALECT = re.compile(
    r"[{^]|<[A-Z>/]|::|!!!|\?\?\?|===[!+ ]|///|\[[\[!T]|\[toc|==[^=]|8<|:[a-z0-9_+-]{1,60}:|\+\+[a-z\"]"
    r"|markdown(?:>|=|\s)|\w~\w|\*\[|(?:^|\n)(?:import|export) |\(\d\d?\)!|@\[|\)="
)


def commonmark(source: str, tags: Tags) -> str:
    """The document as CommonMark; the titles of admonitions, tabs and the like are headings with a mark."""
    if _DIALECT.search(source) is None:
        return source
    titled: list[bool] = []
    stretches = DialectBlocks(source, tags).stretches()
    return "\n".join(each.text if each.is_code else commonmark_text(each.text, titled) for each in stretches)
