"""Errors as operators read them, where tests expect them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pullquote.library.problems import Remark
from pullquote.locales import for_operators
from retrieval.errors import PullquoteError, UnfitError


@contextmanager
def refusal(kind: type[PullquoteError], match: str) -> Iterator[pytest.ExceptionInfo[PullquoteError]]:
    """Expects an error of ours whose sentence matches."""
    with pytest.raises(kind) as caught:
        yield caught
    assert re.search(match, for_operators(caught.value)), for_operators(caught.value)


def problem_line(remark: Remark) -> str:
    return for_operators(remark.line)


def unfitness(error: UnfitError) -> str:
    """What is wrong with a thing, in the words that follow its name."""
    return for_operators(error.reason)
