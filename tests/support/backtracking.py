"""How many steps Python's `re` takes for a text: its way of backtracking, counted.

`re` itself counts nothing, and time depends on the machine. This walks the parse tree that `re` makes of a pattern, in
the order in which `re` does; a step is one item of the pattern tried at one offset of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Next = Callable[[int], int]
"""Matches the rest of the pattern from an offset; gives the offset where the match ends, or -1."""


class TooManyStepsError(Exception):
    """The limit is passed."""


class Machine:
    """One pattern run on one text."""

    def __init__(self, pattern: re.Pattern[Any], text: str, limit: int) -> None:
        self.flags, self.text, self.limit, self.steps = pattern.flags, text, limit, 0
        self.groups: dict[int, tuple[int, int]] = {}
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        self.items = parser.parse(source, pattern.flags & ~re.DEBUG)

    def match(self, start: int, *, whole: bool = False) -> int:
        """The offset where a match from `start` ends, or -1."""
        return self._run(self.items, 0, start, lambda i: i if not whole or i == len(self.text) else -1)

    def scan(self) -> None:
        """Look for all matches, as `finditer` does."""
        start = 0
        while start <= len(self.text):
            start = max(self.match(start), start + 1)

    def _run(self, items: Sequence[Any], k: int, i: int, then: Next) -> int:  # noqa: C901 - a branch for each kind of item
        if k == len(items):
            return then(i)
        self.steps += 1
        if self.steps > self.limit:
            raise TooManyStepsError
        op, value = items[k]

        def rest(j: int) -> int:
            return self._run(items, k + 1, j, then)

        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            low, high, body = value
            if op is code.POSSESSIVE_REPEAT:
                return self._possessive(body, low, high, i, rest)
            return self._repeat(body, low, high, i, rest, greedy=op is code.MAX_REPEAT)
        if op is code.BRANCH:
            return next((end for branch in value[1] if (end := self._run(branch, 0, i, rest)) >= 0), -1)
        if op is code.SUBPATTERN:
            return self._run(value[3], 0, i, lambda j: self._grouped(value[0], i, j, rest))
        if op is code.ATOMIC_GROUP:
            end = self._run(value, 0, i, lambda j: j)
            return rest(end) if end >= 0 else -1
        if op in (code.ASSERT, code.ASSERT_NOT):
            direction, body = value
            start = i if direction > 0 else i - body.getwidth()[0]
            held = start >= 0 and self._run(body, 0, start, lambda j: j) >= 0
            return rest(i) if held == (op is code.ASSERT) else -1
        if op is code.AT:
            return rest(i) if self._at(value, i) else -1
        if op is code.GROUPREF:
            start, end = self.groups[value]
            captured = self.text[start:end]
            return rest(i + len(captured)) if self.text.startswith(captured, i) else -1
        return rest(i + 1) if i < len(self.text) and self._fits(op, value, self.text[i]) else -1

    def _grouped(self, number: int, start: int, end: int, then: Next) -> int:
        self.groups[number] = (start, end)
        return then(end)

    def _repeat(self, body: Any, low: int, high: int, i: int, then: Next, *, greedy: bool) -> int:
        if len(body) == 1 and greedy and body[0][0] in (code.LITERAL, code.NOT_LITERAL, code.IN, code.ANY):
            end = i
            while end < len(self.text) and end - i < high and self._run(body, 0, end, lambda j: j) >= 0:
                end += 1
            return next((matched for j in range(end, i + low - 1, -1) if (matched := then(j)) >= 0), -1)

        def again(count: int, j: int) -> int:
            def go_on(end: int) -> int:
                return again(count + 1, end) if end > j or count < low else -1

            if count < low:
                return self._run(body, 0, j, go_on)
            tries: list[Callable[[], int]] = [lambda: then(j)]
            if count < high:
                tries.insert(0 if greedy else 1, lambda: self._run(body, 0, j, go_on))
            return next((matched for attempt in tries if (matched := attempt()) >= 0), -1)

        return again(0, i)

    def _possessive(self, body: Any, low: int, high: int, i: int, then: Next) -> int:
        count = 0
        while count < high and (end := self._run(body, 0, i, lambda j: j)) >= 0:
            count += 1
            if end == i:
                break
            i = end
        return then(i) if count >= low else -1

    def _at(self, where: Any, i: int) -> bool:
        if where is code.AT_BEGINNING and not self.flags & re.MULTILINE:
            return i == 0
        source = {code.AT_BEGINNING: "(?m:^)", code.AT_END: "$", code.AT_END_STRING: r"\Z", code.AT_BOUNDARY: r"\b"}
        return re.compile(source[where], self.flags & re.MULTILINE).match(self.text, i) is not None

    def _fits(self, op: Any, value: Any, char: str) -> bool:
        if op is code.ANY:
            return char != "\n" or bool(self.flags & re.DOTALL)
        if op is code.IN:
            negated = value[0][0] is code.NEGATE
            return any(self._fits(kind, each, char) for kind, each in value[negated:]) != negated
        if op is code.CATEGORY:
            return re.fullmatch(_CATEGORIES[value], char) is not None
        chars = {char, char.lower(), char.upper()} if self.flags & re.IGNORECASE else {char}
        if op is code.RANGE:
            return any(value[0] <= ord(each) <= value[1] for each in chars if len(each) == 1)
        return (chr(value) in chars) == (op is code.LITERAL)


_CATEGORIES = {
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
}
