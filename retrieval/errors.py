"""What can go wrong in retrieval. The text of each error is a ready sentence for the person named in its docstring."""

from __future__ import annotations

from datetime import datetime


class PullquoteError(Exception):
    """Base of all our own errors: `str(error)` may be shown as it is."""


class QuestionError(PullquoteError):
    """For members: the question cannot be looked up as it stands."""


class ArticleError(PullquoteError):
    """For moderators: one file cannot be read as an article."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class CorpusError(PullquoteError):
    """For moderators and operators: there is no corpus to answer from."""


class ModelError(PullquoteError):
    """For operators: the sentence-transformers model cannot be loaded or is not the one expected."""


class SnapshotError(PullquoteError):
    """For operators, in the log: a saved snapshot is damaged or does not match; it is rebuilt from the articles."""


class ReloadInProgressError(PullquoteError):
    """For moderators: a reload is under way already."""

    def __init__(self, started_by: str, started_at: datetime) -> None:
        super().__init__(f"A reload is already running, started by {started_by} at {started_at:%H:%M:%S} UTC.")
        self.started_by = started_by
        self.started_at = started_at


class ReloadCancelledError(PullquoteError):
    """For the log: the program is shutting down, so the reload was given up. Nothing changed."""

    def __init__(self) -> None:
        super().__init__("The reload was stopped because the bot is shutting down. Nothing changed.")


class ReadingStoppedError(PullquoteError):
    """For the log: the program is shutting down, so the reading of a file was given up."""

    def __init__(self) -> None:
        super().__init__("The reading was stopped because the bot is shutting down.")
