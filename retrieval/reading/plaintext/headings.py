"""Lines that are headings by what they say and how they look. A sentence is never a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from retrieval.reading.plaintext.lines import sentence_end

_ROMAN = r"[IVXLCDM]{1,9}|[ivxlcdm]{1,9}"
_NUMBER = rf"(?:{_ROMAN}|\d{{1,4}}(?:\.\d{{1,4}})*[a-z]?|[A-Z])"
_ORDINAL = (
    "(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    "one|two|three|four|five|six|seven|eight|nine|ten)"
)
_HIGH = "part|book|volume|teil|buch|band|partie|livre|parte|libro|livro|deel|tom|część|часть|книга"
_MIDDLE = (
    "chapter|act|canto|stave|title|appendix|annex|exhibit|kapitel|anhang|abschnitt|akt|chapitre|titre|annexe|capítulo|"
    "capitulo|título|anexo|capitolo|titolo|hoofdstuk|bijlage|rozdział|глава|раздел|приложение|розділ"
)
_LOW = "article|amendment|letter|artikel|artículo|artigo|articolo|art|статья|стаття|artykuł"
_LOWEST = "section|scene|szene|scène|escena"
_NAMED = re.compile(
    rf"(?:(?P<high>{_HIGH})|(?P<middle>{_MIDDLE})|(?P<low>{_LOW})|(?P<lowest>{_LOWEST}))\.? "
    rf"(?:{_NUMBER}|{_ORDINAL})(?P<rest>\b.*)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"§{1,2} ?\d+[a-z]?\b\.?(?P<rest>.*)")
_ASIAN = re.compile(
    r"第[0-9０-９一二三四五六七八九十百千〇零]+(?:[部編编卷篇]|(?P<middle>[章回幕])|(?P<low>[節节條条場场款项項]))(?P<rest>.*)"
)
_BY_SIGN = {"§": _PARAGRAPH, "第": _ASIAN}
_NUMBERED = re.compile(r"(?P<number>(?:\d{1,3}|[A-Z](?=\.\d)|[A-H])(?:\.\d{1,3}){0,5})(?P<point>[.)]?) (?P<rest>\S.*)")
_ROMAN_NUMBERED = re.compile(r"(?:[IVXLC]{1,7})\. (?P<rest>\S.*)")
_MARKED = re.compile(r"(?P<marks>#{1,6}) (?P<rest>[^\W\d_a-z].*|\d.*)")
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|listing|abbildung|abb\.|tabelle|tableau|tabla|tabela) ?[\dIVX]", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_NO_TITLE = re.compile(r"https?:|www\.|@|[|{}<>=;\\]|\.\.\.|^[\W\d_]*$")
_IDENTIFIER = re.compile(r"\w_\w")
_BEGINS = re.compile(r"[\w\"“‘'`«]")
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into of on or the to upon via vs with its his her "
    "de der des die das du el en et la le les und une von vor zu zum zur im am del y e o da do di della il lo".split()
)
# Lines with these are sentences that lack their end.
_VERBS = frozenset(
    "is are was were am be been has have had will would shall should can could may might must does did said says "
    "ist sind war waren wird werden hat haben kann muss soll est sont été ont es son era fue ha han è sono".split()
)
# A longer line is text; a number says of a longer title what it is, and so do a number and a question mark.
_LONGEST = 80
_LONGEST_NUMBERED = 120
_LONGEST_QUESTION = 240
_LONGEST_PLAIN = 60


class Rank(IntEnum):
    """How headings stand above one another; those of numbers and underlines are told apart by `Heading.depth`."""

    TITLE = 0
    MARKED = 1
    UNDERLINED = 2
    HIGH = 3
    MIDDLE = 4
    LOW = 5
    LOWEST = 6
    CAPITALS = 7
    NUMBERED = 8
    PARAGRAPH = 9
    PLAIN = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text and what tells its level beside other headings of the text."""

    text: str
    rank: Rank
    depth: int = 0
    """For numbers, how many stand in front of the last; for underlines, which kind of the text's underlines it is."""


def named_heading(text: str) -> Heading | None:
    """A heading that says what it is: "Chapter II. The Quay", "§ 12 Fares", "## Fares"."""
    if len(text) > _LONGEST or not (text[:1].isupper() or text[:1] in "#§第"):
        return None
    if (match := _MARKED.fullmatch(text)) and is_title(match["rest"]):
        return Heading(match["rest"].rstrip("# "), Rank.MARKED, len(match["marks"]))
    match = _BY_SIGN.get(text[:1], _NAMED).fullmatch(text)
    return Heading(text, _rank(match)) if match and _is_rest(match["rest"], text) else None


