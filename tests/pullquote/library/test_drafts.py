"""Drafts wait for the moderator who made them, for a while and in bounded memory."""

from __future__ import annotations

import pytest

from pullquote.library.drafts import Draft, DraftGoneError, Drafts, NotYourDraftError, Part
from pullquote.library.given import Given, given_over
from tests.support.clocks import Seconds
from tests.support.states import FARM, MODERATOR, ZOO, new

ANTS, BEES = new("ants.md", "The ants dig."), new("bees.md", "The bees fly from flower to flower.")
QUARTER_OF_AN_HOUR = 15 * 60.0


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def drafts(seconds: Seconds) -> Drafts:
    return Drafts(seconds)


def draft(*parts: Part) -> Draft:
    return Draft(ZOO, MODERATOR, parts or (Part(ANTS),))


def gone(drafts: Drafts, key: str) -> bool:
    try:
        drafts.of(key, ZOO, MODERATOR)
    except DraftGoneError:
        return True
    return False


def test_a_part_is_the_article_as_members_will_meet_it() -> None:
    given = Given(title="On ants")
    [part] = draft().described(given).parts
    assert part.article == given_over(ANTS.article, given)
    assert (part.new.article, part.new.given) == (ANTS.article, given)
    assert Part(ANTS).article == ANTS.article


def test_a_draft_is_as_large_as_its_documents() -> None:
    assert draft(Part(ANTS), Part(BEES)).size == len("The ants dig.") + len("The bees fly from flower to flower.")


def test_a_draft_is_there_for_whoever_made_it(drafts: Drafts) -> None:
    ants, bees = draft(), draft(Part(BEES))
    keys = drafts.keep(ants), drafts.keep(bees)
    assert [drafts.of(key, ZOO, MODERATOR) for key in keys] == [ants, bees]
    assert [len(key) for key in keys] == [16, 16]


@pytest.mark.parametrize(("guild", "by"), [(FARM, MODERATOR), (ZOO, 7), (None, MODERATOR)])
def test_a_draft_is_for_nobody_else(drafts: Drafts, guild: int | None, by: int) -> None:
    key = drafts.keep(draft())
    with pytest.raises(NotYourDraftError) as caught:
        drafts.of(key, guild, by)
    assert caught.value.code == "draft-of-another"


def test_a_draft_that_was_never_made_is_gone(drafts: Drafts) -> None:
    with pytest.raises(DraftGoneError) as caught:
        drafts.of("0" * 16, ZOO, MODERATOR)
    assert caught.value.code == "draft-gone"


def test_a_draft_that_was_dropped_is_gone(drafts: Drafts) -> None:
    key = drafts.keep(draft())
    drafts.drop(key)
    drafts.drop(key)
    assert gone(drafts, key)


def test_a_draft_can_be_replaced_but_not_brought_back(drafts: Drafts) -> None:
    key, other = drafts.keep(draft()), draft(Part(BEES))
    drafts.replace(key, other)
    assert drafts.of(key, ZOO, MODERATOR) == other
    drafts.drop(key)
    drafts.replace(key, other)
    assert gone(drafts, key)


def test_a_draft_lasts_a_quarter_of_an_hour_whatever_is_done_to_it(drafts: Drafts, seconds: Seconds) -> None:
    first = drafts.keep(draft())
    seconds.now += 1
    second = drafts.keep(draft())
    drafts.replace(first, draft(Part(BEES)))
    seconds.now += QUARTER_OF_AN_HOUR - 1
    assert not gone(drafts, first)
    seconds.now += 1
    assert (gone(drafts, first), gone(drafts, second)) == (True, False)
    seconds.now += 1
    assert gone(drafts, second)


def test_the_oldest_drafts_make_room_but_the_newest_stays() -> None:
    drafts = Drafts(room=2 * draft().size)
    keys = [drafts.keep(draft()) for _ in range(3)]
    assert [gone(drafts, key) for key in keys] == [True, False, False]
    large = drafts.keep(draft(Part(BEES)))
    assert [gone(drafts, key) for key in [*keys, large]] == [True, True, True, False]
