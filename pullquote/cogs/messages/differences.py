"""What became of passages: a difference → lines with what came, went and changed, the changed words marked."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.cogs.messages.markup import fitted, length, line, shorten
from pullquote.library.difference import Difference, Rewording

# The length of a passage that came or went, of words that came or went in another passage, and of a whole rewording.
_PASSAGE = 160
_WORDS = 60
_REWORDING = 400
# How many words that stayed are shown on each side of words that changed.
_AROUND = 4
_OMITTED = "…"


def change_line(difference: Difference) -> str:
    """How many passages came, changed and went."""
    numbers = {"added": difference.added, "changed": difference.changed, "removed": difference.removed}
    told = [f"{len(passages):,} {name}" for name, passages in numbers.items() if passages]
    return ", ".join(told) if told else "nothing changes"


def difference_text(difference: Difference, room: int) -> str:
    """The difference, as much of it as fits into `room`."""
    return fitted([f"{change_line(difference)} · {difference.unchanged:,} unchanged", *_lines(difference)], room)


def _lines(difference: Difference) -> Iterator[str]:
    for rewording in difference.changed:
        yield f"- **Changed:** {_reworded(rewording)}"
    for text in difference.added:
        yield f"- **Added:** {line(text, _PASSAGE)}"
    for text in difference.removed:
        yield f"- **Removed:** {line(text, _PASSAGE)}"


def _reworded(rewording: Rewording) -> str:
    """The words that went, struck out, before the words that came, in bold, among a few that stayed."""
    pairs = list(rewording.words())
    if all(before == after for before, after in pairs):
        return f"only spaces and line ends, in “{line(rewording.after, _PASSAGE)}”"
    shown: list[str] = []
    room = _REWORDING
    for number, (before, after) in enumerate(pairs):
        if before == after:
            piece = _stayed(before.split(), is_first=number == 0, is_last=number == len(pairs) - 1)
        else:
            piece = " ".join([*_struck(before), *_strong(after)])
        room -= length(piece) + 1
        if room < 0:
            return f"{' '.join(shown)} {_OMITTED}"
        shown.append(piece)
    return " ".join(shown)


def _struck(words: str) -> Iterator[str]:
    if words:
        text = shorten(words, _WORDS)
        # Of three tildes Discord takes the first two for the mark, escaped or not.
        yield f"~~{text}\N{ZERO WIDTH SPACE}~~" if text.endswith("~") else f"~~{text}~~"


def _strong(words: str) -> Iterator[str]:
    if words:
        yield f"**{shorten(words, _WORDS)}**"


def _stayed(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """The words next to words that changed: behind them unless these are the first, before them unless the last."""
    left = [] if is_first else words[:_AROUND]
    right = [] if is_last else words[-_AROUND:]
    shown = words if len(left) + len(right) >= len(words) else [*left, _OMITTED, *right]
    return shorten(" ".join(shown), _PASSAGE)
