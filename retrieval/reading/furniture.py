"""Blocks that nobody would quote: navigation, tables of contents, link lists, bylines, notices of rights.

They stay in the article's text and become no passages. What a block is made of decides where it can (nearly all of it
is links; its lines are the article's headings); only short blocks are told by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.blocks import Block, Kind

# The share of a block's letters and digits that stand in links, from which on the block is a list of links.
_LINKED = 0.8
# The share of a list's lines that are headings of the article, from which on the list is a table of contents.
_HEADINGS = 0.7
# The number of words of the longest block that is told by its words.
_SHORT = 25
_BULLET = re.compile(r"(?:[-*•]|\d{1,3}(?:\.\d{1,3}){0,5}[.)]?)(?=\s)")
_WORDLIKE = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
# Months and days are words of bylines in any language with these letters; the year is what all dates have.
_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b")
# A block's words are met in small letters: to ignore their case takes the regular expressions three times as long.
_BYLINE = re.compile(
    r"(?:written |posted |published |updated |last (?:updated|modified|edited|reviewed)|by |author(?:s)?: |date: "
    r"|von |veröffentlicht |zuletzt |stand: |por |publicado |última |par |publié |mis à jour )"
)
_NAVIGATION = re.compile(
    r"(?:edit (?:this page|on git)|improve this page|suggest (?:an )?edits?|report (?:an issue|a bug) with this page"
    r"|view (?:source|on git|this page)|back to (?:the )?top|skip to |jump to |table of contents|on this page|in this "
    r"(?:article|section)s?:?$|contents:?$|previous|next|«|»|←|→|‹|›|share this|was this (?:page|article) helpful|read "
    r"more|see also:?$|tags?: |categor(?:y|ies): |filed under|min(?:ute)?s? read|\d+ min(?:ute)?s? read"
    r"|diese seite bearbeiten|nach oben|inhaltsverzeichnis|editar esta página|modifier cette page)"
)
_RIGHTS = re.compile(
    r"©|\(c\) (?:copyright )?(?:1[89]|20)\d\d|copyright (?:©|\(c\)|(?:1[89]|20)\d\d)|all rights reserved"
    r"|alle rechte vorbehalten|todos los derechos reservados|tous droits réservés"
    r"|^(?:this (?:page|document|work|article|content|site) is )?licen[cs]ed under|creative commons"
)


def furniture(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block is furniture. Where nothing else would be left, no block is."""
    headings = frozenset(_plain(block.text) for block in blocks if block.kind is Kind.HEADING)
    found = [block.kind is not Kind.HEADING and _is_furniture(block, headings) for block in blocks]
    kept = any(not each and block.kind is not Kind.HEADING for each, block in zip(found, blocks, strict=True))
    return found if kept else [False] * len(blocks)


def _is_furniture(block: Block, headings: frozenset[str]) -> bool:
    if block.kind is Kind.CODE:
        return False
    if headings and block.kind is not Kind.PROSE and _is_contents(block, headings):
        return True
    if not _WORDLIKE.search(block.text):
        return True
    return _is_linked(block) or _is_told_by_words(block)


def _is_contents(block: Block, headings: frozenset[str]) -> bool:
    """Whether the lines of a list are headings of the article."""
    lines = block.text.split("\n")
    return len(lines) > 1 and sum(_plain(line) in headings for line in lines) >= _HEADINGS * len(lines)


def _is_linked(block: Block) -> bool:
    """Whether nearly all of a list is links, or all of a paragraph without a sentence."""
    if not block.links:
        return False
    linked = sum(_letters(block.text[link.start : link.end]) for link in block.links)
    if block.kind is Kind.PROSE:
        return linked >= _letters(block.text) and not _SENTENCE_END.search(block.text)
    return linked >= _LINKED * sum(_letters(_without_bullet(line)) for line in block.text.split("\n"))


def _is_told_by_words(block: Block) -> bool:
    if len(block.text) > 10 * _SHORT or len(block.text.split()) > _SHORT:
        return False
    words = block.text.casefold()
    if _RIGHTS.search(words):
        return True
    if _SENTENCE_END.search(words):
        return False
    return bool(_NAVIGATION.match(words) or (_BYLINE.match(words) and _DATE.search(words)))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _plain(text: str) -> str:
    """A heading, or the line that names it: without its number, in small letters."""
    return _without_bullet(text).casefold()


def _without_bullet(line: str) -> str:
    stripped = line.strip()
    bullet = _BULLET.match(stripped)
    return stripped[bullet.end() :].lstrip() if bullet else stripped
