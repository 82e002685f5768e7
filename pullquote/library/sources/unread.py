"""Files in a corpus folder whose kind is not read: a few were meant as articles, the others are only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pullquote.library.problems import Remark
from retrieval.errors import Reason

# How many kinds of files are named.
_NAMED = 6
_DOCUMENT = Reason.of("unread-document")
_BOOK = Reason.of("unread-book")
_MARKUP = Reason.of("unread-markup")
# What somebody may have put there for members to ask about, and what helps.
_MEANT = {
    **dict.fromkeys((".doc", ".docm", ".odt", ".pages", ".rtf"), _DOCUMENT),
    **dict.fromkeys((".azw3", ".fb2", ".mobi"), _BOOK),
    **dict.fromkeys((".creole", ".mediawiki", ".org", ".tex", ".textile", ".wiki"), _MARKUP),
}


def remarks_on(files: Iterable[str]) -> Iterator[Remark]:
    """A remark for each file that may have been meant as an article, and one that counts all others by their kind."""
    others: Counter[str] = Counter()
    for file in files:
        ending = PurePosixPath(file).suffix.lower()
        if ending in _MEANT:
            yield Remark(file, _MEANT[ending])
        else:
            others[ending] += 1
    if others:
        yield Remark(None, _counted(others))


def _counted(endings: Counter[str]) -> Reason:
    """How many files there are of each kind, the most frequent kinds first."""
    ranked = sorted(endings.items(), key=lambda each: (-each[1], each[0]))
    kinds = [f"{count:,} {ending or 'without ending'}" for ending, count in ranked[:_NAMED]]
    if rest := sum(count for _, count in ranked[_NAMED:]):
        kinds.append(f"{rest:,} others")
    if endings.total() == 1:
        return Reason.of("file-not-article", kind=kinds[0])
    return Reason.of("files-not-articles", files=endings.total(), kinds=tuple(kinds))
