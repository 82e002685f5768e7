"""Messages that wait for their authors' consent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pullquote.library.consents import ConsentGoneError, Consents, Message, NotAgreedError, NotYourMessageError
from retrieval.reading.articles import Document
from retrieval.reading.media_types import MARKDOWN

HERE, AUTHOR, OTHER = 1, 2, 3
SAID = Message(
    HERE, AUTHOR, "Ants", "Ada", "https://example.org/1", dt.date(2026, 2, 3), (Document("a.md", MARKDOWN, b"Ants."),)
)


def test_a_message_is_there_once_its_author_agreed() -> None:
    consents = Consents()
    key = consents.keep(SAID)
    with pytest.raises(NotAgreedError):
        consents.agreed(key, HERE)
    with pytest.raises(NotYourMessageError):
        consents.agree(key, HERE, OTHER)
    assert consents.agree(key, HERE, AUTHOR) == replace(SAID, agreed=True)
    assert consents.agreed(key, HERE) == replace(SAID, agreed=True)


def test_it_is_there_in_its_guild_alone() -> None:
    consents = Consents()
    key = consents.keep(SAID)
    for guild in (HERE + 1, None):
        with pytest.raises(ConsentGoneError):
            consents.agree(key, guild, AUTHOR)


def test_it_is_gone_once_its_author_refused() -> None:
    consents = Consents()
    key = consents.keep(SAID)
    with pytest.raises(NotYourMessageError):
        consents.refuse(key, HERE, OTHER)
    consents.refuse(key, HERE, AUTHOR)
    with pytest.raises(ConsentGoneError):
        consents.agreed(key, HERE)


def test_it_is_gone_after_a_day() -> None:
    now = 0.0
    consents = Consents(lambda: now)
    key = consents.keep(SAID)
    now = 24 * 3600.0
    consents.agree(key, HERE, AUTHOR)
    now = 48 * 3600.0 + 1
    with pytest.raises(ConsentGoneError):
        consents.agreed(key, HERE)


def test_the_oldest_goes_when_there_is_no_room() -> None:
    consents = Consents(room=12)
    first, second, third = (consents.keep(SAID) for _ in range(3))
    with pytest.raises(ConsentGoneError):
        consents.agree(first, HERE, AUTHOR)
    assert consents.agree(second, HERE, AUTHOR).agreed
    assert consents.agree(third, HERE, AUTHOR).agreed


def test_a_message_that_is_larger_than_the_room_is_kept_alone() -> None:
    consents = Consents(room=1)
    first, second = consents.keep(SAID), consents.keep(SAID)
    assert consents.agree(second, HERE, AUTHOR).agreed
    with pytest.raises(ConsentGoneError):
        consents.agree(first, HERE, AUTHOR)
