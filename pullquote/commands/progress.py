"""A bar in the terminal that shows how far long work is, and how long it will still take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from pullquote.commands.printing import err
from retrieval.progress import Progress, Step


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error for each step, if that is a terminal, as long as the work goes on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), "left")
    with ProgressBar(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        shown: dict[Step, TaskID] = {}

        def show(step: Step, done: int, total: int) -> None:
            if step not in shown:
                for earlier in shown.values():
                    bar.remove_task(earlier)
                # Each step has a bar of its own, for a step's pace tells nothing of the next step's.
                shown.clear()
                shown[step] = bar.add_task(step, total=total)
            bar.update(shown[step], completed=done, total=total)

        yield show
