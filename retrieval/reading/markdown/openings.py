"""The lines that begin an admonition, a tab, an alert or a container in a dialect of Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADMONITION = re.compile(r"(?:!{3}|\?{3}\+?)[ ]++(?:[\w-]++[ ]*+)*+(?:\"(?P<title>.*+))?$")
_TAB = re.compile(r"={3}[!+]?[ ]++[\"'](?P<title>.*+)$")
_ALERT = re.compile(r">[ ]?\[![^\]\n]++\][+-]?[ ]*+(?P<title>.*+)$")
_CONTAINER = re.compile(r"(?P<mark>:{3,}+)[ ]*+(?P<rest>.*+)$")
_NAMED = re.compile(
    r"\{?(?P<name>[\w:.-]++)\}?(?P<bracket>\[.*\])?[ ]*+(?P<title>[^{}]*+)(?P<attributes>\{[^{}]*+\})?[ ]*+$"
)
_PYMDOWNX = re.compile(r"(?P<mark>/{3,}+)[ ]*+(?P<name>[\w-]++)[ ]*+(?:\|(?P<title>.*+))?$")
_TITLE_ATTRIBUTE = re.compile(r"\b(?:title|summary)=\"([^\"]*+)\"")
_ATTRIBUTES_AT_END = re.compile(r"\{[^{}]*+\}[ ]*+$")
# The containers whose text behind the name is not a title.
_WITHOUT_TITLE = frozenset({"html", "define", "caption", "code-group", "code-tabs", "tabs", "row", "column"})


@dataclass(frozen=True, slots=True)
class Opening:
    """The line that begins a container, and the mark that ends it; its content may have a title."""

    title: str
    mark: str = ""
    name: str = ""
    is_directive: bool = False
    """Whether lines with options may follow."""

    @property
    def has_titled_code(self) -> bool:
        """Whether the code blocks in it have titles."""
        return self.name == "code-group"

    @property
    def is_object(self) -> bool:
        """Whether it stands for what mkdocstrings writes about a Python object."""
        return "." in self.name


def admonition(text: str) -> Opening | None:
    """The admonition or tab of MkDocs that a line begins."""
    match = _ADMONITION.match(text) or _TAB.match(text)
    return None if match is None else Opening((match["title"] or "").rstrip().rstrip("\"'"))


def alert(text: str) -> Opening | None:
    """The alert of GitHub, or the callout of Obsidian, that a line begins."""
    match = _ALERT.match(text)
    return None if match is None else Opening(_ATTRIBUTES_AT_END.sub("", match["title"]).strip())


def slashes(text: str) -> Opening | None:
    """The block of pymdownx that a line begins."""
    match = _PYMDOWNX.match(text)
    if match is None:
        return None
    title = "" if match["name"] in _WITHOUT_TITLE else (match["title"] or "").strip()
    return Opening(title, match["mark"], match["name"])


def colons(text: str) -> Opening | None:
    """The container of Docusaurus, VitePress, Pandoc or MyST that a line begins; without a name, it is only a mark."""
    match = _CONTAINER.match(text)
    if match is None or match["rest"].rstrip().endswith(match["mark"]):
        return None
    named = _NAMED.match(match["rest"])
    if named is None:
        return Opening("", match["mark"]) if not match["rest"] or match["rest"].startswith("{") else None
    title = (named["bracket"] or "")[1:-1] or named["title"].strip()
    attribute = _TITLE_ATTRIBUTE.search(named["attributes"] or "")
    title = title or (attribute[1] if attribute else "")
    name = named["name"]
    return Opening("" if name in _WITHOUT_TITLE else title, match["mark"], name, match["rest"].startswith("{"))
