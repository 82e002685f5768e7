"""Discord's markdown, where SimCord's preview reads it in another way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from simcord.preview import _markdown as markdown


@contextmanager
def discords_markdown() -> Iterator[None]:
    """Meanwhile SimCord's preview reads quotes, empty lines and mentions as Discord's client does."""
    expand = markdown._discord_multiline_quotes
    with (
        patch.object(markdown, "_discord_multiline_quotes", lambda text: lines_apart(expand(text))),
        patch.dict(markdown._FIELD_POLICIES["embed_description"], {"mentions": True}),
    ):
        yield


def lines_apart(text: str) -> str:
    """Markdown for a reader of CommonMark, to whom a quote goes on below it, and an empty line is only an end."""
    lines: list[str] = []
    is_quoted = False
    for line in text.split("\n"):
        was_quoted, is_quoted = is_quoted, line.startswith("> ")
        if was_quoted != is_quoted and lines:
            lines.append("")
        lines.append(line if line.removeprefix("> ") else line + "\N{ZERO WIDTH SPACE}")
    return "\n".join(lines)
