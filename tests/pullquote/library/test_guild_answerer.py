"""Questions of many guilds are answered together, each from its own guild's corpus, whatever happens to another's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pullquote.library.guild_answerer import Asked, GuildAnswerer
from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import CorpusError, PullquoteError
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder, article
from tests.support.libraries import names
from tests.support.made_answers import SHIPPED
from tests.support.owned import Owned

ONE, TWO, THREE, NOBODY = 1, 2, 3, 4
DEER, EELS = article("Deer doze.", "deer.txt"), article("Eels eat.", "eels.txt")
PLENTY = 1 << 30


@pytest.fixture
def owned() -> Owned:
    return Owned({ONE: [DEER], TWO: [EELS]}, alone={TWO, NOBODY})


@pytest.fixture
def guilds(animals: Library, owned: Owned, tmp_path: Path) -> Guilds:
    return opened(animals, owned, tmp_path)


@pytest.fixture
def answerer(animals: Library, guilds: Guilds) -> GuildAnswerer:
    return GuildAnswerer(Answerer(animals, SHIPPED), guilds)


def opened(animals: Library, owned: Owned, tmp_path: Path, memory: int = PLENTY) -> Guilds:
    """The guilds as after a start, their corpora built before."""
    first = Guilds(animals, owned, tmp_path / "guilds", PLENTY)
    for guild in (ONE, TWO):
        first.update(guild)
    first.close()
    return Guilds(animals, owned, tmp_path / "guilds", memory)


def ask(answerer: GuildAnswerer, *asked: tuple[str, int | None]) -> list[str]:
    """What is quoted first in each answer, or the code of the error."""
    answers = answerer.answer_all([Asked(Question.parse(text), guild) for text, guild in asked])
    return [shown(answer) for answer in answers]


def shown(answer: Answer | PullquoteError) -> str:
    return answer.code if isinstance(answer, PullquoteError) else answer.hits[0].text


def damage(folder: Path) -> None:
    """Cut the file of the words' vectors."""
    [file] = folder.glob("**/words.int8")
    os.truncate(file, 0)


ALL = (("Do deer doze?", ONE), ("Do eels eat?", TWO), ("Do bees fly?", THREE), ("Do cats sleep?", None))
QUOTED = ["Deer doze.", "Eels eat.", "Bees fly.", "Cats sleep."]


def test_each_question_is_answered_from_its_guild_s_corpus(answerer: GuildAnswerer) -> None:
    assert ask(answerer, *ALL) == QUOTED
    assert ask(answerer, *reversed(ALL)) == QUOTED[::-1]
    answers = answerer.answer_all([Asked(Question.parse("Do deer eat?"), guild) for guild in (ONE, TWO, None, ONE)])
    files = [{hit.article.file for hit in answer.hits} for answer in answers if isinstance(answer, Answer)]
    assert ["deer.txt" in each for each in files] == [True, False, False, True]
    assert ["eels.txt" in each for each in files] == [False, True, False, False]


def test_together_they_are_answered_as_alone(answerer: GuildAnswerer) -> None:
    asked = [Asked(Question.parse(text), guild) for text, guild in ALL]
    together = answerer.answer_all(asked)
    alone = [answer for each in asked for answer in answerer.answer_all([each])]
    for ours, theirs in zip(together, alone, strict=True):
        assert isinstance(ours, Answer)
        assert isinstance(theirs, Answer)
        assert (ours.verdict, ours.hits, ours.topic) == (theirs.verdict, theirs.hits, theirs.topic)


def test_a_guild_s_error_reaches_its_questions_alone(answerer: GuildAnswerer) -> None:
    asked = (("Do deer doze?", NOBODY), *ALL, ("Do cats sleep?", NOBODY))
    assert ask(answerer, *asked) == ["guild-without-articles", *QUOTED, "guild-without-articles"]


def test_where_no_guild_can_be_answered_each_gets_its_error(
    animals: Library, guilds: Guilds, owned: Owned, encoder: SentenceTransformerEncoder
) -> None:
    owned.error = PullquoteError("database-locked")
    # The real encoder would not take an empty list of questions for granted.
    animals.encoder = encoder
    answerer = GuildAnswerer(Answerer(animals, SHIPPED), guilds)
    assert ask(answerer, ("Do deer doze?", ONE), ("Do eels eat?", TWO)) == ["database-locked"] * 2
    assert answerer.answer_all([]) == []


@pytest.mark.parametrize("damaged", ["guilds/1", "data", "guilds"])
def test_words_damaged_on_the_disk_are_mended(answerer: GuildAnswerer, tmp_path: Path, damaged: str) -> None:
    assert ask(answerer, *ALL) == QUOTED
    if damaged == "guilds":
        damage(tmp_path / "guilds" / "1")
        damage(tmp_path / "guilds" / "2")
    else:
        damage(tmp_path / damaged)
    assert ask(answerer, *ALL, *ALL) == QUOTED * 2
    assert ask(answerer, *ALL) == QUOTED


def test_damage_that_cannot_be_mended_reaches_its_guild_alone(
    answerer: GuildAnswerer, owned: Owned, tmp_path: Path
) -> None:
    """A guild's corpus is damaged, and before it is mended the guild takes out all of its articles."""
    assert ask(answerer, *ALL) == QUOTED
    corpus = answerer.guilds.corpus(TWO)
    damage(tmp_path / "guilds" / "2")
    owned.own[TWO] = []

    class Meanwhile(Guilds):
        def corpus(self, guild: int | None) -> object:  # type: ignore[override]
            return corpus if guild == TWO else super().corpus(guild)

    meanwhile = Meanwhile(answerer.guilds.shared, owned, tmp_path / "guilds", PLENTY)
    asked = ask(GuildAnswerer(answerer.answerer, meanwhile), *ALL)
    assert asked == ["Deer doze.", "guild-without-articles", "Bees fly.", "Cats sleep."]


def test_a_corpus_that_was_let_go_meanwhile_is_mended(
    animals: Library, owned: Owned, tmp_path: Path, letters: LetterEncoder
) -> None:
    guilds = opened(animals, owned, tmp_path, memory=1)
    corpus = guilds.corpus(ONE)
    guilds.corpus(TWO)
    assert guilds.loaded() == {TWO}
    damage(tmp_path / "guilds" / "1")
    letters.encoded.clear()
    mended = guilds.mended(ONE, corpus)
    guilds.settle()
    assert mended is guilds.corpus(ONE)
    assert mended is not corpus
    assert names(mended) == names(corpus)
    assert "Deer doze." in letters.encoded
    answer = Answerer(animals, SHIPPED).answer_each([Question.parse("Do deer doze?")], [mended])[0]
    assert answer.hits[0].text == "Deer doze."


def test_a_corpus_that_cannot_be_brought_in_is_an_error_of_its_guild(guilds: Guilds, owned: Owned) -> None:
    corpus = guilds.corpus(ONE)
    owned.error = PullquoteError("database-locked")
    fresh = Guilds(guilds.shared, owned, Path("nowhere"), PLENTY)
    with pytest.raises(PullquoteError, match="database-locked"):
        fresh.mended(ONE, corpus)
    owned.error = None
    assert fresh.mended(NOBODY + 1, corpus) is guilds.shared.corpus
    with pytest.raises(CorpusError) as caught:
        fresh.mended(NOBODY, corpus)
    assert caught.value.code == "guild-without-articles"
