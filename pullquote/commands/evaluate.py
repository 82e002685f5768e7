"""What `bot.py evaluate` does: everything that can be wrong with its arguments first, the long work after that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.commands import figures as report
from pullquote.evaluation.folders import make_folders, write_pages
from pullquote.evaluation.metrics import measure
from pullquote.evaluation.question_sets import Entry, SetQuestion, off_topic_questions, question_set, read_entries
from pullquote.evaluation.run import Scope, run_set
from retrieval.answering import Answerer, Source
from retrieval.encoding.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Task:
    """A question set to evaluate."""

    file: Path
    entries: tuple[Entry, ...]
    off_topic: tuple[SetQuestion, ...] | None
    folder: Path | None
    """Where its pictures go, if they are wanted."""


def prepare(files: Sequence[Path], off_topic: Path | None, out: Path | None) -> list[Task]:
    """Read the files and make the folders. Raises PullquoteError."""
    sets = [read_entries(file) for file in files]
    other = read_entries(off_topic) if off_topic else None
    astray = [off_topic_questions(other, entries) if other else None for entries in sets]
    folders = make_folders(out, files) if out else [None] * len(files)
    return [Task(*task) for task in zip(files, sets, astray, folders, strict=True)]


def evaluate(
    task: Task, scope: Scope, encoder: Encoder, make_answerer: Callable[[Source], Answerer], *, as_json: bool
) -> None:
    """Ask the questions, print the figures, write the pictures. Raises PullquoteError."""
    with report.progress_bar() as progress:
        questions = question_set(task.entries, encoder)
        run = run_set(questions, scope, encoder, make_answerer, off_topic=task.off_topic, progress=progress)
    report.show_refused(run)
    metrics = measure(run, str(task.file))
    if as_json:
        report.show_json(metrics)
    else:
        report.show_tables(metrics)
    if task.folder:
        write_pages(run, str(task.file), task.folder)
        report.show_folder(task.folder)
