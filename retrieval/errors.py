"""What can go wrong in retrieval. The text of each error is a ready sentence for the person named in its docstring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path


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
    """For operators: there is no corpus to answer from. `str(error)` may name folders of the host."""


class NoFolderError(CorpusError):
    """The folder that should hold the articles does not exist, or for some `reason` cannot be opened."""

    def __init__(self, folder: Path, reason: str | None = None) -> None:
        super().__init__(
            f"The corpus folder at {folder} cannot be opened ({reason}). "
            "Name another folder, or mend its links and permissions."
            if reason
            else f"There is no corpus folder at {folder}. Create it and put .md or .txt files into it."
        )
        self.folder = folder
        self.reason = reason


class NoArticlesError(CorpusError):
    """No article is in the folder, or none that can be read: then `problems` has a line for each file."""

    def __init__(self, folder: str, problems: Sequence[str] = ()) -> None:
        super().__init__(
            "\n".join([f"No article in {folder} can be read:", *(f"- {problem}" for problem in problems)])
            if problems
            else f"There are no articles in {folder}. Put .md or .txt files there."
        )
        self.folder = folder
        self.problems = tuple(problems)


class NotSavedError(CorpusError):
    """The corpus could not be saved, so nothing changed. `reason` is the operating system's, where it gives one."""

    def __init__(self, folder: Path, reason: str | None) -> None:
        why = f" ({reason})" if reason else ""
        super().__init__(
            f"The corpus could not be saved in {folder}{why}. Nothing changed; make room or mend its permissions."
        )
        self.folder = folder
        self.reason = reason


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
