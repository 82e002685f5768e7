"""The progress of long work: its step, and how much of the step is done."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """A step of long work."""

    READING = "Reading"
    """Files become articles."""
    ENCODING = "Encoding"
    """Texts become vectors."""
    ASKING = "Asking"
    """Questions of a set get their answers."""


Progress = Callable[[Step, int, int], None]
"""Called with the step, the number of its parts that are done, and the number of its parts. May raise, to end work."""
