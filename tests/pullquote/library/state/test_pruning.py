"""What is kept is what can be gone back to, and nothing else."""

from __future__ import annotations

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import Given
from pullquote.library.state.database import Database
from pullquote.library.state.quotes import add_quotes, quotes_of
from pullquote.library.versions import Versions
from tests.support.states import MODERATOR, ZOO, new, rows, texts

ANTS, CATS = new("ants.txt", "Ants dig."), new("cats.txt", "Cats sleep.")
MORE_ANTS = new("ants.txt", "Ants dig. They carry leaves.")


def test_the_last_twenty_states_can_be_gone_back_to(versions: Versions, catalogue: Catalogue) -> None:
    for number in range(25):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert [change.state for change in catalogue.history(ZOO, 100) if change.can_return] == [*range(25, 4, -1)]
    versions.roll_back(ZOO, MODERATOR, 6)
    assert texts(catalogue) == {"ants.txt": "Ants dig 5 holes."}


def test_what_no_kept_state_has_is_deleted(versions: Versions, database: Database) -> None:
    versions.put(ZOO, MODERATOR, [CATS])
    versions.remove(ZOO, MODERATOR, ["cats.txt"])
    for number in range(20):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert rows(database) == {"guilds": 1, "articles": 1, "sources": 20, "versions": 20, "contents": 20, "audit": 22}
    for number in range(20, 23):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert rows(database) == {"guilds": 1, "articles": 1, "sources": 21, "versions": 21, "contents": 21, "audit": 25}


def test_a_removed_article_is_kept_as_long_as_a_state_with_it(versions: Versions, database: Database) -> None:
    versions.put(ZOO, MODERATOR, [CATS])
    versions.remove(ZOO, MODERATOR, ["cats.txt"])
    for number in range(19):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert rows(database)["articles"] == 2
    versions.roll_back(ZOO, MODERATOR, 1, "cats.txt")
    for number in range(30):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert rows(database)["articles"] == 2


def test_counts_of_a_removed_article_are_kept_as_long_as_the_article(versions: Versions, database: Database) -> None:
    def counts() -> list[tuple[bool, str, int]]:
        with database.read() as session:
            return sorted((row.shared, row.name, row.answers) for row in quotes_of(session, ZOO))

    versions.put(ZOO, MODERATOR, [ANTS, CATS])
    with database.change() as session:
        for shared, name in ((False, "ants.txt"), (False, "cats.txt"), (True, "cats.txt")):
            add_quotes(session, ZOO, shared=shared, name=name, answers=3)
    versions.remove(ZOO, MODERATOR, ["cats.txt"])
    for number in range(19):
        versions.put(ZOO, MODERATOR, [new("bees.txt", f"Bees visit {number} flowers.")])
    assert counts() == [(False, "ants.txt", 3), (False, "cats.txt", 3), (True, "cats.txt", 3)]
    versions.put(ZOO, MODERATOR, [MORE_ANTS])
    assert counts() == [(False, "ants.txt", 3), (True, "cats.txt", 3)]


def test_of_an_article_in_force_older_versions_are_kept(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.put(ZOO, MODERATOR, [MORE_ANTS])
    for number in range(30):
        versions.put(ZOO, MODERATOR, [new("bees.txt", f"Bees visit {number} flowers.")])
    assert versions.roll_back(ZOO, MODERATOR, 1, "ants.txt") == 33
    assert texts(catalogue)["ants.txt"] == "Ants dig."


def test_a_version_that_was_kept_alone_is_deleted_with_the_last_stretch_of_it(
    versions: Versions, catalogue: Catalogue, database: Database
) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    for number in range(21):
        versions.edit(ZOO, MODERATOR, "ants.txt", Given(title=f"On ants, part {number}"))
    assert rows(database) == {"guilds": 1, "articles": 1, "sources": 1, "versions": 21, "contents": 21, "audit": 22}
