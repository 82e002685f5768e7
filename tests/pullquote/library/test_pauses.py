"""Pauses: how long a thread's turn is, and what collections of garbage no longer look at."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from pullquote.library.pauses import keep_out_of_collections, take_short_turns


class Thing:
    """Something that may refer to itself."""

    other: Thing


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    turn = sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.unfreeze()


def test_turns_become_short() -> None:
    take_short_turns()
    assert sys.getswitchinterval() == pytest.approx(0.0001)


def test_what_is_there_is_not_looked_at_any_more_but_freed_all_the_same() -> None:
    thing = Thing()
    gone = weakref.ref(thing)
    keep_out_of_collections()
    assert not any(each is thing for each in gc.get_objects())
    del thing
    assert gone() is None


def test_new_garbage_that_refers_to_itself_goes_before() -> None:
    thing = Thing()
    thing.other = thing
    gone = weakref.ref(thing)
    del thing
    keep_out_of_collections()
    assert gone() is None
