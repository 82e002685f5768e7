"""Questions of many guilds are answered together, each from its own guild's corpus, whatever happens to another's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.library.guild_answerer import Asked, GuildAnswerer, Seat
from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from pullquote.library.records import Asker, AskerKind
from pullquote.library.scopes import Scopes
from pullquote.library.state.database import Database
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
def scopes(tmp_path: Path) -> Iterator[Scopes]:
    database = Database.open(tmp_path / "pullquote.db")
    yield Scopes(database, home=None)
    database.close()


@pytest.fixture
def answerer(animals: Library, guilds: Guilds, scopes: Scopes) -> GuildAnswerer:
    return GuildAnswerer(Answerer(animals, SHIPPED), guilds, scopes)


def opened(animals: Library, owned: Owned, tmp_path: Path, memory: int = PLENTY) -> Guilds:
    """The guilds as after a start, their corpora built before."""
    first = Guilds(animals, owned, tmp_path / "guilds", PLENTY)
    for guild in (ONE, TWO):
        first.update(guild)
    first.close()
    return Guilds(animals, owned, tmp_path / "guilds", memory)


def ask(answerer: GuildAnswerer, *asked: tuple[str, int | None]) -> list[str]:
    """What is quoted first in each answer, or the code of the error."""
    answers = answerer.answer_all([Asked(Question.parse(text), Seat(guild)) for text, guild in asked])
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
    answers = answerer.answer_all(
        [Asked(Question.parse("Do deer eat?"), Seat(guild)) for guild in (ONE, TWO, None, ONE)]
    )
    files = [{hit.article.file for hit in answer.hits} for answer in answers if isinstance(answer, Answer)]
    assert ["deer.txt" in each for each in files] == [True, False, False, True]
    assert ["eels.txt" in each for each in files] == [False, True, False, False]


def test_together_they_are_answered_as_alone(answerer: GuildAnswerer) -> None:
    asked = [Asked(Question.parse(text), Seat(guild)) for text, guild in ALL]
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
    animals: Library, guilds: Guilds, owned: Owned, scopes: Scopes, encoder: SentenceTransformerEncoder
) -> None:
    owned.error = PullquoteError("database-locked")
    # The real encoder would not take an empty list of questions for granted.
    animals.encoder = encoder
    answerer = GuildAnswerer(Answerer(animals, SHIPPED), guilds, scopes)
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
    asked = ask(GuildAnswerer(answerer.answerer, meanwhile, answerer.scopes), *ALL)
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


CREW, CELLAR = frozenset({21}), frozenset({11})


def keep(owned: Owned, answerer: GuildAnswerer, guild: int, file: str, asker: Asker) -> None:
    """Tag an article of a guild, and keep it for those."""
    owned.own[guild] = [
        replace(each, tags=("keys",), digest=f"tagged {each.digest}") if each.file == file else each
        for each in owned.own[guild]
    ]
    answerer.guilds.update(guild)
    answerer.scopes.allow(guild, None, "keys", asker)


def answers(answerer: GuildAnswerer, guild: int | None, audience: frozenset[int] = frozenset()) -> list[object]:
    """All that is told of some questions, but how long they took."""
    questions = [Question.parse(text) for text in ("Do deer doze?", "Do eels eat?", "Do bees fly?", "deer bees eels")]
    asked = [Asked(question, Seat(guild, audience)) for question in questions]
    return [
        replace(answer, elapsed_ms=0.0) if isinstance(answer, Answer) else answer.code
        for answer in answerer.answer_all(asked)
    ]


def test_what_may_not_be_asked_changes_nothing_of_an_answer(answerer: GuildAnswerer, owned: Owned) -> None:
    """To the last digit, and to those who may ask it is as if it were for everybody."""
    owned.own[ONE] = [EELS]
    answerer.guilds.update(ONE)
    without = answers(answerer, ONE)
    owned.own[ONE] = [DEER, EELS]
    answerer.guilds.update(ONE)
    whole = answers(answerer, ONE)
    keep(owned, answerer, ONE, "deer.txt", Asker(AskerKind.ROLE, 21))
    assert without != whole
    assert answers(answerer, ONE) == without
    assert answers(answerer, ONE, CELLAR) == without
    assert [shown_of(each) for each in answers(answerer, ONE, CREW)] == [shown_of(each) for each in whole]


def shown_of(answer: object) -> object:
    assert isinstance(answer, Answer)
    return [(hit.text, hit.probability) for hit in answer.hits], answer.topic, answer.answerable, answer.unmentioned


def test_a_guild_that_may_ask_nothing_at_a_seat_is_told_what_a_guild_without_articles_is(
    answerer: GuildAnswerer, owned: Owned
) -> None:
    keep(owned, answerer, TWO, "eels.txt", Asker(AskerKind.CHANNEL, 11))
    assert answers(answerer, TWO) == ["guild-without-articles"] * 4
    assert answers(answerer, TWO) == answers(answerer, NOBODY)
    [_, eels, *_] = answers(answerer, TWO, CELLAR)
    assert isinstance(eels, Answer)
    assert eels.hits[0].text == "Eels eat."


def test_seats_are_answered_together(answerer: GuildAnswerer, owned: Owned) -> None:
    keep(owned, answerer, ONE, "deer.txt", Asker(AskerKind.ROLE, 21))
    question = Question.parse("Do deer doze?")
    seats = [Seat(ONE, CREW), Seat(ONE), Seat(TWO), Seat(ONE, CREW | CELLAR)]
    found = answerer.answer_all([Asked(question, seat) for seat in seats])
    files = [{hit.article.file for hit in each.hits} for each in found if isinstance(each, Answer)]
    assert ["deer.txt" in each for each in files] == [True, False, False, True]


def test_a_seat_is_ready_once_it_was_prepared(answerer: GuildAnswerer, owned: Owned) -> None:
    assert answerer.is_ready(Seat(None))
    assert not answerer.is_ready(Seat(ONE))
    answerer.prepare(Seat(ONE))
    assert answerer.is_ready(Seat(ONE))
    keep(owned, answerer, ONE, "deer.txt", Asker(AskerKind.ROLE, 21))
    assert not answerer.is_ready(Seat(ONE))  # its scopes are not known
    answerer.prepare(Seat(ONE, CREW))
    assert answerer.is_ready(Seat(ONE, CREW))
    assert not answerer.is_ready(Seat(ONE))  # its part is not made
    answerer.prepare(Seat(ONE))
    assert answerer.is_ready(Seat(ONE))
    assert answerer.is_ready(Seat(ONE, CELLAR))
    owned.error = PullquoteError("database-locked")
    answerer.prepare(Seat(THREE))
    assert not answerer.is_ready(Seat(THREE))


@pytest.mark.parametrize("damaged", ["guilds/1", "data"])
def test_a_part_is_mended_with_its_corpus(answerer: GuildAnswerer, owned: Owned, tmp_path: Path, damaged: str) -> None:
    keep(owned, answerer, ONE, "deer.txt", Asker(AskerKind.ROLE, 21))
    before = [shown_of(each) for each in answers(answerer, ONE)]
    damage(tmp_path / damaged)
    assert [shown_of(each) for each in answers(answerer, ONE)] == before
    assert [shown_of(each) for each in answers(answerer, ONE)] == before
