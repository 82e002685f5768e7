"""Kills Pullquote with SIGKILL at every step of every operation, and judges what is found afterwards.

    python -m benchmarks.kills [OPERATION ...] [--times 20] [--jobs 1] [--steps]

An operation is done in a small scene without a model: a folder of three articles, a guild with four of its own. A step
is where something on the disk is about to change, a transaction begins or ends, or a process starts; steps that differ
in nothing but which file of a snapshot is meant have one name. Pullquote is killed at each name the given number of
times or more, and at least once at each step; then come kills at moments that chance chooses, which meet SQLite in the
middle of its work.

After each kill another process opens the same data folder, asks, looks at everything, adds an article, reloads the
folder, and looks again. All of it must be exactly as it is without the operation, or as it is after the operation;
and that if Pullquote had confirmed it. Ends with 1 if anything else is found. All kills take hours; `--times 1` takes
minutes, and `tests/pullquote/library/test_kills.py` seconds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.support.killing.driver import Driver, Kill, Stage
from tests.support.killing.judging import Outcome
from tests.support.killing.scene import OPERATIONS
from tests.support.killing.steps import Step

# How many kills at any moment come on each time that every step is killed.
MOMENTS = 5

console = Console(width=120, highlight=False)


@dataclass(frozen=True, slots=True)
class Killed:
    """An operation, its steps in order, and what the kills left."""

    operation: str
    steps: Sequence[Step]
    kills: Sequence[Kill]

    @property
    def names(self) -> Sequence[str]:
        """The names of the steps, in the order in which they first come."""
        return list(dict.fromkeys(step.name for step in self.steps))

    def outcomes(self, name: str | None = None) -> Counter[Outcome]:
        """How many kills left what, in all or at the steps of a name."""
        return Counter(kill.outcome for kill in self.kills if name is None or _name(kill) == name)


def main() -> None:
    """Kill at all steps, print what that left, and end with 1 if anything was lost."""
    parser = argparse.ArgumentParser(description="Kills Pullquote at every step of every operation.")
    parser.add_argument("operations", nargs="*", metavar="OPERATION", help=", ".join(OPERATIONS))
    parser.add_argument("--times", type=int, default=20, help="how often each step is killed at")
    parser.add_argument("--jobs", type=int, default=1, help="how many operations are killed at once")
    parser.add_argument("--steps", action="store_true", help="print every step, too")
    options = parser.parse_args()
    if os.name != "posix":
        sys.exit("Windows has no SIGKILL.")
    if unknown := set(options.operations) - set(OPERATIONS):
        parser.error(f"{', '.join(sorted(unknown))}: the operations are {', '.join(OPERATIONS)}")
    operations = options.operations or list(OPERATIONS)
    with ThreadPoolExecutor(options.jobs) as jobs:
        results = list(jobs.map(lambda operation: kill_in(operation, options.times), operations))
    if options.steps:
        for killed in results:
            console.print(of_steps(killed))
    console.print(summary(results))
    failures = [kill for killed in results for kill in killed.kills if kill.outcome is Outcome.FAILURE]
    for kill in failures:
        console.print(f"{kill.operation}, killed at {kill.at}: {kill.why}", markup=False)
    sys.exit(1 if failures else 0)


def kill_in(operation: str, times: int) -> Killed:
    """Kill in an operation, at every step as often as is asked, and at moments that chance chooses."""
    chance = Random(operation)  # noqa: S311 - nothing is to be kept secret
    with TemporaryDirectory(prefix="pullquote-kills-") as folder:
        driver = Driver(operation, Stage(Path(folder).resolve()))
        where: list[Step | float] = [*plan(driver.steps, times)]
        where += [chance.uniform(0, driver.seconds) for _ in range(MOMENTS * times)]
        return Killed(operation, driver.steps, [driver.kill(at) for at in where])


def plan(steps: Sequence[Step], times: int) -> list[Step]:
    """Where to kill: every step equally often, so that each name comes `times` times or more."""
    occurrences = Counter(step.name for step in steps)
    return [step for step in steps for _ in range(ceil(times / occurrences[step.name]))]


def summary(results: Sequence[Killed]) -> Table:
    """A line for each operation."""
    table = Table("operation", "names", "steps", "kills", "old", "new", "failures")
    for killed in results:
        counts = (len(killed.names), len(killed.steps), len(killed.kills), *_told(killed.outcomes()))
        table.add_row(killed.operation, *(f"{count:,}" for count in counts))
    return table


def of_steps(killed: Killed) -> Table:
    """A line for each name of an operation's steps."""
    table = Table(killed.operation, "kills", "old", "new", "failures")
    for name in [*killed.names, _ANY_MOMENT]:
        outcomes = killed.outcomes(name)
        table.add_row(name, *(f"{count:,}" for count in (outcomes.total(), *_told(outcomes))))
    return table


_ANY_MOMENT = "any moment"


def _name(kill: Kill) -> str:
    return kill.at.name if isinstance(kill.at, Step) else _ANY_MOMENT


def _told(outcomes: Counter[Outcome]) -> tuple[int, int, int]:
    return outcomes[Outcome.OLD], outcomes[Outcome.NEW], outcomes[Outcome.FAILURE]


if __name__ == "__main__":
    main()
