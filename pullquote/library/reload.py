"""What a reload did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pullquote.library.problems import Problem, Remark
from retrieval.article import Article


@dataclass(frozen=True, slots=True)
class Changes:
    """The articles before a reload and after it, told apart by file."""

    added: tuple[Article, ...]
    changed: tuple[Article, ...]
    removed: tuple[Article, ...]
    unchanged: tuple[Article, ...]

    @classmethod
    def between(cls, before: Iterable[Article], after: Iterable[Article]) -> Changes:
        """What became of the articles. A changed article is shown in its new version."""
        old, new = ({article.file: article for article in articles} for articles in (before, after))
        return cls(
            added=tuple(article for file, article in new.items() if file not in old),
            changed=tuple(article for file, article in new.items() if file in old and old[file] != article),
            removed=tuple(article for file, article in old.items() if file not in new),
            unchanged=tuple(article for file, article in new.items() if old.get(file) == article),
        )


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload changed, how long it took, and what is wrong with the articles."""

    changes: Changes
    passages_encoded: int
    passages_reused: int
    seconds: float
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
