"""The judge tells the old and the new state from whatever is neither."""

from __future__ import annotations

from dataclasses import replace

from tests.support.killing.finding import Found, Look, Saved, Service
from tests.support.killing.judging import Judge, Outcome


def found(text: str, state: int) -> Found:
    own = (("eels.txt", (text,)),)
    look = Look(state, (), (("eels.txt", text),), (), (), (), own, ((text,),))
    return Found(Saved((), own), Service(look, look, ("pullquote.db",)))


OLD, NEW = found("Eels eat.", 1), found("Eels bend.", 2)
JUDGE = Judge(OLD, NEW)
UNBUILT = replace(NEW, saved=OLD.saved)
# Of the new state, the text alone came.
HALF = replace(OLD, service=replace(OLD.service, first=replace(OLD.service.first, texts=NEW.service.first.texts)))


def test_the_old_state_and_the_new_state_are_told_apart() -> None:
    assert JUDGE.of(OLD, confirmed=False) == (Outcome.OLD, "")
    assert JUDGE.of(NEW, confirmed=False) == JUDGE.of(NEW, confirmed=True) == (Outcome.NEW, "")


def test_an_index_may_be_built_after_the_start_of_what_was_not_confirmed() -> None:
    assert JUDGE.of(UNBUILT, confirmed=False) == (Outcome.NEW, "")
    assert JUDGE.of(UNBUILT, confirmed=True)[0] is Outcome.FAILURE


def test_what_was_confirmed_must_be_there() -> None:
    outcome, why = JUDGE.of(OLD, confirmed=True)
    assert outcome is Outcome.FAILURE
    assert why.startswith("what was confirmed is not there: saved own ")
    assert "first state 1 instead of 2" in why


def test_half_a_change_is_a_failure() -> None:
    outcome, why = JUDGE.of(HALF, confirmed=False)
    assert outcome is Outcome.FAILURE
    assert why.startswith("it is not the old state: first texts (('eels.txt', 'Eels bend.'),) instead of ")


def test_an_index_of_a_state_that_is_not_in_force_is_a_failure() -> None:
    assert JUDGE.of(replace(OLD, saved=NEW.saved), confirmed=False)[0] is Outcome.FAILURE


def test_files_that_are_left_behind_are_a_failure() -> None:
    left = replace(NEW, service=replace(NEW.service, files=("pullquote.db", "pullquote.db.unfinished")))
    assert JUDGE.of(left, confirmed=True)[0] is Outcome.FAILURE
