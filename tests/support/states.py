"""What the tests of the state share: a clock that is set by hand, articles to put, looks into tables."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select, text

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.observer import Answered, QuestionEvent
from pullquote.library.observer import Origin as QuestionOrigin
from pullquote.library.records import NewVersion, Origin, OriginKind
from pullquote.library.state.audit import Action
from pullquote.library.state.base import Base
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from retrieval.answer import Verdict
from retrieval.reading.articles import read_article
from tests.support.documents import document
from tests.support.measures import Words

ZOO, FARM = 1100000000000000001, 1100000000000000002
MODERATOR = 1200000000000000001
START = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
UPLOAD = Origin(OriginKind.UPLOAD, "ants.txt")


class Clock:
    """The time, which passes only when somebody says so."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> dt.datetime:
        return self.time

    def pass_by(self, duration: dt.timedelta) -> None:
        self.time += duration


def answered(*quoted: str, guild: int | None = ZOO) -> QuestionEvent:
    """An answer in a guild that quoted articles, by what the guild's corpus calls them."""
    outcome = Answered(Verdict.ANSWERED, 0.9, waited_ms=1, answered_ms=1, together=1, quoted=quoted)
    return QuestionEvent(QuestionOrigin.SLASH, guild, 20, outcome)


def new(name: str, content: str | bytes, given: Given = NOTHING_GIVEN, origin: Origin = UPLOAD) -> NewVersion:
    """A file of this name and content, read as it would be."""
    put = document(name, content)
    return NewVersion(put, read_article(put, Words()), origin, given)


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has; tables without rows are left out."""
    with database.read() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    return {table: count for table, count in counts.items() if count}


def execute(database: Database, *statements: str) -> None:
    """Execute statements in one transaction, as nobody else does."""
    with database.change() as session:
        for statement in statements:
            session.execute(text(statement))


def texts(catalogue: Catalogue, guild: int = ZOO) -> dict[str, str]:
    """What the guild's articles say, by their names."""
    return {kept.name: kept.article.text for kept in catalogue.corpus(guild).versions if kept.article}


def changes(catalogue: Catalogue, guild: int = ZOO) -> list[tuple[Action, int | None]]:
    """What was done and the state that it made, the latest first."""
    return [(change.action, change.state) for change in catalogue.history(guild, 100)]


def refusal(error: pytest.ExceptionInfo[StateError]) -> tuple[str, dict[str, object]]:
    """The code and the fields of what was raised."""
    return error.value.code, dict(error.value.fields)
