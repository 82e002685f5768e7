"""A guild is known once, however many transactions meet it first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text

from pullquote.library.state.database import Database
from pullquote.library.state.guilds import met
from tests.support.postgresql import Server
from tests.support.states import START, ZOO, execute, rows


@pytest.fixture
def remote(postgresql: Server) -> Iterator[Database]:
    """A database of PostgreSQL. In SQLite, transactions that change something follow one another."""
    with postgresql.database() as url:
        database = Database.open(url)
        yield database
        database.close()


def test_a_guild_that_another_transaction_meets_first(remote: Database) -> None:
    def be_faster(*_: object) -> None:
        execute(remote, f"INSERT INTO guilds VALUES ({ZOO}, now(), NULL, true, 7)")

    with remote.change() as session:
        event.listen(session, "before_flush", be_faster, once=True)
        assert met(session, ZOO, START).state == 7
        session.execute(text("UPDATE guilds SET state = state + 1"))
    assert rows(remote) == {"guilds": 1}
    with remote.read() as session:
        assert session.scalar(text("SELECT state FROM guilds")) == 8
