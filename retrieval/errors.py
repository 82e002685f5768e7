"""What can go wrong in retrieval: codes and fields, never sentences. A front end words them for its readers.

Codes are unique in the whole program. Texts from elsewhere, such as the operating system's, are fields as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not as it should be, or what had to be guessed."""

    code: str
    fields: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, /, **fields: Field) -> Reason:
        """A reason with these fields."""
        return cls(code, fields)


Field = str | int | float | dt.datetime | Reason | tuple[str, ...] | tuple[Reason, ...]
"""What a front end fills into a sentence: its own words for a Reason, an enumeration or lines for a tuple."""


class PullquoteError(Exception):
    """The base of all errors of Pullquote. `str(error)` is for developers."""

    def __init__(self, code: str, /, **fields: Field) -> None:
        super().__init__(f"{code}: {fields}" if fields else code)
        self.code = code
        self.fields: Mapping[str, Field] = fields


class UnfitError(ValueError):
    """What is wrong with a file or a model, raised where its name is not known yet."""

    def __init__(self, code: str, /, **fields: Field) -> None:
        super().__init__(f"{code}: {fields}" if fields else code)
        self.reason = Reason(code, fields)


class QuestionError(PullquoteError):
    """For members: the question cannot be looked up as it stands."""


class ArticleError(PullquoteError):
    """For moderators: one file cannot be read as an article."""

    def __init__(self, file: str, reason: Reason) -> None:
        super().__init__("article", file=file, reason=reason)
        self.file = file
        self.reason = reason


class CorpusError(PullquoteError):
    """For operators, and in other words for moderators: there is no corpus to answer from."""


class ModelError(PullquoteError):
    """For operators: the sentence-transformers model cannot be loaded or is not the expected model."""


class SnapshotError(PullquoteError):
    """For operators, in the log: a saved snapshot is damaged or does not match; it is rebuilt from the articles."""


class ReadingStoppedError(PullquoteError):
    """For the log: the program is shutting down, so the reading of a file was given up."""

    def __init__(self) -> None:
        super().__init__("reading-stopped")
