"""Directives: what `.. name:: arguments` with the indented text under it stands for, and what a reader sees of it.

docutils knows its own; those of Sphinx and of the extensions that are used most are grouped here by what they show. A
directive that nobody knows shows its text.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

_OPTION = re.compile(r":[\w-]+:(?: .*)?")
# Lines of code and what they print.
_CODE = frozenset(
    "code code-block sourcecode doctest testcode testoutput prompt parsed-code ipython productionlist terminal "
    "jupyter-execute code-cell command-output program-output console math".split()
)
# What is for the machine, is drawn, or is made from other files.
_NOTHING = frozenset(
    "toctree contents index highlight highlightlang literalinclude include raw module py:module currentmodule "
    "py:currentmodule c:namespace cpp:namespace default-domain sectionauthor moduleauthor codeauthor tabularcolumns "
    "testsetup testcleanup program audit-event-table limited-api-list miscnews todo todolist automodule "
    "autoclass autofunction automethod autodata autoattribute autoexception autosummary graphviz digraph graph mermaid "
    "uml plantuml plot sectnum section-numbering header footer title meta default-role target-notes date acks "
    "bibliography automodsumm automodapi doxygenfile doxygenclass doxygenfunction click argparse autoprogram".split()
)
# What describes the objects of a program: each line of the arguments is a signature.
_OBJECTS = frozenset(
    "class function method attribute exception data decorator classmethod staticmethod abstractmethod "
    "decoratormethod coroutinefunction coroutinemethod awaitablefunction awaitablemethod property type describe "
    "object option cmdoption envvar confval setting opcode pdbcommand 2to3fixer macro member var struct union enum "
    "enumerator alias variable concept namespace directive directive:option role rst:directive rst:role cfunction "
    "ctype cmember cmacro cvar http:get http:post http:put http:delete http:patch ansibleopt glossary-term "
    "gdb:command std:option".split()
)
_DOMAINS = ("py", "c", "cpp", "js", "std", "rst", "http", "rb", "php", "go", "rust", "dn", "ts")
# The kinds of objects that are named before the signature.
_SHOWN_KINDS = {
    **{name: f"{name} " for name in ("class", "exception", "classmethod", "property")},
    "staticmethod": "static ",
    "abstractmethod": "abstract ",
    **dict.fromkeys(("coroutinefunction", "coroutinemethod", "awaitablefunction", "awaitablemethod"), "async "),
    **{f"c:{name}": f"{name} " for name in ("type", "struct", "enum", "union")},
}
# What names the text under it, beside the words of its arguments.
_NAMES = {
    "seealso": "See also",
    "impl-detail": "Implementation detail",
    "availability": "Availability",
    "note": "Note",
    "warning": "Warning",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "caution": "Caution",
    "danger": "Danger",
    "attention": "Attention",
    "error": "Error",
}
_VERSIONS = {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "deprecated-removed": "Deprecated since version",
    "versionremoved": "Removed in version",
}
# What docutils does itself.
_OWN = frozenset(
    "admonition topic sidebar line-block parsed-literal rubric epigraph highlights pull-quote compound container table "
    "csv-table list-table image figure replace unicode".split()
)


def directive_named(name: str) -> type[Directive] | None:
    """The directive that stands for a name; None if docutils knows it."""
    name = name.lower()
    if name in _OWN:
        return None
    domain, _, rest = name.partition(":")
    if name == "role":
        return Role
    if name in _CODE:
        return Code
    if name in _NOTHING:
        return Nothing
    if name in _VERSIONS:
        return VersionNote
    if name in _NAMES:
        return Named
    if name in _OBJECTS or (rest and domain in _DOMAINS):
        return ObjectDescription
    return Unknown


class _Lenient(Directive):
    """Takes any arguments and options. As it declares none, `content` has them all, up from the name's line."""

    has_content = True
    option_spec: ClassVar[Any] = None

    def nested(self, lines: StringList | None = None) -> list[nodes.Node]:
        """The text under the directive, read in turn."""
        parent = nodes.Element()
        content = self.content if lines is None else lines
        self.state.nested_parse(content, self.content_offset, parent, match_titles=True)
        return list(parent.children)

    def inline(self, text: str) -> list[nodes.Node]:
        """A line of text, read for its roles and emphasis."""
        return list(self.state.inline_text(text, self.lineno)[0])

    def split(self) -> tuple[list[str], StringList]:
        """The lines of the arguments, and the text without the options above it."""
        first: list[str] = []
        start = 0
        named, *under = self.block_text.split("\n", 2)
        argument = named.partition("::")[2].strip()
        if not argument and not (under and under[0].strip()):
            return first, self.content  # after an empty line there are no options
        in_options = not argument
        for line in self.content:
            if not line.strip():
                break
            in_options = in_options or bool(_OPTION.fullmatch(line.strip()))
            if in_options and not (_OPTION.fullmatch(line.strip()) or line.startswith(" ")):
                break
            if not in_options:
                first.append(line.strip())
            start += 1
        return first, self.content[start:]


