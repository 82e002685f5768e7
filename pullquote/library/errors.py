"""What can go wrong while a library reads, builds and saves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pullquote.library.problems import Remark
from retrieval.errors import CorpusError, PullquoteError, Reason


class NoFolderError(CorpusError):
    """The folder that should hold the articles does not exist, or for some `reason` cannot be opened."""

    def __init__(self, folder: Path, reason: str | None = None) -> None:
        if reason:
            super().__init__("folder-cannot-open", folder=str(folder), reason=reason)
        else:
            super().__init__("no-folder", folder=str(folder))


class NoArticlesError(CorpusError):
    """The source has no article, or no article that can be read: then it is said of each file why."""

    def __init__(self, source: str, said: tuple[Remark, ...] = ()) -> None:
        if said:
            super().__init__(
                "no-article-readable",
                folder=source,
                problems=tuple(Reason.of("item", reason=remark.line) for remark in said),
            )
        else:
            super().__init__("no-articles", folder=source)


class NotSavedError(CorpusError):
    """The corpus could not be saved, so nothing changed. `reason` is the operating system's."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__("not-saved", folder=str(folder), reason=reason)


class ReloadInProgressError(PullquoteError):
    """For moderators: a reload is under way already."""

    def __init__(self, started_by: str, started_at: datetime) -> None:
        super().__init__("reload-running", started_by=started_by, started_at=started_at)
        self.started_by = started_by
        self.started_at = started_at


class ReloadCancelledError(PullquoteError):
    """For the log: the program is shutting down, so the reload was given up. Nothing changed."""

    def __init__(self) -> None:
        super().__init__("reload-cancelled")


class ArticleGoneError(PullquoteError):
    """For moderators: the article that a button leads to is not asked any more."""

    def __init__(self) -> None:
        super().__init__("article-gone")


class FetchError(PullquoteError):
    """For moderators: a web page cannot be fetched. `reason.code` says why: each begins with "page-"."""

    def __init__(self, page: str, reason: Reason) -> None:
        super().__init__("page-not-fetched", page=page, reason=reason)
        self.page = page
        self.reason = reason


class NotInForceError(PullquoteError):
    """For moderators: a change was made, but the corpus could not be built. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("not-in-force", reason=reason)
