"""How far long work is: which step it is at, and how much of that step is done."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What long work is doing."""

    READING = "Reading"
    """Files become articles."""
    ENCODING = "Encoding"
    """Texts become vectors."""
    ASKING = "Asking"
    """Questions of a set get their answers."""


Progress = Callable[[Step, int, int], None]
"""Called with the step, how much of it is done, and how much there is in all. May raise, to give the work up."""