class Nothing(_Lenient):
    """Shows nothing."""

    def run(self) -> list[nodes.Node]:
        return []


class Role(_Lenient):
    """Defines a role. Text of a role made of raw text is for one kind of output, such as HTML, and is not shown."""

    def run(self) -> list[nodes.Node]:
        name, _, base = (self.content[0] if self.content else "").partition("(")
        if base.strip().lower() == "raw)":
            self.state.document.settings.unseen_roles.add(name.strip().lower())
        return []


class Code(_Lenient):
    """Shows its text as it is written. Its arguments name the language."""

    def run(self) -> list[nodes.Node]:
        first, rest = self.split()
        lines = [*first[1:], *rest]
        if self.name in ("productionlist", "math", "prompt"):
            lines = [*first, *rest]
        text = "\n".join(lines)
        return [nodes.literal_block(text, text)] if text.strip() else []


class VersionNote(_Lenient):
    """Shows since when something is so."""

    def run(self) -> list[nodes.Node]:
        first, rest = self.split()
        version, _, said = " ".join(first).partition(" ")
        since = f"{_VERSIONS[self.name.lower()]} {version}"
        if self.name.lower() == "deprecated-removed":
            removed, _, said = said.partition(" ")
            since = f"{since}, will be removed in version {removed}"
        under = self.nested(rest)
        text = self.inline(said) if said else []
        if not said and under and isinstance(under[0], nodes.paragraph):
            text = list(under.pop(0).children)
        begin = nodes.Text(f"{since}: " if text else f"{since}.")
        return [nodes.paragraph("", "", begin, *text), *under]


class Named(_Lenient):
    """Shows its text under a name."""

    def run(self) -> list[nodes.Node]:
        first, rest = self.split()
        text = [nodes.paragraph("", "", *self.inline(" ".join(first)))] if first else []
        title = nodes.title("", _NAMES[self.name.lower()])
        return [nodes.admonition("", title, *text, *self.nested(rest))]


class ObjectDescription(_Lenient):
    """Shows signatures, and what they mean under them."""

    def run(self) -> list[nodes.Node]:
        signatures, rest = self.split()
        if self.name.lower() == "class" and not rest and signatures and signatures[0].islower():
            return []  # docutils' own directive of this name, for style sheets
        kind = _SHOWN_KINDS.get(self.name.lower().removeprefix("py:"), "")
        terms = [nodes.term("", kind + line.removesuffix("\\").strip()) for line in signatures]
        definition = nodes.definition("", *self.nested(rest))
        return [nodes.definition_list("", nodes.definition_list_item("", *terms, definition))]


class Unknown(_Lenient):
    """Shows its text, and its arguments as a name of it."""

    def run(self) -> list[nodes.Node]:
        first, rest = self.split()
        under = self.nested(rest)
        if not first:
            return under
        if not under:
            return []
        if self.name.lower() in (
            "only",
            "ifconfig",
            "audit-event",
            "cssclass",
            "hlist",
            "grid",
            "tab-set",
            "code-tabs",
            "centered",
        ):
            return under
        return [nodes.admonition("", nodes.title("", "", *self.inline(" ".join(first))), *under)]
