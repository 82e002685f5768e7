"""Pauses in which all threads wait for one, and what makes them short: others ask while a corpus is built."""

from __future__ import annotations

import gc
import sys

# Seconds. A forward pass of the model gives its turn away dozens of times, and waits for the next as long as this each
# time while another thread works in Python. Beside such a thread a question took 645 ms with Python's 5 ms (median of
# 60; 844 at most), and 42 ms with these (48 at most); alone it took 13 ms. Shorter turns gained nothing.
_TURN = 0.000_1


def take_short_turns() -> None:
    """Have threads take shorter turns than Python's own."""
    sys.setswitchinterval(_TURN)


def keep_out_of_collections() -> None:
    """Let collections of garbage no longer look at the objects that are there, most of which are of corpora.

    A collection that looks at a corpus of 3,000 passages and at the model's libraries stops all threads for a third of
    a second. Objects are freed all the same when nobody refers to them, but garbage that refers to itself is not: what
    is new of that goes before.
    """
    gc.collect(1)
    gc.freeze()
