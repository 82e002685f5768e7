"""MyST's directives: fenced blocks that hold Markdown, or nothing to read, as in ```{note}."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"\{(?P<name>[\w:+.-]++)\}[ ]*+(?P<argument>.*+)$")
_OPTION = re.compile(r"[ ]*+:[\w-]++:(?:[ ]|$)")
_RULE = re.compile(r"[ ]*+---[ ]*+$")
_TEXT = frozenset(
    "admonition attention caution danger dropdown error hint important note tip warning seealso todo versionadded "
    "versionchanged deprecated tab-item tab-set card grid grid-item grid-item-card figure margin sidebar topic "
    "epigraph exercise solution prf:theorem".split()
)
_TITLED = frozenset("admonition dropdown tab-item card grid-item-card sidebar topic exercise".split())
_HIDDEN = frozenset(
    "toctree include image contents index autoclass automodule autofunction automethod bibliography "
    "tableofcontents autosummary currentmodule module raw only".split()
)
# The number of lines that the options between two rules may have.
_MOST_OPTIONS = 30


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: it is left out, or it has a title or a first line of text."""

    hidden: bool = False
    title: str = ""
    text: str = ""


def directive(info: str) -> Directive | None:
    """The directive that the text behind a fence names; None if the block is code."""
    match = _DIRECTIVE.match(info)
    if match is None:
        return None
    if match["name"] in _HIDDEN:
        return Directive(hidden=True)
    if match["name"] not in _TEXT:
        return None
    if match["name"] in _TITLED:
        return Directive(title=match["argument"])
    return Directive(text="" if match["name"] == "figure" else match["argument"])


def options(lines: Sequence[str], start: int) -> int:
    """The number of lines that are a directive's options."""
    if start < len(lines) and _RULE.match(lines[start]):
        closing = (i for i, line in enumerate(lines[start + 1 : start + _MOST_OPTIONS]) if _RULE.match(line))
        return next(closing, -2) + 2
    end = start
    while end < len(lines) and _OPTION.match(lines[end]):
        end += 1
    return end - start
