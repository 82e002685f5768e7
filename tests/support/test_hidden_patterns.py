"""Patterns that the check of slow patterns would not see are refused."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from tests.support.hidden_patterns import hidden_patterns
from tests.support.slow_patterns import sources

FILES = dict(sources())


@pytest.mark.parametrize("file", FILES, ids=str)
def test_the_program_names_all_its_patterns(file: PurePath) -> None:
    assert hidden_patterns(FILES[file]) == []


def test_a_named_pattern_may_be_used_anywhere() -> None:
    source = 'import re\n_WORD = re.compile(r"\\w+")\n\n\ndef first(text):\n    return _WORD.match(re.escape(text))\n'
    assert hidden_patterns(source) == []


@pytest.mark.parametrize(
    "line",
    [
        'def found(text):\n    return re.search("a+", text)',
        'def split(text):\n    return [part for part in re.split("[/:]", text)]',
        'def pattern():\n    return re.compile("a+")',
        'class Words:\n    WORD = re.compile("a+")',
        'PATTERNS = [\n    re.compile("a+")]',
        'WORD = re.sub("a+", "", "a")',
        'FIRST = re.compile("a+").match(\n    re.sub("b", "", "bab"))',
    ],
)
def test_patterns_without_a_name_of_their_own_are_found(line: str) -> None:
    assert len(hidden_patterns(f"import re\n{line}\n")) == line.count("re.")


@pytest.mark.parametrize("line", ["from re import compile", "import re as regular"])
def test_other_names_for_re_are_refused(line: str) -> None:
    assert hidden_patterns(f"import sys\n{line}\n") == [2]
