"""The lines of AsciiDoc without what is not for readers: comments, includes, conditions, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    attributes = dict(_SET)
    return Source(list(_kept(text.split("\n"), attributes)), attributes)


def _kept(lines: list[str], attributes: dict[str, str]) -> Iterator[str]:
    conditions: list[bool] = []
    fence: str | None = None
    entry: str | None = None
    for line in (line.rstrip() for line in lines):
        if entry is not None:  # an attribute's value goes on
            more = line.endswith(" \\")
            attributes[entry] += " " + line.removesuffix(" \\").strip()
            entry = entry if more else None
            continue
        if condition := _CONDITION.fullmatch(line):
            holds = _holds(condition, attributes)
            if condition["kind"] == "ifeval" or not condition["text"]:
                conditions.append(holds)
            elif holds and all(conditions):
                yield condition["text"]
            continue
        if _END.fullmatch(line):
            del conditions[-1:]
            continue
        if not all(conditions) or _INCLUDE.fullmatch(line):
            continue
        if fence is None and _VERBATIM.fullmatch(line):
            fence = line
        elif fence is not None:
            if line == fence or (fence.startswith("```") and line == "```"):
                if fence.startswith("/"):
                    fence = None
                    continue
                fence = None
        elif line.startswith("//") and not line.startswith("///"):
            continue
        elif match := _ENTRY.fullmatch(line):
            name = match["name"].strip("!")
            value = match["value"] or ""
            attributes[name] = value.removesuffix(" \\").strip()
            if "!" in match["name"]:
                del attributes[name]
            elif value.endswith(" \\"):
                entry = name
            continue
        if fence is None or not fence.startswith("/"):
            yield line


def _holds(condition: re.Match[str], attributes: Mapping[str, str]) -> bool:
    names = condition["names"]
    if condition["kind"] == "ifeval":
        return True  # no values are known that could be compared
    found = [name in attributes for name in re.split(r"[,+]", names)]
    holds = all(found) if "+" in names else any(found)
    return holds if condition["kind"] == "ifdef" else not holds
