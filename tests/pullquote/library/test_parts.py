"""Parts of corpora: made once, kept while their corpus is, and never with what is withheld."""

from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import replace

import pytest

from pullquote.library.parts import MOST_PARTS, Parts
from retrieval.errors import CorpusError
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from retrieval.search.part import part_of
from tests.support.fake_encoder import LetterEncoder, article
from tests.support.libraries import names


def tagged(**tags: str) -> Corpus:
    """A corpus of articles that have these tags, with blanks between them."""
    articles = [
        replace(article(f"{name.capitalize()} doze.", f"{name}.txt"), tags=tuple(said.split()))
        for name, said in tags.items()
    ]
    return build_corpus(articles, LetterEncoder()).corpus


@pytest.fixture
def parts() -> Parts:
    return Parts(LetterEncoder())


def of(*tags: str) -> frozenset[str]:
    return frozenset(tags)


def test_an_article_with_any_of_the_tags_is_left_out(parts: Parts) -> None:
    corpus = tagged(ants="", bees="keys", cats="food", deer="food keys")
    assert names(parts.of(corpus, of("keys"))) == ["ants.txt", "cats.txt"]
    assert names(parts.of(corpus, of("keys", "food"))) == ["ants.txt"]


def test_where_no_article_has_the_tags_the_corpus_is_what_it_is(parts: Parts) -> None:
    corpus = tagged(ants="", bees="keys")
    assert parts.of(corpus, of()) is corpus
    assert parts.of(corpus, of("food")) is corpus
    assert parts.is_ready(corpus, of("food"))


def test_a_part_is_made_once(parts: Parts) -> None:
    corpus = tagged(ants="", bees="keys")
    assert not parts.is_ready(corpus, of("keys"))
    assert parts.memory(corpus) == 0
    part = parts.of(corpus, of("keys"))
    assert parts.is_ready(corpus, of("keys"))
    assert parts.of(corpus, of("keys", "food")) is part
    assert parts.memory(corpus) == part.memory


def test_where_nothing_is_left_that_is_said(parts: Parts) -> None:
    corpus = tagged(ants="keys")
    for _ in range(2):
        with pytest.raises(CorpusError) as error:
            parts.of(corpus, of("keys"))
        assert error.value.code == "guild-without-articles"
    assert parts.is_ready(corpus, of("keys"))
    assert parts.memory(corpus) == 0


def test_only_the_parts_that_were_asked_last_are_kept(parts: Parts) -> None:
    tags = [f"tag{number}" for number in range(MOST_PARTS + 1)]
    corpus = tagged(ants="", **{tag: tag for tag in tags})
    for tag in tags[:-1]:
        parts.of(corpus, of(tag))
    parts.of(corpus, of(tags[0]))
    parts.of(corpus, of(tags[-1]))
    assert [tag for tag in tags if not parts.is_ready(corpus, of(tag))] == [tags[1]]


def test_parts_go_with_their_corpus(parts: Parts) -> None:
    corpus = tagged(ants="", bees="keys")
    part = weakref.ref(parts.of(corpus, of("keys")))
    assert part() is not None
    del corpus
    gc.collect()
    assert part() is None


def test_a_part_that_several_want_is_made_by_one_of_them(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(*args: object) -> Corpus:
        made.append(args)
        return part_of(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("pullquote.library.parts.part_of", counted)
    corpus = tagged(ants="", bees="keys")
    found: list[Corpus] = []
    threads = [threading.Thread(target=lambda: found.append(parts.of(corpus, of("keys")))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len({id(part) for part in found}) == 1


def test_an_article_can_be_asked_alone_unless_it_is_withheld(parts: Parts) -> None:
    corpus = tagged(ants="", bees="keys")
    ants, bees = (article.digest for article in corpus.articles)
    assert not parts.is_ready(corpus, of(), bees)
    assert names(parts.of(corpus, of(), bees)) == ["bees.txt"]
    assert parts.is_ready(corpus, of(), bees)
    assert names(parts.of(corpus, of("keys"), ants)) == ["ants.txt"]
    with pytest.raises(CorpusError):
        parts.of(corpus, of("keys"), bees)
