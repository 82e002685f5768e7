"""A long document in pieces, so that the parser's notes on all of it never fill the memory at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    resolve: Callable[[Any], tuple[str, str] | None] | None = None
