"""What a language needs to word errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Sentences by code, for `str.format`. A code that is in two tables has other words for other readers.

    No sentence of `for_all` and `for_members` may name a path of the host or a setting's variable.
    """

    for_all: Mapping[str, str]
    for_operators: Mapping[str, str]
    for_members: Mapping[str, str]
    conjunction: str
    """The words between the last two entries of an enumeration, spaces included."""
