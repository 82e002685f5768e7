"""Words' vectors that are damaged on the disk are mended, in the corpus that has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from retrieval.errors import CorpusError
from tests.support.libraries import names
from tests.support.owned import DEER, EELS, ONE, SHARED, TWO, Owned


def test_words_damaged_on_the_disk_are_mended(guilds: Guilds, owned: Owned) -> None:
    owned.own[ONE] = [DEER]
    guilds.update(ONE)
    damaged = guilds.corpus(ONE)
    mended = guilds.mended(ONE, damaged)
    assert mended is not damaged
    assert names(mended) == names(damaged)
    # The second thread that met the damage finds it mended.
    assert guilds.mended(ONE, damaged) is guilds.corpus(ONE) is mended
    assert names(guilds.mended(TWO, guilds.corpus(TWO))) == names(guilds.mended(None, guilds.corpus(None))) == SHARED


def test_damage_to_the_shared_words_is_mended_in_the_shared_corpus(guilds: Guilds, owned: Owned) -> None:
    damaged = guilds.shared.corpus
    mended = guilds.mended(TWO, damaged)
    assert mended is guilds.shared.corpus is guilds.mended(TWO, damaged)
    assert mended is not damaged
    # A guild asks the shared corpus, too, while its own is not built yet.
    guilds.close()
    owned.own[ONE] = [DEER]
    damaged = guilds.corpus(ONE)
    mended = guilds.mended(ONE, damaged)
    assert mended is guilds.shared.corpus is guilds.corpus(ONE)
    assert mended is not damaged


def test_damage_brings_nothing_back_that_was_taken_out(guilds: Guilds, restarted: Guilds, owned: Owned) -> None:
    owned.own, owned.alone = {ONE: [DEER], TWO: [DEER]}, {TWO}
    for guild in (ONE, TWO):
        guilds.update(guild)
    damaged = {guild: guilds.corpus(guild) for guild in (ONE, TWO)}
    owned.own = {}
    assert names(restarted.mended(ONE, damaged[ONE])) == SHARED
    with pytest.raises(CorpusError) as caught:
        restarted.mended(TWO, damaged[TWO])
    assert caught.value.code == "guild-without-articles"
    owned.own = {ONE: [EELS]}
    guilds.update(ONE)
    assert names(guilds.mended(ONE, damaged[ONE])) == sorted([*SHARED, "eels.md"])


def test_what_mends_a_corpus_is_let_go_like_any_other(animals: Library, owned: Owned, tmp_path: Path) -> None:
    owned.own = {ONE: [DEER], TWO: [EELS]}
    guilds = Guilds(animals, owned, tmp_path / "guilds", memory=1)
    guilds.update(ONE)
    damaged = guilds.corpus(ONE)
    guilds.update(TWO)
    assert names(guilds.mended(ONE, damaged)) == names(damaged)
    assert guilds.loaded() == {ONE}
    guilds.close()
