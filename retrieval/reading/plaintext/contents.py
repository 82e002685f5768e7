"""Tables of contents, which say where something stands and nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.plaintext.lines import Line

_NUMERALS = "0123456789ivxlc"
_NAME = re.compile(
    r"(?:table of )?contents:?|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|indice|contenido|sommario|"
    r"inhoud(?:sopgave)?|spis treści|i̇çindekiler|содержание|оглавление|зміст|目次|目录|目錄",
    re.IGNORECASE,
)
# What the heading may have before its number, and the entry not.
_KINDS = frozenset("chapter section part appendix kapitel abschnitt teil anhang chapitre capítulo capitolo".split())
_LETTERS = re.compile(r"[^\W_]+")
# How long an entry is compared.
_LONGEST = 200


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether the lines between two blank lines are entries of a table of contents with their pages."""
    leaders = sum(has_leader(line.text) for line in lines)
    return leaders > 0 and 2 * leaders >= len(lines)


def has_leader(text: str) -> bool:
    """Whether dots lead to a page: "Overview ........ 7", "Overview . . . . . 7"."""
    led = text.rstrip(_NUMERALS)
    if led == text:
        return False
    dots = led[len(led.rstrip(". ")) :]
    return dots.count(".") > 3 and led != dots


def is_paged(line: Line) -> bool:
    """Whether the line is a text with a page far behind it, as entries under the name of a table of contents are."""
    entry, _, page = line.raw.rpartition("    ")
    return bool(entry.strip()) and page.strip().strip(_NUMERALS) == ""


def names_contents(text: str) -> bool:
    """Whether the text is the name of a table of contents."""
    return len(text) < 40 and bool(_NAME.fullmatch(text.strip(" .:-=*")))


def entry_key(text: str) -> str:
    """What an entry and its heading have in common: the words."""
    words = _LETTERS.findall(text[:_LONGEST].casefold())
    return " ".join(words[1:] if words[0:1] and words[0] in _KINDS else words)
