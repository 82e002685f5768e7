"""Who reads an answer, where the bot cannot know the channel."""

from __future__ import annotations

from pullquote.cogs.audiences import public_seat
from pullquote.library.guild_answerer import Seat


def test_of_a_channel_that_is_not_known_only_everybody_is() -> None:
    assert public_seat(object(), 7) == Seat(7, frozenset({7}))


def test_in_a_direct_message_there_is_no_audience() -> None:
    assert public_seat(object(), None) == Seat(None)