def _rank(match: re.Match[str]) -> Rank:
    groups = match.groupdict()
    if match.re is _PARAGRAPH:
        return Rank.PARAGRAPH
    if groups.get("low"):
        return Rank.LOW
    if groups.get("lowest"):
        return Rank.LOWEST
    return Rank.MIDDLE if groups.get("middle") else Rank.HIGH


def _is_rest(rest: str, text: str) -> bool:
    """Whether what stands behind the number of a chapter is its title, if anything, and not the rest of a sentence."""
    title = rest.lstrip(" .:)–—-")
    if not title:
        return True
    if rest[0] not in " .:)–—-　" and not text.startswith("第"):
        return False
    if text.split(" ", 1)[0].isupper() and title[0].isupper() and ". " not in title:
        return True
    return title.isupper() or (
        is_title(title.removesuffix(".")) and (not title.endswith(".") or _is_capitalised(title))
    )


def numbered_heading(text: str, *, unpointed: bool = False) -> Heading | None:
    """A title behind a number: "7. Lost Dogs.", "3.1. Fares", "IV. The Quay", "B.2 Tides".

    A single number may be a list's. `unpointed` tells whether the text has no point behind its numbers: "3 Fares".
    """
    if " " not in text or len(text) > _LONGEST_QUESTION or not (text[0].isdecimal() or "A" <= text[0] <= "Z"):
        return None
    match = _NUMBERED.fullmatch(text)
    if match is None:
        match = _ROMAN_NUMBERED.fullmatch(text)
        return Heading(text, Rank.NUMBERED) if match and is_title(match["rest"]) else None
    depth, rest = match["number"].count("."), match["rest"]
    if depth:
        if rest.endswith(("?", "?!")):
            return Heading(text, Rank.NUMBERED, depth)
        return Heading(text, Rank.NUMBERED, depth) if is_title(rest, lower=True, longest=_LONGEST_NUMBERED) else None
    if match["point"] != "." and not (unpointed and match["number"].isdigit()):
        return None
    title = is_title(rest) or (rest.endswith(".") and is_title(rest[:-1]) and _is_capitalised(rest))
    return Heading(text, Rank.NUMBERED) if title and not _is_clause(text) else None


def capitals_heading(text: str) -> Heading | None:
    """A title in capitals: "THE QUAY". A shouted sentence ends as a sentence."""
    if len(text) > _LONGEST_PLAIN or not text.isupper() or len(_LETTER.findall(text)) < 4:
        return None
    if not _BEGINS.match(text) or _NO_TITLE.search(text) or _IDENTIFIER.search(text):
        return None
    end = sentence_end(text)
    if text[-1] in ",;:-–—" or (end and (end != "." or text.count(" ") > 3)):
        return None
    return Heading(text, Rank.CAPITALS)


def is_title(text: str, *, lower: bool = False, longest: int = _LONGEST) -> bool:
    """Whether the text may be a title: short, with letters, without the end of a sentence."""
    if not text or len(text) > longest or not _LETTER.search(text) or _NO_TITLE.search(text) or _CAPTION.match(text):
        return False
    if text[-1] in ".,;:-–—。、，；：" or sentence_end(text) not in (None, "?", "？", "!", "！"):
        return False
    first = _LETTER.search(text)
    if not lower and first and first.group().islower():
        return False
    return text.count(",") <= 2 and text.count('"') % 2 == 0


def is_plain_title(text: str) -> bool:
    """Whether a line that nothing but its place sets apart may be a title: a question or a shout is speech."""
    if not 3 <= len(text) <= _LONGEST_PLAIN or text.count(" ") > 9 or not is_title(text) or sentence_end(text):
        return False
    if _is_clause(text) or _IDENTIFIER.search(text):
        return False
    return text[0].isalpha() and not text.lower().startswith(("by ", "from ", "von ", "de "))


def _is_clause(text: str) -> bool:
    """Whether the text is a sentence or the beginning of a sentence, and not a question."""
    return not text.endswith("?") and not _VERBS.isdisjoint(text.lower().split())


def _is_capitalised(text: str) -> bool:
    """Whether all words but small ones begin with a capital, as in English titles."""
    words = [word.strip(".,:;'\"“”‘’()") for word in text.split()]
    return len(words) <= 10 and all(not word or not word[0].islower() or word in _SMALL_WORDS for word in words)


def leveled(headings: Sequence[Heading]) -> list[int]:
    """The level of each heading, from 1 to 6: the ranks and depths that the text has, in their order."""
    steps = sorted({(heading.rank, heading.depth) for heading in headings})
    levels = {step: min(level, 6) for level, step in enumerate(steps, start=1)}
    return [levels[heading.rank, heading.depth] for heading in headings]
