"""reStructuredText → blocks. The parser is docutils; roles and directives that it does not know show their text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, cast

from docutils import core, nodes
from docutils.parsers.rst import Parser, directives, roles
from docutils.parsers.rst.states import Inliner
from docutils.readers import standalone
from docutils.transforms import Transform, references

from retrieval.errors import UnfitError
from retrieval.reading.blocks import Block
from retrieval.reading.rst.directives import directive_named
from retrieval.reading.rst.inliner import BoundedInliner
from retrieval.reading.rst.roles import KNOWN, generic_role
from retrieval.reading.rst.tree import tree_of
from retrieval.reading.tree.rendering import blocks_of

# docutils refuses a text with a longer line.
_LONGEST_LINE = 9_000
_SETTINGS = {
    "_disable_config": True,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "file_insertion_enabled": False,
    "halt_level": 6,  # above all levels: no error ends the reading
    "raw_enabled": False,
    "report_level": 6,
    "sectnum_xform": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "traceback": True,
}
# What Sphinx fills in when it makes the pages, and what is not known here.
_FILLED_IN = ("version", "release", "today")


class RstTooDeepError(UnfitError):
    """Lists or block quotes lie too deep in one another for docutils, whose functions call themselves for each."""


def parse_rst(text: str) -> list[Block]:
    """Cut normalised reStructuredText into blocks. Raises RstTooDeepError."""
    definitions = "".join(f"\n\n.. |{name}| replace:: \\\n" for name in _FILLED_IN if f"|{name}|" in text)
    source = "\n".join(map(_wrapped, text.split("\n"))) + definitions
    try:
        with _everything_known():
            document: nodes.document = core.publish_doctree(
                source,
                reader=_Reader(),
                parser=Parser(inliner=cast(Inliner, BoundedInliner())),
                settings_overrides={**_SETTINGS, "unseen_roles": set(), "warning_stream": StringIO()},
            )
        return blocks_of(tree_of(document))
    except RecursionError as error:
        raise RstTooDeepError("too-deep") from error


class _Reader(standalone.Reader):  # type: ignore[type-arg]
    """Leaves out the steps that only check references or rearrange the top of the document."""

    def get_transforms(self) -> list[type[Transform]]:
        return [
            references.Substitutions,
            references.PropagateTargets,
            references.AnonymousHyperlinks,
            references.IndirectHyperlinks,
            references.Footnotes,
            references.ExternalTargets,
        ]


@contextmanager
def _everything_known() -> Iterator[None]:
    """Let docutils find a directive and a role for every name, in the way in which Sphinx adds its own."""
    find_directive, find_role = directives.directive, roles.role

    def directive(name: str, language: Any, document: nodes.document) -> tuple[Any, list[Any]]:
        ours = directive_named(name)
        return (ours, []) if ours else find_directive(name, language, document)

    def role(name: str, language: Any, line: int, reporter: Any) -> tuple[Any, list[Any]]:
        return (KNOWN.get(name.lower(), generic_role), []) if name else find_role(name, language, line, reporter)

    _replace(directive, role)
    try:
        yield
    finally:
        _replace(find_directive, find_role)


def _replace(find_directive: Any, find_role: Any) -> None:
    directives.directive = find_directive
    roles.role = find_role


def _wrapped(line: str) -> str:
    """A long line as several, as deep as the first, so that it is still one paragraph."""
    line = line.rstrip()
    step = _LONGEST_LINE // 2
    begin = " " * min(len(line) - len(line.lstrip()), step)
    pieces: list[str] = []
    start = 0
    while len(line) - start >= _LONGEST_LINE:
        space = line.rfind(" ", start + len(begin) + 1, start + step)
        end = space if space > 0 and not line[start:space].isspace() else start + step
        pieces.append(line[start:end])
        start = end + (space > 0 and end == space)
    return f"\n{begin}".join([*pieces, line[start:]])
