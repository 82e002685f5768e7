"""Little folders of articles, and the command line as tests run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.program import Ended

MakeFolder = Callable[[Mapping[str, str | bytes]], Path]
CommandLine = Callable[..., Ended]

# Three short articles on things that have nothing to do with each other, so that each question has one right passage.
ARTICLES: Mapping[str, str | bytes] = {
    "lighthouse.md": (
        "---\ntitle: The lighthouse at Gull Point\nurl: https://example.org/lighthouse\n---\n\n"
        "## Building\n\nThe tower was finished in 1874. Its lamp burned whale oil.\n\n"
        "## Keepers\n\nThe last keeper left in 1962, when the light became automatic. He took his cat with him.\n"
    ),
    "honey.md": (
        "# How bees make honey\n\nForagers carry nectar home in a second stomach. It holds seventy milligrams.\n\n"
        "Other bees fan their wings until most of the water is gone.\n"
    ),
    "chess.txt": (
        "A pawn that reaches the far side is promoted.\nMost players choose a queen.\n\n"
        "Castling moves the king two squares. It is not allowed while the king is in check."
    ),
}
