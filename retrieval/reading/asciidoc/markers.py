"""The marks that begin items of lists in AsciiDoc, and lines that begin and end blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(
    r"[ \t]*(?:(?P<bullet>\*{1,6}|-|•)|(?P<dots>\.{1,6})|(?P<number>\d{1,5}\.|[a-zA-Z]\.|[ivxIVX]{1,6}\))|"
    r"<(?P<callout>\d{1,3}|\.)>)[ \t]+(?P<text>\S.*)"
)
_TERM = re.compile(r"[ \t]*(?P<term>[^\s/].*?)(?P<mark>:{2,4}|;;)(?:[ \t]+(?P<text>\S.*))?")
_BLOCK_MACRO = re.compile(r"(?P<name>[a-z_]\w{0,30})::(?P<target>[^\[\]\s]{0,1000})\[(?P<text>.*)\]")
_FENCE = re.compile(r"-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|--|`{3,}[\w+-]*|[|,:!]={3,}")
_CHECKED = re.compile(r"\[[ xX*]\][ \t]+")


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of an item: items of a list have marks of the same kind."""

    kind: str
    tag: str
    """ul, ol or dl."""
    term: str
    text: str
    number: int = 1


def marker_at(line: str) -> Marker | None:
    """The mark of the item that begins in a line, if one does."""
    if match := _ITEM.fullmatch(line):
        text = _CHECKED.sub("", match["text"], count=1)
        if match["bullet"]:
            return Marker(match["bullet"], "ul", "", text)
        if match["callout"]:
            return Marker("<>", "ol", "", text)
        number = match["number"]
        kind = match["dots"] or ("1." if number[0].isdecimal() else "a." if number.endswith(".") else "i)")
        return Marker(kind, "ol", "", text, int(number[:-1]) if number and number[0].isdecimal() else 1)
    match = _TERM.fullmatch(line) if "::" in line or ";;" in line else None
    if match is None or _BLOCK_MACRO.fullmatch(line.strip()):
        return None
    return Marker(match["mark"], "dl", match["term"].strip(), match["text"] or "")


def is_block_macro(line: str) -> bool:
    """Whether the line stands for an image, a video, a table of contents and the like."""
    return "::" in line and bool(_BLOCK_MACRO.fullmatch(line))


def is_fence(line: str) -> bool:
    """Whether a block begins or ends in the line."""
    return bool(_FENCE.fullmatch(line))


def closing_of(fence: str) -> str:
    """The line that ends the block that the line begins."""
    return "```" if fence.startswith("```") else fence
