"""What a guild's corpus is made of, and how the names of its articles are told apart."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pullquote.library.composition import ArticleName, Composition, Holdings, Names, apart, composed
from retrieval.article import Article
from retrieval.search.building import build_corpus
from tests.support.fake_encoder import LetterEncoder, article

ANTS = replace(article("Ants bite."), file="ants.md", digest="1")
BEES = replace(article("Bees fly."), file="bees.md", digest="2")
NAMES = st.lists(st.sampled_from(["faq.md", "faq (2).md", "faq (3).md", "a/faq.md", "faq", ".md"]), unique=True)


def test_the_articles_stand_in_the_order_of_their_names() -> None:
    assert [each.file for each in composed([BEES], [ANTS])] == ["ants.md", "bees.md"]


def test_an_article_that_has_the_name_of_a_shared_article_is_told_apart() -> None:
    own = replace(ANTS, file="bees.md")
    assert composed([BEES], [own]) == (replace(own, file="bees (2).md"), BEES)


@given(taken=NAMES, names=NAMES)
def test_no_two_names_are_told_alike(taken: list[str], names: list[str]) -> None:
    told = apart(taken, names)
    assert list(told) == names
    assert len({*taken, *told.values()}) == len(taken) + len(names)
    assert all(told[name] == name for name in names if name not in taken)


def test_whatever_a_corpus_calls_an_article_it_has_its_name_where_it_is_from() -> None:
    names = Names.of(["faq.md", "bees.md"], ["faq.md", "faq (2).md", "ants.md"])
    assert {file: names.origin(file) for file in ("faq.md", "faq (3).md", "faq (2).md", "ants.md", "gone.md")} == {
        "faq.md": ArticleName(True, "faq.md"),
        "faq (3).md": ArticleName(False, "faq.md"),
        "faq (2).md": ArticleName(False, "faq (2).md"),
        "ants.md": ArticleName(False, "ants.md"),
        "gone.md": ArticleName(False, "gone.md"),
    }


@given(shared=NAMES, own=NAMES)
def test_every_article_of_a_corpus_is_from_somewhere_else(shared: list[str], own: list[str]) -> None:
    names = Names.of(shared, own)
    origins = [names.origin(file) for file in (*shared, *names.own)]
    wanted = [*(ArticleName(True, name) for name in shared), *(ArticleName(False, name) for name in own)]
    assert sorted(origins, key=repr) == sorted(wanted, key=repr)


def test_a_composition_knows_its_corpus() -> None:
    composition = Composition.of([BEES], Holdings(True, {"ants.md": "1", "bees.md": "3"}))
    renamed = replace(BEES, file="bees (2).md", digest="3")

    def fits(*articles: Article) -> bool:
        return composition.is_of(build_corpus(articles, LetterEncoder()).corpus)

    assert fits(ANTS, BEES, renamed)
    assert not fits(ANTS, BEES)
    assert not fits(ANTS, BEES, replace(renamed, digest="4"))


def test_what_serves_a_guild() -> None:
    def kind(composition: Composition) -> tuple[bool, bool]:
        return composition.is_shared_alone, composition.is_empty

    assert kind(Composition.of([BEES], Holdings(True, {}))) == (True, False)
    assert kind(Composition.of([], Holdings(False, {}))) == (False, True)
    assert kind(Composition.of([BEES], Holdings(True, {"ants.md": "1"}))) == (False, False)
    assert kind(Composition.of([], Holdings(False, {"ants.md": "1"}))) == (False, False)


def test_a_guild_that_does_not_ask_the_shared_articles_has_its_own_alone() -> None:
    assert Composition.of([BEES], Holdings(False, {"bees.md": "3"})).is_of(
        build_corpus([replace(BEES, digest="3")], LetterEncoder()).corpus
    )
