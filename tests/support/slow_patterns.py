"""Regular expressions of the program that hostile text could make slow.

    python -m tests.support.slow_patterns

Prints each such pattern, and each pattern that is not in sight, and ends with 1; or with 0 if there is neither. Of the
packages for this, regexploit does not know possessive quantifiers, and dlint misses alternatives that share characters
while it blames harmless patterns. So each pattern is run here, on repeated pieces made of its own characters, and its
steps are counted.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path, PurePath
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.support.backtracking import Machine, TooManyStepsError
from tests.support.hidden_patterns import hidden_patterns

ROOT = Path(__file__).parents[2]
_ANCHORED = ("match", "fullmatch")
# What the pattern meets is bounded: `Language._begins_sentence` shows it eight characters.
BOUNDED = {"_SENTENCE_BEGINS", "SENTENCE_BEGINS"}
_REPEATS = 20
_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class UsedPattern:
    """A pattern of a module and how it is used."""

    name: str
    pattern: re.Pattern[Any]
    uses: frozenset[str]


def sources() -> Iterator[tuple[PurePath, str]]:
    """Every file of the program with its text."""
    packages = (file for package in ("pullquote", "retrieval") for file in sorted((ROOT / package).rglob("*.py")))
    for file in (ROOT / "bot.py", *packages):
        yield file.relative_to(ROOT), file.read_text(encoding="utf-8")


def patterns() -> Iterator[UsedPattern]:
    """All patterns that stand in modules of the program."""
    for file, source in sources():
        if "re.compile" not in source:
            continue
        parts = file.with_suffix("").parts
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and re.search(rf"(?m)^{name} = ", source):
                uses = frozenset(re.findall(rf"\b{name}\.(\w+)\(", source))
                yield UsedPattern(f"{'.'.join(parts)}.{name}", value, uses)


def hostile(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Pieces to repeat, with what stands before them."""
    chars = sorted(_characters(parser.parse(_source(pattern), pattern.flags)))
    pairs = [] if _least(parser.parse(_source(pattern), pattern.flags)) > _REPEATS else product(chars, repeat=2)
    units = [*chars, *map("".join, pairs), "[-]", "<script", "</a", "<#1", *_starts(pattern)]
    yield from ((start, unit) for unit in units for start in ("", *_starts(pattern)))


def slowness(used: UsedPattern) -> str | None:
    """A piece of text with whose repetitions the steps grow faster than they do, or None."""
    least = _REPEATS + _least(parser.parse(_source(used.pattern), used.pattern.flags))
    for start, unit in hostile(used.pattern):
        for end in ("x", "\x00"):
            few, many = (_steps(used, start + unit * n + end) for n in (least, 2 * least))
            if many > 3 * few or many > _LIMIT:
                return f"{start!r}, many times {unit!r}, {end!r}"
    return None


def _steps(used: UsedPattern, text: str) -> int:
    machine = Machine(used.pattern, text, _LIMIT)
    try:
        if used.uses and used.uses <= {*_ANCHORED}:
            machine.match(0, whole="fullmatch" in used.uses)
        else:
            machine.scan()
    except TooManyStepsError:
        return _LIMIT + 1
    return machine.steps


def _source(pattern: re.Pattern[Any]) -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")


def _items(tree: Any) -> Iterator[tuple[Any, Any]]:
    """All items of a parse tree."""
    if isinstance(tree, parser.SubPattern):
        for op, value in tree:
            yield op, value
            yield from _items(value)
    elif isinstance(tree, tuple | list):
        for each in tree:
            yield from _items(each)


def _characters(tree: Any) -> set[str]:
    """A few characters of each kind that the pattern tells apart."""
    characters = {"a", "-"}
    for op, value in _items(tree):
        if op is code.LITERAL:
            characters.add(chr(value))
        elif op is code.IN:
            members = [chr(each) for kind, each in value if kind is code.LITERAL]
            characters |= set(members[:4])
            kinds = {each for kind, each in value if kind is code.CATEGORY}
            characters |= {" "} if code.CATEGORY_SPACE in kinds else set()
            characters |= {"1"} if code.CATEGORY_DIGIT in kinds else set()
    return set(sorted(characters)[:7])


def _starts(pattern: re.Pattern[Any]) -> tuple[str, ...]:
    """What the pattern begins with, if that is one text."""
    literals = []
    for op, value in parser.parse(_source(pattern), pattern.flags):
        if op is not code.LITERAL:
            break
        literals.append(chr(value))
    return ("".join(literals),) if literals else ()


def _least(tree: Any) -> int:
    return max((value[0] for op, value in _items(tree) if op in (code.MAX_REPEAT, code.POSSESSIVE_REPEAT)), default=0)


def main() -> None:
    sys.setrecursionlimit(20_000)
    slow = [
        f"{used.name}: {where}"
        for used in patterns()
        if used.name.rpartition(".")[2] not in BOUNDED and (where := slowness(used))
    ]
    hidden = [
        f"{file}:{line}: name the pattern at the module's own level, so that it is checked"
        for file, source in sources()
        for line in hidden_patterns(source)
    ]
    for complaint in (*slow, *hidden):
        print(complaint)
    sys.exit(bool(slow or hidden))


if __name__ == "__main__":
    main()
