"""A corpus goes back to what it was, and so does an article, or what a change did."""

from __future__ import annotations

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import Given
from pullquote.library.state.audit import Action
from pullquote.library.state.errors import StateError
from pullquote.library.versions import Versions
from tests.support.states import FARM, MODERATOR, ZOO, changes, new, refusal, texts

ANTS, BEES, CATS = new("ants.txt", "Ants dig."), new("bees.txt", "Bees fly."), new("cats.txt", "Cats sleep.")
MORE_ANTS = new("ants.txt", "Ants dig. They carry leaves.")


# Rolling back


def test_a_corpus_goes_back_to_an_older_state_which_is_a_new_state(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    versions.put(ZOO, MODERATOR, [MORE_ANTS, CATS])
    versions.remove(ZOO, MODERATOR, ["bees.txt"])
    assert versions.roll_back(ZOO, MODERATOR, 1) == 4
    assert texts(catalogue) == {"ants.txt": "Ants dig.", "bees.txt": "Bees fly."}
    change = catalogue.history(ZOO, 1)[0]
    assert (change.action, change.back_to) == (Action.ROLL_BACK, 1)
    assert (change.added, change.changed, change.removed) == (("bees.txt",), ("ants.txt",), ("cats.txt",))


def test_a_corpus_goes_back_to_the_beginning(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    assert versions.roll_back(ZOO, MODERATOR, 0) == 2
    assert texts(catalogue) == {}
    assert versions.roll_back(ZOO, MODERATOR, 1) == 3
    assert texts(catalogue) == {"ants.txt": "Ants dig."}


def test_the_state_in_force_is_no_other_state(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    assert versions.roll_back(ZOO, MODERATOR, 1) == 1
    assert len(changes(catalogue)) == 1


@pytest.mark.parametrize("name", [None, "ants.txt"])
def test_a_state_that_is_not_kept_is_named_with_those_that_are(
    versions: Versions, catalogue: Catalogue, name: str | None
) -> None:
    versions.put(ZOO, MODERATOR, [BEES])
    versions.put(ZOO, MODERATOR, [ANTS])
    for _ in range(10):
        versions.remove(ZOO, MODERATOR, ["bees.txt"])
        versions.put(ZOO, MODERATOR, [BEES])
    for state in (1, 23, -1):
        with pytest.raises(StateError) as error:
            versions.roll_back(ZOO, MODERATOR, state, name)
        assert refusal(error) == ("state-not-kept", {"state": state, "oldest": 2, "newest": 22})
    assert len(changes(catalogue)) == 22


def test_an_article_goes_back_alone(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    versions.put(ZOO, MODERATOR, [MORE_ANTS, CATS])
    versions.remove(ZOO, MODERATOR, ["bees.txt"])
    assert versions.roll_back(ZOO, MODERATOR, 1, "ants.txt") == 4
    assert texts(catalogue) == {"ants.txt": "Ants dig.", "cats.txt": "Cats sleep."}
    assert versions.roll_back(ZOO, MODERATOR, 2, "bees.txt") == 5
    assert versions.roll_back(ZOO, MODERATOR, 1, "cats.txt") == 6
    assert texts(catalogue) == {"ants.txt": "Ants dig.", "bees.txt": "Bees fly."}


def test_an_article_that_is_not_known_does_not_go_back(versions: Versions) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.put(FARM, MODERATOR, [BEES])
    with pytest.raises(StateError) as error:
        versions.roll_back(ZOO, MODERATOR, 1, "bees.txt")
    assert refusal(error) == ("article-not-there", {"name": "bees.txt"})


# Undoing


def test_what_a_change_did_is_undone_and_later_changes_stay(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    versions.put(ZOO, MODERATOR, [MORE_ANTS])
    versions.put(ZOO, MODERATOR, [CATS])
    assert versions.undo(ZOO, MODERATOR, 2) == 4
    assert texts(catalogue) == {"ants.txt": "Ants dig.", "bees.txt": "Bees fly.", "cats.txt": "Cats sleep."}
    change = catalogue.history(ZOO, 1)[0]
    assert (change.action, change.back_to, change.changed) == (Action.UNDO, 2, ("ants.txt",))
    assert versions.undo(ZOO, MODERATOR, 3) == 5
    assert versions.undo(ZOO, MODERATOR, 4) == 6
    assert texts(catalogue) == {"ants.txt": "Ants dig. They carry leaves.", "bees.txt": "Bees fly."}


def test_a_removal_is_undone(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    versions.remove(ZOO, MODERATOR, ["ants.txt", "bees.txt"])
    assert versions.undo(ZOO, MODERATOR, 2) == 3
    assert texts(catalogue) == {"ants.txt": "Ants dig.", "bees.txt": "Bees fly."}


def test_what_was_changed_since_is_not_undone(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [CATS, BEES, ANTS])
    versions.remove(ZOO, MODERATOR, ["cats.txt"])
    versions.edit(ZOO, MODERATOR, "bees.txt", Given(title="On bees"))
    with pytest.raises(StateError) as error:
        versions.undo(ZOO, MODERATOR, 1)
    assert refusal(error) == ("changed-since", {"name": "bees.txt"})
    versions.undo(ZOO, MODERATOR, 2)
    with pytest.raises(StateError) as error:
        versions.undo(ZOO, MODERATOR, 2)
    assert refusal(error) == ("changed-since", {"name": "cats.txt"})
    assert len(changes(catalogue)) == 4


def test_what_is_not_kept_is_not_undone(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    for state in (0, 2):
        with pytest.raises(StateError) as error:
            versions.undo(ZOO, MODERATOR, state)
        assert error.value.code == "state-not-kept"
    for _ in range(10):
        versions.put(ZOO, MODERATOR, [BEES])
        versions.remove(ZOO, MODERATOR, ["bees.txt"])
    with pytest.raises(StateError) as error:
        versions.undo(ZOO, MODERATOR, 1)
    assert refusal(error) == ("state-not-kept", {"state": 0, "oldest": 1, "newest": 21})
    assert len(changes(catalogue)) == 21
