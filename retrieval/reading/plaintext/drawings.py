"""What is kept as it stands: drawings, programs, commands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.lines import Line, sentence_end

_FENCE = re.compile(r"(?:```|~~~)[^`~]*")
_STROKES = re.compile(r"[+|/\\_<>^=─-╿→←↑↓▲▼◄►*#-]")
_DRAWN = re.compile(r"[+|]--|--[+|>]|<--|==>|[─-╿]|\|[^|]*\||\+-\+-\+-|^[|/\\ v^V+*-]+$|___")
_CODE = re.compile(
    "|".join(
        (
            r".*[;{}\\]$",
            r"[$%>] |#!|# ?[a-z]+\b|//|/\*|\*/|[A-Z_]{3,}=|\./|</?[a-z!?][^>]*>",
            r"[\w.$\"'\[\]-]+ ?(?::?=|\+=|==|->|=>) ?\S",
            r"(?:[^()]*\w\([^()]*\))+[;:]?$",
            r"(?:if|for|while|def|class|return|import|from|function|var|let|const|public|static|int|char|void)\b.*[(:;{]",
            r"(?:sudo|apt|apt-get|dpkg|git|cd|ls|cp|mv|rm|mkdir|chmod|cat|echo|export|make|pip|npm)(?: |$)",
            r"(?:else|endif|elif|fi|done|then|do|end|endfor|endwhile|enddef|try|finally|begin)[;:]?$",
            r".*\s--?[a-z][\w-]+",
            r"~?[\w.-]*(?:/[\w.-]+){2,}",
        ),
    )
)
# So many words in a row are a sentence's.
_FEWEST_WORDS = 4
# Longer lines are not drawn.
_LONGEST = 200


def is_fence(line: Line) -> bool:
    """Whether the line opens or closes a stretch that is kept as it stands."""
    return line.text.startswith(("```", "~~~")) and bool(_FENCE.fullmatch(line.text))


def is_drawing(lines: Sequence[Line]) -> bool:
    """Whether the lines between two blank lines are drawn with strokes."""
    if len(lines) < 2 or any(len(line.text) > _LONGEST for line in lines):
        return False
    lines = [line for line in lines if len(set(line.text)) > 1]
    drawn = sum(bool(_DRAWN.search(line.text)) for line in lines)
    if 2 * drawn < len(lines) or drawn < 2:
        return False
    ink = sum(len(line.text) - line.text.count(" ") for line in lines)
    return 4 * sum(len(_STROKES.findall(line.text)) for line in lines) >= ink


def is_code(lines: Sequence[Line]) -> bool:
    """Whether most of the lines are a program's or commands."""
    if any(len(line.text) > _LONGEST for line in lines):
        return False
    coded = sum(bool(_CODE.match(line.text)) for line in lines)
    if 2 * coded < len(lines):
        return False
    wordy = sum(_is_wordy(line.text) for line in lines)
    ends_as_text = wordy > 0 and sentence_end(lines[-1].text) is not None
    return wordy <= coded and not ends_as_text


def _is_wordy(text: str) -> bool:
    """Whether words follow one another as in a sentence."""
    row = 0
    for word in text.split(" "):
        row = row + 1 if len(word) > 1 and word.rstrip(",.").isalpha() else 0
        if row == _FEWEST_WORDS:
            return True
    return False


def as_it_stands(lines: Sequence[Line]) -> Block:
    """A block of the lines without the indentation that all of them have."""
    indent = min((line.indent for line in lines if line.text), default=0)
    return Block(Kind.CODE, "\n".join(line.raw[indent:] for line in lines).strip("\n"))
