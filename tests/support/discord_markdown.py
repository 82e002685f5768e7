"""A small model of Discord's markdown: what its client makes of a text. The tests' own, apart from the bot's code."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT = "text"
BOLD = "bold"
LINK = "link"


@dataclass(frozen=True, slots=True)
class Styled:
    """A stretch of one kind; `text` is what a reader sees of it, `target` where a link leads."""

    kind: str
    text: str
    target: str = ""


# At the start of a line only.
_LINES = {
    "heading": re.compile(r" *#{1,3}\s"),
    "small print": re.compile(r" *-#\s"),
    "list": re.compile(r" *(?:[-*+]|\d+[.)])\s"),
    "quote": re.compile(r" *>(?:>>)?\s"),
}
# Words that are followed by nothing that could make more of them.
_WORDS = re.compile(r"(?:[^\W_]|[^\x00-\x7f])+(?=[^\w:]|\Z)")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_BOLD = re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\\n])+)\]\((\S+?)\)")
# Anywhere, in this order; laxer than Discord wherever that makes more of a text mean something.
_ANYWHERE = {
    "code": re.compile(r"(`+)[\s\S]+?\1"),
    "mention": re.compile(r"<(?:@[!&]?|#|t:|id:)-?\w+[^>]*>|@everyone|@here"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:\w+:"),
    "command": re.compile(r"</[^>]+:\d+>"),
    "address": re.compile(r"<\w+:[^>\s]+>|(?<!\w)\w+://\S+"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "struck out": re.compile(r"~~[\s\S]+?~~"),
    "emphasis": re.compile(r"([*_])[\s\S]+?\1"),
}


def rendered(source: str, *, line_start: bool = True) -> list[Styled]:
    """The text cut into spans; neighbours of one kind are joined, links apart."""
    spans: list[Styled] = []
    offset = 0
    while offset < len(source):
        starts_line = source[offset - 1] == "\n" if offset else line_start
        styled, offset = _next(source, offset, starts_line=starts_line)
        for span in styled:
            if spans and spans[-1].kind == span.kind != LINK:
                spans[-1] = Styled(span.kind, spans[-1].text + span.text)
            else:
                spans.append(span)
    return spans


def _next(source: str, offset: int, *, starts_line: bool) -> tuple[list[Styled], int]:
    for kind, pattern in _LINES.items() if starts_line else ():
        if match := pattern.match(source, offset):
            return [Styled(kind, match[0])], match.end()
    if not starts_line and (match := _WORDS.match(source, offset)):
        return [Styled(TEXT, match[0])], match.end()
    if match := _ESCAPE.match(source, offset):
        return [Styled(TEXT, match[1])], match.end()
    if match := _BOLD.match(source, offset):
        inner = rendered(match[1], line_start=False)
        return [Styled(BOLD if span.kind == TEXT else span.kind, span.text) for span in inner], match.end()
    if match := _LINK.match(source, offset):
        inner = rendered(match[1], line_start=False)
        return [Styled(LINK, "".join(span.text for span in inner), match[2])], match.end()
    for kind, pattern in _ANYWHERE.items():
        if match := pattern.match(source, offset):
            return [Styled(kind, match[0])], match.end()
    return [Styled(TEXT, source[offset])], offset + 1


def unquoted(source: str) -> str:
    """What stands in a block quote. Raises AssertionError if a line is not quoted."""
    lines = source.split("\n")
    assert all(line.startswith("> ") for line in lines), source
    return "\n".join(line.removeprefix("> ") for line in lines)


def plain(source: str) -> str:
    """All that a reader sees."""
    return "".join(span.text for span in rendered(source))
