"""How many of torch's threads a forward pass uses: few for a question, beside which others wait; many for a build."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


def free_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads of one forward pass, by what it encodes.

    Each operation of the model waits for the slowest of its threads. On two cores with nothing else to do a question
    took 0.7 times as long with two threads as with one, beside two busy processes 7 times as long
    (`python -m benchmarks.threads`).
    """

    question: int = 1
    build: int = field(default_factory=free_cores)


@contextmanager
def torch_threads(count: int) -> Iterator[None]:
    """Let the code inside use `count` of torch's threads. Other threads of the program keep their number."""
    import torch  # takes seconds; the settings must not wait for it

    # OpenMP keeps the number for each thread that calls it. A thread new to torch starts with the number that any
    # thread set last, so that each pass has to set its own.
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
