"""The figures of an evaluation on the terminal: tables for people, a line of JSON for programs."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table
from rich.text import Text

from pullquote.commands.terminal import print_json
from pullquote.evaluation.metrics import Metrics
from pullquote.evaluation.run import Run
from pullquote.locales.english import counted
from retrieval.answer import Verdict
from retrieval.progress import Progress, Step

_MEANINGS = {
    "r1": "right passage first",
    "r3": "among the first 3",
    "r5": "among the first 5",
    "r10": "among the first 10",
    "mrr": "mean of 1 / its place",
    "pointing": "first, and the sentence marked",
    "pointing_given_right": "sentence marked, where found",
    "answered_precision": "right, of answerable answered",
    "answered_precision_all": "right, of all answered",
    "coverage": "answered, of answerable",
    "declined_answerable": "declined, of answerable",
    "declined_unanswerable": "declined, of unanswerable",
    "declined_off_topic": "declined, of off-topic",
    "auroc_near_miss": "answerable above unanswerable",
    "auroc_off_topic": "answerable above off-topic",
    "calibration_error": "how far confidence is off",
}
_VERDICTS = {Verdict.ANSWERED: "answered", Verdict.CLOSEST: "closest", Verdict.NOT_IN_CORPUS: "not in the corpus"}
_GROUPS = {"answerable": "answerable", "unanswerable": "unanswerable", "off_topic": "off-topic"}

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def show_json(metrics: Metrics) -> None:
    """Print the figures as one line of JSON."""
    print_json(dataclasses.asdict(metrics))


def show_tables(metrics: Metrics) -> None:
    """Print the figures for people."""
    where = "each asked of its own article" if metrics.scope == "article" else "asked of all articles"
    kinds = f"{metrics.answerable:,} answerable, {metrics.unanswerable:,} unanswerable"
    speed = "" if metrics.questions_per_second is None else f"; {metrics.questions_per_second:,.1f} a second"
    _out.print(Text(metrics.file, style="bold"), soft_wrap=True)
    _out.print(f"{counted(metrics.questions, 'question')} ({kinds}), {where}{speed}")
    for table in (_figures(metrics), _verdicts(metrics), _worst(metrics)):
        if table.rows:
            _out.print(Padding(table, (1, 0, 0, 0)))
    _out.print()


def show_refused(run: Run) -> None:
    """Say on standard error how many questions were counted without having been asked, if any."""
    refused = sum(outcome.answer is None for outcome in run.all_outcomes)
    if refused:
        total = len(run.all_outcomes)
        _note(f"{refused:,} of {total:,} questions have no word in them or are too long; they count as declined.")


def show_folder(folder: Path) -> None:
    """Say on standard error where the pictures are."""
    _note(f"Pictures and failures are in {folder}")


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error, if that is a terminal, as long as the work goes on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with ProgressBar(*columns, console=_err, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(Step.READING, total=None)

        def report(step: Step, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield report


def _note(line: str) -> None:
    # The terminal wraps long lines where it must: whoever copies a path gets it whole.
    _err.print(Text(line), soft_wrap=True)


def _figures(metrics: Metrics) -> Table:
    table = _table("", "", "95 %")
    table.add_column("")
    for name, meaning in _MEANINGS.items():
        value = getattr(metrics, name)
        if value is not None:
            interval = metrics.intervals.get(name)
            between = f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""
            table.add_row(name, f"{value:.3f}", between, meaning)
    return table


def _verdicts(metrics: Metrics) -> Table:
    table = _table("Verdicts", *_VERDICTS.values())
    for group, counts in metrics.verdicts.items():
        table.add_row(_GROUPS[group], *(f"{counts[str(verdict)]:,}" for verdict in _VERDICTS))
    return table


def _worst(metrics: Metrics) -> Table:
    table = _table("Worst articles", "questions", "r1", "pointing")
    for score in metrics.worst_articles:
        pointing = "" if score.pointing is None else f"{score.pointing:.3f}"
        table.add_row(Text(score.title), f"{score.questions:,}", f"{score.r1:.3f}", pointing)
    return table


def _table(heading: str, *figures: str) -> Table:
    """An empty table; `figures` are the headings of its columns of figures."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(heading)
    for name in figures:
        table.add_column(name, justify="right")
    return table
