"""What moderators do to a guild's articles: each change is a state, of one guild alone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import Given
from pullquote.library.memberships import Memberships
from pullquote.library.records import NewVersion, Origin, OriginKind
from pullquote.library.state.audit import Action
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.state.pruning import KEPT
from pullquote.library.versions import Versions
from tests.support.states import FARM, MODERATOR, UPLOAD, ZOO, changes, execute, new, refusal, rows, texts
from tests.support.version_model import Model, assert_in_force, assert_same

ANTS, BEES, CATS = new("ants.txt", "Ants dig."), new("bees.txt", "Bees fly."), new("cats.txt", "Cats sleep.")
MORE_ANTS = new("ants.txt", "Ants dig. They carry leaves.")


# Putting


def test_what_is_put_is_there_as_it_was_read(versions: Versions, catalogue: Catalogue) -> None:
    assert versions.put(ZOO, MODERATOR, [BEES, ANTS]) == 1
    corpus = catalogue.corpus(ZOO)
    assert corpus.state == 1
    assert [kept.article for kept in corpus.versions] == [ANTS.article, BEES.article]
    assert [catalogue.document(ZOO, kept.version) for kept in corpus.versions] == [ANTS.document, BEES.document]


def test_an_article_of_the_same_name_is_replaced(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    assert versions.put(ZOO, MODERATOR, [MORE_ANTS]) == 2
    assert texts(catalogue) == {"ants.txt": "Ants dig. They carry leaves.", "bees.txt": "Bees fly."}


def test_of_several_articles_of_one_name_the_last_counts(versions: Versions, catalogue: Catalogue) -> None:
    assert versions.put(ZOO, MODERATOR, [ANTS, MORE_ANTS]) == 1
    assert texts(catalogue) == {"ants.txt": "Ants dig. They carry leaves."}


def test_what_is_there_as_it_is_stays_untouched(versions: Versions, catalogue: Catalogue, database: Database) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    before, counted = catalogue.current(ZOO), rows(database)
    assert versions.put(ZOO, 7, [ANTS]) == 1
    assert versions.put(ZOO, 7, []) == 1
    assert (catalogue.current(ZOO), rows(database)) == (before, counted)
    assert versions.put(ZOO, 7, [ANTS, BEES]) == 2
    [change, _] = catalogue.history(ZOO, 100)
    assert (change.added, change.changed) == (("bees.txt",), ())


@pytest.mark.parametrize(
    "other",
    [
        new("ants.txt", "Ants dig.", Given(title="On ants")),
        new("ants.txt", "Ants dig.", origin=Origin(OriginKind.PAGE, "https://example.org/ants")),
    ],
)
def test_other_metadata_and_another_origin_are_a_version_of_the_same_document(
    versions: Versions, database: Database, other: NewVersion
) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    assert versions.put(ZOO, MODERATOR, [other]) == 2
    assert rows(database)["sources"] == 1


def test_tags_that_were_given_stay_when_an_article_is_replaced(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.edit(ZOO, MODERATOR, "ants.txt", Given(title="On ants", tags=("keys",)))
    assert versions.put(ZOO, MODERATOR, [MORE_ANTS]) == 3
    [entry] = catalogue.current(ZOO).entries
    assert (entry.given, entry.tags) == (Given(tags=("keys",)), ("keys",))
    assert versions.put(ZOO, MODERATOR, [MORE_ANTS]) == 3
    assert versions.put(ZOO, MODERATOR, [replace(MORE_ANTS, given=Given(tags=()))]) == 4
    assert catalogue.current(ZOO).entries[0].tags == ()


def test_an_action_may_be_named(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, None, [ANTS], Action.IMPORT)
    assert changes(catalogue) == [(Action.IMPORT, 1)]


# Editing and removing


def test_an_edit_is_a_version_with_other_metadata(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    [old] = catalogue.corpus(ZOO).versions
    given = Given(title="On ants", author="A. Digger", published=dt.date(2026, 1, 2), url="https://example.org/ants")
    assert versions.edit(ZOO, MODERATOR, "ants.txt", given) == 2
    [kept] = catalogue.corpus(ZOO).versions
    assert kept.given == given
    assert kept.article == given.over(ANTS.article)
    assert catalogue.version(ZOO, old.version) == old
    assert changes(catalogue)[0] == (Action.EDIT, 2)
    [entry] = catalogue.current(ZOO).entries
    assert entry.origin == UPLOAD


def test_an_edit_without_a_difference_changes_nothing(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.", Given(title="On ants"))])
    assert versions.edit(ZOO, MODERATOR, "ants.txt", Given(title="On ants")) == 1
    assert changes(catalogue) == [(Action.PUT, 1)]


def test_what_is_removed_is_not_in_the_corpus(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES, CATS])
    assert versions.remove(ZOO, MODERATOR, ["cats.txt", "ants.txt"]) == 2
    assert texts(catalogue) == {"bees.txt": "Bees fly."}
    assert catalogue.history(ZOO, 1)[0].removed == ("ants.txt", "cats.txt")


@pytest.mark.parametrize("name", ["dogs.txt", "cats.txt"])
def test_what_is_not_in_the_corpus_is_not_edited_or_removed(
    versions: Versions, catalogue: Catalogue, name: str
) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, CATS])
    versions.remove(ZOO, MODERATOR, ["cats.txt"])
    attempts: list[Callable[[], object]] = [
        lambda: versions.edit(ZOO, MODERATOR, name, Given(title="On pets")),
        lambda: versions.remove(ZOO, MODERATOR, ["ants.txt", name]),
    ]
    for attempt in attempts:
        with pytest.raises(StateError) as error:
            attempt()
        assert refusal(error) == ("article-not-there", {"name": name})
    assert texts(catalogue) == {"ants.txt": "Ants dig."}
    assert len(changes(catalogue)) == 2


def test_what_was_removed_can_be_put_again(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.remove(ZOO, MODERATOR, ["ants.txt"])
    assert versions.put(ZOO, MODERATOR, [ANTS]) == 3
    assert texts(catalogue) == {"ants.txt": "Ants dig."}
    assert catalogue.history(ZOO, 1)[0].added == ("ants.txt",)


# What documents read as


def test_a_document_is_read_again_after_an_update(versions: Versions, catalogue: Catalogue, database: Database) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    [ants, _] = catalogue.corpus(ZOO).versions
    execute(database, "UPDATE sources SET format = 1 WHERE title = 'ants'")
    assert [kept.article for kept in catalogue.corpus(ZOO).versions] == [None, BEES.article]
    again = new("ants.txt", "# Ants\n\nAnts dig.").article
    versions.read_again(ZOO, {ants.version: again})
    assert [kept.article for kept in catalogue.corpus(ZOO).versions] == [again, BEES.article]
    listing = catalogue.current(ZOO)
    assert listing.state == 1
    assert [entry.title for entry in listing.entries] == [again.title, "bees"]
    assert len(changes(catalogue)) == 1


def test_what_is_put_again_is_read_anew(versions: Versions, catalogue: Catalogue, database: Database) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    execute(database, "UPDATE sources SET format = 1")
    assert versions.put(ZOO, MODERATOR, [ANTS]) == 1
    assert texts(catalogue) == {"ants.txt": "Ants dig."}


def test_what_is_kept_of_an_article_but_damaged_is_read_again(
    versions: Versions, catalogue: Catalogue, database: Database
) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    execute(
        database,
        "UPDATE sources SET parsed = (SELECT raw FROM sources WHERE title = 'bees') WHERE title = 'ants'",
    )
    assert [kept.article for kept in catalogue.corpus(ZOO).versions] == [None, BEES.article]


def test_nothing_is_read_again_for_a_guild_that_is_forgotten(
    versions: Versions, catalogue: Catalogue, database: Database
) -> None:
    versions.put(FARM, MODERATOR, [ANTS])
    [kept] = catalogue.corpus(FARM).versions
    before = rows(database)
    versions.read_again(ZOO, {kept.version: BEES.article, kept.version + 1: BEES.article})
    assert rows(database) == before
    versions.put(ZOO, MODERATOR, [CATS])
    versions.read_again(ZOO, {kept.version: BEES.article})
    assert catalogue.corpus(FARM).versions == (kept,)


# Guilds and threads


def test_a_change_of_one_guild_changes_no_other_guild(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    versions.put(FARM, MODERATOR, [MORE_ANTS])
    before = catalogue.current(FARM), catalogue.corpus(FARM), catalogue.history(FARM, 100)
    versions.put(ZOO, MODERATOR, [new("ants.txt", "Ants bite.")])
    versions.edit(ZOO, MODERATOR, "bees.txt", Given(title="On bees"))
    versions.undo(ZOO, MODERATOR, 3)
    versions.remove(ZOO, MODERATOR, ["ants.txt"])
    versions.roll_back(ZOO, MODERATOR, 1)
    assert (catalogue.current(FARM), catalogue.corpus(FARM), catalogue.history(FARM, 100)) == before
    assert texts(catalogue, FARM) == {"ants.txt": "Ants dig. They carry leaves."}


def in_threads(*actions: Callable[[], object]) -> None:
    """Do all of this at once. What goes wrong is raised."""
    with ThreadPoolExecutor(len(actions)) as pool:
        for done in [pool.submit(action) for action in actions]:
            done.result()


def test_threads_that_change_one_guild_wait_for_one_another(
    versions: Versions, catalogue: Catalogue, memberships: Memberships
) -> None:
    def put(name: str) -> Callable[[], None]:
        files = [new(f"{name}.txt", f"{name} are number {number}.") for number in range(10)]

        def work() -> None:
            for file in files:
                versions.put(ZOO, MODERATOR, [file])

        return work

    in_threads(put("Ants"), put("Bees"), put("Cats"), lambda: memberships.share(ZOO, None, shared=False))
    assert texts(catalogue) == {f"{name}.txt": f"{name} are number 9." for name in ("Ants", "Bees", "Cats")}
    history = catalogue.history(ZOO, 100)
    assert [change.state for change in history if change.state] == [*range(30, 0, -1)]
    assert not catalogue.current(ZOO).shared


def test_who_looks_meanwhile_sees_whole_states(versions: Versions, catalogue: Catalogue) -> None:
    def put() -> None:
        for number in range(20):
            versions.put(ZOO, MODERATOR, [new(f"{name}.txt", f"It is {number}.") for name in ("ants", "bees")])

    def look() -> None:
        while (corpus := catalogue.corpus(ZOO)).state < 20:
            seen = {kept.article.text for kept in corpus.versions if kept.article}
            assert seen == ({f"It is {corpus.state - 1}."} if corpus.state else set())

    in_threads(put, look, look)


# Everything at once


@pytest.mark.parametrize("seed", range(3))
def test_a_guild_s_articles_are_what_a_list_of_states_says(
    versions: Versions, catalogue: Catalogue, database: Database, seed: int
) -> None:
    models = {ZOO: Model(), FARM: Model()}
    dice = random.Random(seed)
    for _ in range(150):
        guild = dice.choice([ZOO, FARM])
        assert_same(versions, guild, models[guild], dice)
        for each, model in models.items():
            assert_in_force(catalogue, each, model)
    reached = sum(len(set().union(*model.states[-KEPT - 1 :])) for model in models.values())
    assert rows(database)["articles"] == reached
    assert min(model.number for model in models.values()) > KEPT
    for guild, model in models.items():
        for _ in range(KEPT + 1):  # each state that is kept, the oldest first
            assert versions.roll_back(guild, MODERATOR, model.oldest) == model.roll_back(model.oldest)
            assert_in_force(catalogue, guild, model)
