"""What guilds own, by the state: read again after an update, left out where that fails, known by what was given."""

from __future__ import annotations

import logging

import pytest

from pullquote.library.given import Given, given_over
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.own_articles import OwnArticles
from pullquote.library.records import NewVersion, Origin, OriginKind
from retrieval.errors import CorpusError, ReadingStoppedError
from retrieval.reading.articles import digest
from tests.support.documents import document
from tests.support.states import FARM, MODERATOR, ZOO, new

ANTS, BEES = new("ants.md", "The ants dig."), new("bees.md", "The bees fly.", Given(title="On bees"))


@pytest.fixture
def own(guild_library: GuildLibrary) -> OwnArticles:
    return OwnArticles(guild_library.catalogue, guild_library.versions, guild_library.reader)


@pytest.fixture
def updated(guild_library: GuildLibrary, monkeypatch: pytest.MonkeyPatch) -> GuildLibrary:
    """The library with two articles, after an update that reads documents in another way."""
    guild_library.versions.put(ZOO, MODERATOR, [ANTS, BEES])
    monkeypatch.setattr("pullquote.library.state.sources.FORMAT", 1_000_000)
    return guild_library


def broken(name: str) -> NewVersion:
    """A document that was read as an article once, and that nobody can read any more."""
    return NewVersion(document(name, ""), new(name, "The cats.").article, Origin(OriginKind.TEXT))


def test_a_guild_owns_what_it_put(guild_library: GuildLibrary, own: OwnArticles) -> None:
    guild_library.versions.put(ZOO, MODERATOR, [ANTS, BEES])
    assert own.articles(ZOO) == (ANTS.article, given_over(BEES.article, BEES.given))
    assert own.holdings(ZOO).digests == {article.file: article.digest for article in own.articles(ZOO)}
    assert (own.articles(FARM), own.holdings(FARM).digests) == ((), {})


def test_a_guild_shares_unless_it_says_otherwise(guild_library: GuildLibrary, own: OwnArticles) -> None:
    guild_library.memberships.share(ZOO, MODERATOR, shared=False)
    assert (own.holdings(ZOO).shares, own.holdings(FARM).shares) == (False, True)


def test_what_was_given_changes_what_an_article_is_known_by(guild_library: GuildLibrary, own: OwnArticles) -> None:
    guild_library.versions.put(ZOO, MODERATOR, [ANTS])
    known = [own.holdings(ZOO).digests["ants.md"]]
    for given in (Given(title="On ants"), Given(title="Ants, again"), Given()):
        guild_library.versions.edit(ZOO, MODERATOR, "ants.md", given)
        known.append(own.holdings(ZOO).digests["ants.md"])
        [article] = own.articles(ZOO)
        assert (article.digest, article.title) == (known[-1], given.title or "ants")
    assert known[0] == known[3] == digest(b"The ants dig.")
    assert len(set(known)) == 3


def test_after_an_update_documents_are_read_again_once(updated: GuildLibrary, own: OwnArticles) -> None:
    assert [kept.article for kept in updated.catalogue.corpus(ZOO).versions] == [None, None]
    expected = (ANTS.article, given_over(BEES.article, BEES.given))
    assert own.articles(ZOO) == expected
    updated.reader.stop()
    assert own.articles(ZOO) == expected
    assert updated.catalogue.current(ZOO).state == 1


def test_what_cannot_be_read_any_more_is_left_out(
    updated: GuildLibrary, own: OwnArticles, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    updated.versions.put(ZOO, MODERATOR, [broken("cats.md")])
    monkeypatch.setattr("pullquote.library.state.sources.FORMAT", 2_000_000)
    with caplog.at_level(logging.WARNING):
        assert [article.file for article in own.articles(ZOO)] == ["ants.md", "bees.md"]
    [line] = caplog.messages
    assert line.startswith(f"An article of guild {ZOO} is left out: cats.md: is empty")


def test_a_guild_asks_what_can_be_read(
    updated: GuildLibrary, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    updated.versions.put(ZOO, MODERATOR, [broken("cats.md")])
    updated.versions.put(FARM, MODERATOR, [broken("cats.md")])
    updated.memberships.share(FARM, MODERATOR, shared=False)
    monkeypatch.setattr("pullquote.library.state.sources.FORMAT", 2_000_000)
    updated.guilds.update(ZOO)
    assert [article.file for article in updated.guilds.corpus(ZOO).articles] == [
        "ants (2).md",
        "ants.md",
        "bees.md",
        "bees.txt",
        "cats.txt",
    ]
    with pytest.raises(CorpusError) as caught:
        updated.guilds.update(FARM)
    assert caught.value.code == "no-article"
    assert caplog.text.count("is left out") == 2


def test_after_a_stop_nothing_is_read(updated: GuildLibrary, own: OwnArticles) -> None:
    updated.reader.stop()
    with pytest.raises(ReadingStoppedError):
        own.articles(ZOO)
