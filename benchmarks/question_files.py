"""Files of questions over real collections: a collection's package, its files, and questions with what answers them.

The texts stay in their packages: `benchmarks/questions/README.md` says how the files were written and what is right.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

QUESTIONS = Path(__file__).parent / "questions"

# What a reader may show or leave out: the marks of inline code and emphasis, and bars between a table's cells. White
# space differs wherever lines are wrapped.
_LEFT_OUT = str.maketrans("", "", "`*|")

Use = Literal["fit", "report"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Package(_Frozen):
    """Where a collection comes from. `folder` is where its documents lie in the package as it is unpacked."""

    kind: Literal["debian", "npm", "pypi"]
    package: str
    version: str
    licence: str
    folder: str


class AnsweringText(_Frozen):
    """A few words that only passages that answer hold.

    `file` is the name of their file in the folder, without ".gz" and before `rename`.
    """

    file: str
    text: str = Field(min_length=1)


class CollectionQuestion(_Frozen):
    """A question; without answers, if its collection does not answer it."""

    id: str
    question: str = Field(min_length=1)
    use: Use
    kind: Literal["fact", "how", "why", "list", "table", "code", "faq", "heading"] | None = None
    answers: tuple[AnsweringText, ...]


class Collection(_Frozen):
    """A file of questions. `files` are patterns of its documents' files, as they are on the disk."""

    collection: str
    title: str
    language: Literal["en", "de", "es", "fr"]
    source: Package = Field(alias="from")
    files: tuple[str, ...]
    rename: dict[str, str]
    """Endings, and the endings that say what such files really are."""
    questions: tuple[CollectionQuestion, ...]

    def renamed(self, file: str) -> str:
        """The file's name with the ending that says what it is."""
        for ending, telling in self.rename.items():
            if file.endswith(ending):
                return file.removesuffix(ending) + telling
        return file

    def of_use(self, use: Use) -> tuple[CollectionQuestion, ...]:
        """The questions to fit on, or those to report on."""
        return tuple(question for question in self.questions if question.use == use)


def read_collections() -> tuple[Collection, ...]:
    """All files of questions, in the order of their names."""
    return tuple(Collection.model_validate_json(path.read_bytes()) for path in sorted(QUESTIONS.glob("*.json")))


def squeezed(text: str) -> str:
    """The text without white space, marks of code and emphasis, and bars between cells: how texts are compared."""
    return "".join(text.translate(_LEFT_OUT).split())
