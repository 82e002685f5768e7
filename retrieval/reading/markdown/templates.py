"""Tags of the programs that fill pages in: Hugo's shortcodes, Liquid (Jekyll, GitBook), Jinja and handlebars.

A tag becomes what it shows a reader, as far as that can be told from the tag alone: the caption of a figure, the title
of a tab, the text of a literal, the page that a link leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"[-~+]?\s*+(?P<closing>/?)\s*+(?P<name>[\w./:-]*+)\s*+")
_PARAMETER = re.compile(
    r"(?:(?<![\w-])([\w-]++)\s*+[=:]\s*+)?(?:\"([^\"]*+)\"|'([^']*+)'|`([^`]*+)`)|(?<![\w-])([\w-]++)=([^\s\"'`]++)"
)
_LITERAL = re.compile(r"\s*+(?:\"([^\"]*+)\"|'([^']*+)')\s*+(?:\|[^{}]*+)?")
# A word in double braces that is not a value of the page's builder: the placeholder of a bot or a program.
_PLACEHOLDER = re.compile(r"(?!site\.|page\.|layout\.|include\.|config\.|theme\.)[\w.-]++")
_TITLES = ("title", "name", "label", "header", "summary", "heading", "tabname", "")
_CAPTIONS = ("caption", "content", "text")
_TITLED = frozenset(
    "tab tabitem tabs-item details expand collapse collapsible accordion accordion-item admonition callout notice hint "
    "alert note tip warning info step card spoiler toggle panel expandable".split()
)
_LINKS = frozenset({"ref", "relref", "link", "post_url", "asset_path", "static"})


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands in the place of a tag: a text, or the begin of a part of the page, with its title if it has one."""

    text: str = ""
    title: str = ""
    begins: bool = False
    ends: bool = False


def shortcode(inside: str) -> Replacement:
    """What a shortcode or a block's tag becomes, from the source between its brackets."""
    match = _NAME.match(inside)
    name, closing = (match["name"].lower(), bool(match["closing"])) if match else ("", False)
    rest = inside[match.end() :] if match else inside
    if name.startswith("end") and name[3:] in _TITLED:
        name, closing = name[3:], True
    if name in _LINKS:
        return Replacement(_link(rest))
    if name in _TITLED:
        title = "" if closing else _first(_parameters(rest), _TITLES)
        return Replacement(title=title, begins=not closing, ends=closing)
    if closing:
        return Replacement()
    return Replacement(_first(_parameters(rest), _CAPTIONS))


def output(inside: str) -> str | None:
    """What an expression between double braces becomes; None if it is a placeholder that a reader is to see."""
    literal = _LITERAL.fullmatch(inside)
    if literal:
        return literal[1] or literal[2] or ""
    return None if _PLACEHOLDER.fullmatch(inside) else ""


def _parameters(source: str) -> dict[str, str]:
    """The parameters by their names; the first without a name has the empty name."""
    values: dict[str, str] = {}
    for name, *quoted, bare_name, bare in _PARAMETER.findall(source):
        values.setdefault((name or bare_name).lower(), next(filter(None, quoted), bare))
    return values


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name].strip() for name in names if values.get(name)), "")


def _link(source: str) -> str:
    quoted = _first(_parameters(source), ("path", ""))
    return quoted or (source.split()[:1] or [""])[0].strip("-%>")
