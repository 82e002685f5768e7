"""Regular expressions that the check of slow patterns does not see, as no name in a module stands for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_TAKES_PATTERN = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


def hidden_patterns(source: str) -> list[int]:
    """The lines of a module that use a pattern other than by `NAME = re.compile(…)` at the module's own level.

    Other names for `re` or for its functions are refused as well: nothing would be found behind them.
    """
    module = ast.parse(source)
    named = list(_named(module))
    return sorted(node.lineno for node in _suspects(module) if node not in named)


def _named(module: ast.Module) -> Iterator[ast.expr]:
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Attribute(attr="compile")) as call):
                yield call


def _suspects(module: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=function)) if function in _TAKES_PATTERN:
                yield node
            case ast.ImportFrom(module="re"):
                yield node
            case ast.Import(names=names) if any(name.name == "re" and name.asname for name in names):
                yield node
