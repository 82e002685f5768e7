"""What each guild asks: the shared articles and its own, loaded when it first asks, never those of another guild."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pullquote.library.composition import Holdings
from pullquote.library.errors import ReloadCancelledError
from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from retrieval.errors import CorpusError, PullquoteError
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.libraries import names
from tests.support.owned import DEER, EELS, ONE, OTHER_BEES, PLENTY, SHARED, TWO, Owned


def code_of(guilds: Guilds, guild: int) -> str:
    with pytest.raises(CorpusError) as caught:
        guilds.corpus(guild)
    return caught.value.code


def test_a_guild_that_owns_nothing_asks_the_shared_corpus_itself(guilds: Guilds) -> None:
    assert guilds.corpus(ONE) is guilds.corpus(None) is guilds.shared.corpus
    assert guilds.loaded() == frozenset()


def test_a_guild_asks_the_shared_articles_and_its_own(guilds: Guilds, owned: Owned, letters: LetterEncoder) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    assert names(guilds.corpus(ONE)) == sorted([*SHARED, "deer.md"])
    # What the shared corpus knows is not encoded again.
    assert sorted(set(letters.encoded)) == ["Deer doze.", "deer"]


def test_no_guild_asks_what_another_owns(guilds: Guilds, owned: Owned) -> None:
    owned.own = {ONE: [DEER], TWO: [OTHER_BEES]}
    guilds.update(ONE)
    guilds.update(TWO)
    assert names(guilds.corpus(ONE)) == sorted([*SHARED, "deer.md"])
    assert names(guilds.corpus(TWO)) == sorted([*SHARED, "bees (2).txt"])
    assert names(guilds.corpus(None)) == SHARED


def test_a_guild_may_turn_the_shared_articles_off(guilds: Guilds, owned: Owned) -> None:
    owned.own[ONE], owned.alone = [DEER], {ONE}
    guilds.update(ONE)
    assert names(guilds.corpus(ONE)) == ["deer.md"]


def test_a_guild_with_nothing_to_ask_is_told_so(guilds: Guilds, owned: Owned) -> None:
    owned.alone = {ONE}
    assert code_of(guilds, ONE) == "guild-without-articles"
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    owned.own[ONE] = []
    guilds.update(ONE)
    assert code_of(guilds, ONE) == "guild-without-articles"


def test_a_start_finds_the_corpus_on_the_disk(
    guilds: Guilds, restarted: Guilds, owned: Owned, letters: LetterEncoder
) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    letters.encoded.clear()
    assert names(restarted.corpus(ONE)) == sorted([*SHARED, "deer.md"])
    restarted.settle()
    assert letters.encoded == []


def test_what_changed_while_the_bot_was_down_is_built_in_the_background(
    guilds: Guilds, restarted: Guilds, owned: Owned
) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    owned.own[ONE] = [EELS]
    assert "deer.md" in names(restarted.corpus(ONE))
    restarted.settle()
    assert names(restarted.corpus(ONE)) == sorted([*SHARED, "eels.md"])


def test_a_corpus_that_was_never_built_is_built_in_the_background(guilds: Guilds, owned: Owned) -> None:
    owned.own = {ONE: [DEER], TWO: [DEER]}
    owned.alone = {TWO}
    assert names(guilds.corpus(ONE)) == SHARED
    assert code_of(guilds, TWO) == "guild-corpus-in-the-making"
    guilds.settle()
    assert "deer.md" in names(guilds.corpus(ONE))
    assert names(guilds.corpus(TWO)) == ["deer.md"]


def test_a_reload_of_the_shared_articles_reaches_every_guild(guilds: Guilds, owned: Owned, folder: Path) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    (folder / "bees.txt").unlink()
    guilds.shared.reload("Ada")
    assert "bees.txt" in names(guilds.corpus(ONE))
    guilds.settle()
    assert names(guilds.corpus(ONE)) == ["ants.md", "cats.txt", "deer.md"]


def test_the_old_corpus_answers_while_the_new_one_is_built(
    guilds: Guilds, owned: Owned, letters: LetterEncoder
) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    reached, go_on = threading.Event(), threading.Event()

    def halt() -> None:
        reached.set()
        go_on.wait()

    letters.on_encode = halt
    owned.own[ONE] = [DEER, EELS]
    building = threading.Thread(target=guilds.update, args=(ONE,))
    building.start()
    reached.wait()
    assert "eels.md" not in names(guilds.corpus(ONE))
    go_on.set()
    building.join()
    assert "eels.md" in names(guilds.corpus(ONE))


def test_the_guild_that_asked_longest_ago_leaves_the_memory_first(
    animals: Library, owned: Owned, tmp_path: Path
) -> None:
    owned.own = {guild: [DEER] for guild in (1, 2, 3)}
    size = corpus_with(owned, animals, tmp_path).memory
    guilds = Guilds(animals, owned, tmp_path / "guilds", memory=2 * size)
    for guild in (1, 2):
        guilds.update(guild)
    guilds.corpus(1)
    guilds.update(3)
    assert guilds.loaded() == {1, 3}
    assert "deer.md" in names(guilds.corpus(2))
    assert guilds.loaded() == {2, 3}
    guilds.close()


def corpus_with(owned: Owned, animals: Library, tmp_path: Path) -> Corpus:
    guilds = Guilds(animals, owned, tmp_path / "elsewhere", PLENTY)
    guilds.update(1)
    guilds.close()
    return guilds.corpus(1)


def test_a_guild_larger_than_the_memory_is_served_all_the_same(animals: Library, owned: Owned, tmp_path: Path) -> None:
    owned.own[ONE] = [DEER]
    guilds = Guilds(animals, owned, tmp_path / "guilds", memory=1)
    guilds.update(ONE)
    assert "deer.md" in names(guilds.corpus(ONE))
    guilds.close()


def test_a_state_that_cannot_be_read_leaves_what_was_asked_before(
    guilds: Guilds, owned: Owned, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    owned.error = PullquoteError("busy")
    (folder / "bees.txt").unlink()
    guilds.shared.reload("Ada")
    assert "deer.md" in names(guilds.corpus(ONE))
    assert f"Guild {ONE} asks its corpus of before" in caplog.text
    with pytest.raises(PullquoteError):
        guilds.corpus(TWO)


def test_a_build_that_fails_leaves_what_was_asked_before(
    guilds: Guilds, owned: Owned, folder: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)

    def fail() -> None:
        raise MemoryError

    (folder / "bees.txt").unlink()
    guilds.shared.reload("Ada")
    owned.own[ONE] = [EELS]
    letters.on_encode = fail
    assert "deer.md" in names(guilds.corpus(ONE))
    guilds.settle()
    assert "deer.md" in names(guilds.corpus(ONE))
    assert f"The corpus of guild {ONE} could not be built" in caplog.text


def test_a_guild_that_left_for_good_leaves_nothing(guilds: Guilds, owned: Owned, tmp_path: Path) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    guilds.forget(ONE)
    assert list((tmp_path / "guilds").iterdir()) == []
    assert guilds.loaded() == frozenset()
    guilds.forget(TWO)


def test_a_closed_library_builds_no_more(guilds: Guilds, owned: Owned) -> None:
    owned.own[ONE] = [DEER]
    guilds.close()
    assert names(guilds.corpus(ONE)) == SHARED
    guilds.shared.close()
    with pytest.raises(ReloadCancelledError):
        guilds.update(ONE)


def test_who_asks_first_together_is_answered_together(animals: Library, tmp_path: Path) -> None:
    """Whoever comes while the guild's corpus is being brought in waits, and is not sent away."""
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Owned):
        def holdings(self, guild: int) -> Holdings:
            begun.set()
            go_on.wait()
            return super().holdings(guild)

    guilds = Guilds(animals, Slow(), tmp_path / "guilds", PLENTY)
    found: list[Corpus] = []
    askers = [threading.Thread(target=lambda: found.append(guilds.corpus(ONE))) for _ in range(3)]
    askers[0].start()
    begun.wait()
    for asker in askers[1:]:
        asker.start()
    assert found == []
    go_on.set()
    for asker in askers:
        asker.join()
    assert found == [animals.corpus] * 3
    guilds.close()
