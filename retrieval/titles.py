"""What tells articles of one title apart: "server › FAQ" and "proxy › FAQ"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from retrieval.article import Article

_Path = tuple[str, ...]


def shown_titles(articles: Sequence[Article]) -> tuple[str, ...]:
    """The title of each article; before a title that several articles have, the folders in which their paths differ.

    Within one folder the name of the file tells them apart. Capitals in a title make no difference.
    """
    titles = [article.title for article in articles]
    groups: dict[str, list[int]] = {}
    for row, title in enumerate(titles):
        groups.setdefault(title.casefold(), []).append(row)
    for rows in groups.values():
        if len(rows) > 1:
            paths = _differences([PurePosixPath(articles[row].file) for row in rows])
            for row, path in zip(rows, paths, strict=True):
                titles[row] = " › ".join([*path, titles[row]])
    return tuple(titles)


def _differences(files: Sequence[PurePosixPath]) -> Iterator[_Path]:
    """The part of each path that no other path has: folders, without those that all paths begin or end with."""
    folders = [file.parent.parts for file in files]
    lead = _shared(folders)
    trail = _shared([parts[lead:][::-1] for parts in folders])
    middles = [parts[lead : len(parts) - trail] for parts in folders]
    count = Counter(middles)
    for file, middle in zip(files, middles, strict=True):
        yield middle if count[middle] == 1 else (*middle, file.name)


def _shared(paths: Sequence[_Path]) -> int:
    """How many parts all paths begin with."""
    return sum(1 for _ in takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False)))
