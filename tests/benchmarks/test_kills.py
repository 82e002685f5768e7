"""Where Pullquote is killed, and how what that left is counted."""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table

from benchmarks.kills import Killed, of_steps, plan, summary
from tests.support.killing.driver import Kill
from tests.support.killing.judging import Outcome
from tests.support.killing.steps import Step

WRITE, AGAIN, COMMIT = Step("write a"), Step("write a", 2), Step("commit")
STEPS = [WRITE, COMMIT, AGAIN]
KILLED = Killed(
    "add",
    STEPS,
    [
        Kill("add", WRITE, Outcome.OLD),
        Kill("add", AGAIN, Outcome.NEW),
        Kill("add", COMMIT, Outcome.OLD),
        Kill("add", COMMIT, Outcome.FAILURE, "half of it"),
        Kill("add", 0.25, Outcome.NEW),
    ],
)


def cells(table: Table) -> list[list[str]]:
    printed = io.StringIO()
    Console(file=printed, width=100).print(table)
    lines = [line.strip("│ ") for line in printed.getvalue().splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.split("│")] for line in lines]


def test_each_name_is_killed_as_often_as_asked_and_each_step_at_least_once() -> None:
    assert plan(STEPS, 1) == [WRITE, COMMIT, AGAIN]
    assert plan(STEPS, 3) == [WRITE, WRITE, COMMIT, COMMIT, COMMIT, AGAIN, AGAIN]


def test_an_operation_is_summed_up() -> None:
    assert cells(summary([KILLED])) == [["add", "2", "3", "5", "2", "2", "1"]]


def test_each_name_has_a_line() -> None:
    assert cells(of_steps(KILLED)) == [
        ["write a", "2", "1", "1", "0"],
        ["commit", "2", "1", "0", "1"],
        ["any moment", "1", "0", "1", "0"],
    ]
