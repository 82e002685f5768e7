"""Questions with one thread of torch and with a thread for each core, alone and beside a busy process for each core.

    python -m benchmarks.threads

Takes about a minute. The same questions follow back to back with either number of threads, in turns, so that what else
the machine does meets both: read the ratios, not the times.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from rich.console import Console

from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.language.english import ENGLISH

QUESTIONS = (
    "When was the tower finished?",
    "What did the lamp burn?",
    "Who took his cat with him?",
    "What holds seventy milligrams?",
    "Where do foragers carry nectar?",
    "How far does castling move the king?",
    "Is castling allowed while the king is in check?",
    "What do most players choose when a pawn reaches the far side?",
)
SECONDS = 20

console = Console(width=100, highlight=False)


def main() -> None:
    """Ask the same questions with one thread and with all, alone and beside busy processes."""
    cores = free_cores()
    if cores == 1:
        sys.exit("This process may use one core only, so that there is nothing to compare.")
    encoders = {count: SentenceTransformerEncoder.load(threads=Threads(question=count)) for count in (1, cores)}
    console.print(f"{len(QUESTIONS)} questions back to back, with 1 and with {cores} threads:")
    report("alone", encoders)
    with busy(cores):
        report(f"beside {cores} busy processes", encoders)


def report(surroundings: str, encoders: dict[int, SentenceTransformerEncoder]) -> None:
    """Print the medians and their ratio."""
    with_one, with_all = (median(times) * 1000 for times in measure(encoders).values())
    console.print(
        f"{surroundings}: {with_one:.0f} ms with 1, {with_all:.0f} ms with all; "
        f"with all {with_all / with_one:.2f} times as long"
    )


def measure(encoders: dict[int, SentenceTransformerEncoder]) -> dict[int, list[float]]:
    """The seconds that all questions took in each round, by the number of threads."""
    times: dict[int, list[float]] = {count: [] for count in encoders}
    end = time.monotonic() + SECONDS
    while time.monotonic() < end or not all(times.values()):
        for count, encoder in encoders.items():
            start = time.perf_counter()
            for question in QUESTIONS:
                encoder.encode_queries([question], [ENGLISH.find_words(question)])
            times[count].append(time.perf_counter() - start)
    return times


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep this number of processes busy meanwhile."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
