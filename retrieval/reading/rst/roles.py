"""Roles: what stands before or behind text in single backquotes, such as :func:`open`, and what a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from docutils import nodes
from docutils.parsers.rst.roles import GenericRole

# The roles whose target is shown by its last part alone after a tilde.
_EXPLICIT = re.compile(r"(?P<title>[^<]*[^<\s])\s*<(?P<target>[^<>]*)>", re.DOTALL)
_CALLS = ("func", "meth")
_TO_SECTIONS = ("ref", "doc", "numref", "any")
# Braces mark what the reader of a file name or an example replaces.
_BRACED = frozenset({"file", "samp"})
_PEP = "https://peps.python.org/pep-{:04}/"
_RFC = "https://datatracker.ietf.org/doc/html/rfc{}"
SECTION_LINK = "section-link"
"""The class of text that stands for the title of a section, which it names by a label."""


def generic_role(
    role: str,
    _rawtext: str,
    text: str,
    _lineno: int,
    inliner: Any,
    _options: Mapping[str, Any] | None = None,
    _content: Sequence[str] = (),
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """What a reader sees of a role: the title before a target in angle brackets, or the target."""
    name = role.lower().rpartition(":")[2]
    if name in inliner.document.settings.unseen_roles:
        return [], []
    text = nodes.unescape(text)
    explicit = _EXPLICIT.fullmatch(text)
    if explicit:
        return [nodes.inline(text, explicit["title"])], []
    if name in _TO_SECTIONS:
        return [nodes.inline(text, text, classes=[SECTION_LINK])], []
    if name in ("pep", "rfc") and text.partition("#")[0].isdecimal():
        number = text.partition("#")[0]
        address = (_PEP if name == "pep" else _RFC).format(int(number[:9]))
        return [nodes.reference(text, f"{name.upper()} {number}", refuri=address)], []
    return [nodes.inline(text, _shown(name, text))], []


def _shown(name: str, text: str) -> str:
    text = text.removeprefix("!")
    if text.startswith("~"):
        text = text[1:].rpartition(":")[2].rpartition(".")[2]
    if name in _CALLS and not text.endswith(")"):
        return f"{text}()"
    if name in _BRACED:
        return text.replace("{", "").replace("}", "")
    if name == "menuselection":
        return text.replace("-->", "‣")
    if name == "guilabel":
        return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    return text


# What docutils knows and must not lose: raised and lowered text is told apart from the rest.
KNOWN = {
    "sup": GenericRole("sup", nodes.superscript),
    "superscript": GenericRole("superscript", nodes.superscript),
    "sub": GenericRole("sub", nodes.subscript),
    "subscript": GenericRole("subscript", nodes.subscript),
}
