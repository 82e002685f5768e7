"""Lines that only the program which builds the pages reads: includes, tables of contents to be made, notes in code."""

from __future__ import annotations

import re

_INCLUDE = re.compile(
    r"(?:[#/;<!> ]*+-{1,2}8<-{1,2}.*+|\{[!*].*[!*]\}|<<<[ ]?[@./{].*+|:::.*:::|\(\w[\w.:-]*+\)=)[ ]*+$"
)
_CONTENTS = re.compile(r"@?\[{1,2}_?toc_?\]{1,2}|\$?\{:?[ ]*+toc[^{}]*+\}", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\*\[[^\]\n]++\]:")
_MARK_OF_CODE = re.compile(
    r"[ \t]*+(?://|#|<!--|--|/\*|;|%)[ ]*+(?:highlight-(?:next-line|start|end)|\[!code\b[^\]\n]*+\])"
    r"[ ]*+(?:-->|\*/)?[ ]*+$"
)
_NOTE_AT_END = re.compile(
    r"(?<![ ])[ ]*+(?://|#|--|<!--|/\*)[ ]*+(?:\[!code[^\]\n]*+\]|\(\d{1,2}\)!?(?=[ ]*+$))[ ]*+(?:-->|\*/)?$"
)
_ESCAPED_SHORTCODE = re.compile(r"(\{\{[<%])/\*([^*]*+)\*/([>%]\}\})")
# The number of characters at a line's end in which a note is looked for.
_END = 80


def is_contents(text: str) -> bool:
    """Whether a line stands for a table of contents that is yet to be made."""
    return bool(_CONTENTS.fullmatch(text.rstrip()))


def is_left_out(text: str) -> bool:
    """Whether a line includes another file, or explains an abbreviation wherever it stands."""
    return bool(_INCLUDE.match(text) or _ABBREVIATION.match(text))


def shown_code(line: str) -> str | None:
    """A line of code as readers see it; None if they do not."""
    if _INCLUDE.match(line.lstrip(" ")) or _MARK_OF_CODE.match(line):
        return None
    if "{{" in line:  # how Hugo's own pages show a shortcode
        line = _ESCAPED_SHORTCODE.sub(r"\1\2\3", line)
    note = _NOTE_AT_END.search(line, max(0, len(line) - _END)) if ")" in line or "]" in line else None
    return line[: note.start()] if note and note.start() else line
