"""The lines of AsciiDoc without what is not for readers: comments, includes, conditions, attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENTRY = re.compile(r":(?P<name>!?[\w][\w-]*!?):(?:[ \t]+(?P<value>.*))?")
_CONDITION = re.compile(r"(?P<kind>ifdef|ifndef|ifeval)::(?P<names>[^\[\]\s]*)\[(?P<text>.*)\]")
_END = re.compile(r"endif::[^\[\]\s]*\[.*\]")
_INCLUDE = re.compile(r"include::[^\[\]]+\[.*\]")
_VERBATIM = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|`{3,}[\w-]*|/{4,})")
# What is true of a page made for browsers.
_SET = {"backend-html5": "", "basebackend-html": "", "backend-html": "", "html5": "", "doctype-article": ""}
SIGNS: Mapping[str, str] = {
    "empty": "", "blank": "", "sp": " ", "space": " ", "nbsp": " ", "zwsp": "", "wj": "", "apos": "'", "quot": '"',
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦", "vbar": "|",
    "amp": "&", "lt": "<", "gt": ">", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*", "tilde": "~",
    "backslash": "\\", "backtick": "`", "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "pp": "++",
    "litdd": "--", "apostrophe": "'", "mdash": "—", "ndash": "–", "hellip": "…",
}  # fmt: skip
"""The attributes that stand for signs which would else be markup."""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines that are left, and the attributes that the document sets."""

    lines: list[str]
    attributes: Mapping[str, str]


def preprocess(text: str) -> Source:
    """Drop comments, includes and the parts whose condition does not hold, and take the attributes."""
    reader = _Reader()
    lines = [each for line in text.split("\n") for each in reader.read(line.rstrip())]
    return Source(lines, reader.attributes)


class _Reader:
    """What is known when a line is read: the conditions that it stands under, and whether it is in a block of code."""

    def __init__(self) -> None:
        self.attributes = dict(_SET)
        self._conditions: list[bool] = []
        self._fence: str | None = None
        self._entry: str | None = None
        """The attribute whose value goes on in the next line."""

    def read(self, line: str) -> list[str]:
        """The lines that are left of a line: none, or one."""
        if self._entry is not None:
            self.attributes[self._entry] += " " + line.removesuffix(" \\").strip()
            self._entry = self._entry if line.endswith(" \\") else None
            return []
        if condition := _CONDITION.fullmatch(line):
            return self._conditional(condition)
        if _END.fullmatch(line):
            del self._conditions[-1:]
            return []
        if not all(self._conditions) or _INCLUDE.fullmatch(line):
            return []
        return self._fenced(line, self._fence) if self._fence else self._free(line)

    def _conditional(self, condition: re.Match[str]) -> list[str]:
        holds = _holds(condition, self.attributes)
        if condition["kind"] == "ifeval" or not condition["text"]:
            self._conditions.append(holds)
            return []
        return [condition["text"]] if holds and all(self._conditions) else []

    def _fenced(self, line: str, fence: str) -> list[str]:
        """A line in a block of code or in a comment."""
        if line == ("```" if fence.startswith("```") else fence):
            self._fence = None
        return [] if fence.startswith("/") else [line]

    def _free(self, line: str) -> list[str]:
        if _VERBATIM.fullmatch(line):
            self._fence = line
            return [] if line.startswith("/") else [line]
        if line.startswith("//") and not line.startswith("///"):
            return []
        if match := _ENTRY.fullmatch(line):
            name, value = match["name"].strip("!"), match["value"] or ""
            if "!" in match["name"]:
                self.attributes.pop(name, None)
            else:
                self.attributes[name] = value.removesuffix(" \\").strip()
                self._entry = name if value.endswith(" \\") else None
            return []
        return [line]


def _holds(condition: re.Match[str], attributes: Mapping[str, str]) -> bool:
    names = condition["names"]
    if condition["kind"] == "ifeval":
        return True  # no values are known that could be compared
    found = [name in attributes for name in names.replace("+", ",").split(",")]
    holds = all(found) if "+" in names else any(found)
    return holds if condition["kind"] == "ifdef" else not holds
