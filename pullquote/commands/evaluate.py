"""`evaluate`: measures the answers to questions whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pullquote.commands.figures import print_figures
from pullquote.commands.opening import open_answerer, open_encoder
from pullquote.commands.options import QuestionFiles
from pullquote.commands.printing import err, print_json, print_line
from pullquote.commands.progress import progress_bar
from pullquote.evaluation.folders import make_folders, write_pages
from pullquote.evaluation.metrics import measure
from pullquote.evaluation.question_sets import (
    QuestionFile,
    SetQuestion,
    off_topic_questions,
    question_set,
    read_entries,
    read_file,
)
from pullquote.evaluation.run import Run, Scope, run_set
from pullquote.settings import load_settings


def evaluate(
    files: QuestionFiles,
    scope: Annotated[
        Scope, typer.Option("--scope", help="Ask each question of its own article, or of all articles of its file.")
    ] = "all",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file, for programs.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", file_okay=False, help="Write pictures and a page of failures there."),
    ] = None,
    near_misses: Annotated[
        bool, typer.Option("--near-misses", help="Also ask questions whose answer is taken out of the articles.")
    ] = False,
    off_topic: Annotated[
        Path | None,
        typer.Option("--off-topic", metavar="OTHER.json", help="Also ask questions of this file, on other topics."),
    ] = None,
) -> None:
    """Measure the answers to questions whose answers are known."""
    settings = load_settings().for_many_questions()
    tasks = _prepare(files, off_topic, out)
    encoder = open_encoder(settings)
    make_answerer = partial(open_answerer, settings)
    for task in tasks:
        with progress_bar() as progress:
            questions = question_set(task.questions.data, encoder, task.questions.mix)
            run = run_set(
                questions,
                scope,
                encoder,
                make_answerer,
                off_topic=task.off_topic,
                natural=near_misses,
                progress=progress,
            )
        _print_refused(run)
        metrics = measure(run, str(task.file))
        if as_json:
            print_json(asdict(metrics))
        else:
            print_figures(metrics)
        if task.folder:
            write_pages(run, str(task.file), task.folder)
            print_line(err, f"Pictures and failures are in {task.folder}")


@dataclass(frozen=True, slots=True)
class _Task:
    """A question set to evaluate."""

    file: Path
    questions: QuestionFile
    off_topic: tuple[SetQuestion, ...] | None
    folder: Path | None
    """The folder for its pictures and failures, if they are wanted."""


def _prepare(files: Sequence[Path], off_topic: Path | None, out: Path | None) -> list[_Task]:
    """Read the files and make the folders, before the long work. Raises PullquoteError for whatever is wrong."""
    sets = [read_file(file) for file in files]
    other = read_entries(off_topic) if off_topic else None
    astray = [off_topic_questions(other, each.data) if other else None for each in sets]
    folders = make_folders(out, files) if out else [None] * len(files)
    return [_Task(*task) for task in zip(files, sets, astray, folders, strict=True)]


def _print_refused(run: Run) -> None:
    """Say on standard error how many questions were counted without having been asked, if any."""
    refused = sum(outcome.answer is None for outcome in run.all_outcomes)
    if refused:
        total = len(run.all_outcomes)
        line = f"{refused:,} of {total:,} questions have no word in them or are too long; they count as declined."
        print_line(err, line)
