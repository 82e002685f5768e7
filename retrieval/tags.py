"""Tags: short words by which articles are grouped, so that somebody can say who may ask them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from retrieval.characters import one_line

LONGEST_TAG = 50
MOST_TAGS = 20


def tag_of(text: str) -> str:
    """The tag that somebody wrote: on one line, without a sign before it, in small letters. It may be empty."""
    text = one_line(text)
    for _ in range(2):  # folding can undo the normal form, and the normal form bring capital letters
        text = unicodedata.normalize("NFKC", text.casefold())
    return one_line(text).lstrip("# ")


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The tags that somebody wrote, each once, in their order."""
    return tuple(dict.fromkeys(tag for text in texts if (tag := tag_of(text))))


def is_tag(text: str) -> bool:
    """Whether a text is a tag as `tag_of` writes it, of at most LONGEST_TAG characters."""
    return 0 < len(text) <= LONGEST_TAG and "," not in text and tag_of(text) == text
