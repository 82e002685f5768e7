"""No regular expression of the program takes more than proportional steps, whatever text it meets."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.backtracking import Machine
from tests.support.slow_patterns import BOUNDED, UsedPattern, patterns, slowness

PATTERNS = [used for used in patterns() if used.name.rpartition(".")[2] not in BOUNDED]


@pytest.fixture(autouse=True)
def _deep_recursion() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("used", PATTERNS, ids=[used.name for used in PATTERNS])
def test_the_steps_grow_no_faster_than_the_text(used: UsedPattern) -> None:
    assert slowness(used) is None


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"(?:\[[^\[\].!?\n]{1,30}\]|[\W_])+", "fullmatch"),  # it froze the bot
        (r"(a+)+b", "match"),
        (r"(?:a|aa)*c", "match"),
        (r"\s+$", "search"),
        (r"<#\d+[^>\s]*>", "sub"),
        (r"<!--.*?-->", "sub"),
    ],
)
def test_slow_patterns_are_found(pattern: str, use: str) -> None:
    assert slowness(UsedPattern("slow", re.compile(pattern), frozenset({use}))) is not None


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.sampled_from(PATTERNS), st.text(st.sampled_from("aB1 .-[](<>!/\n'”"), max_size=12))
def test_the_machine_finds_what_re_finds(used: UsedPattern, text: str) -> None:
    if isinstance(used.pattern.pattern, str):
        match = used.pattern.match(text)
        assert Machine(used.pattern, text, 100_000).match(0) == (match.end() if match else -1)
