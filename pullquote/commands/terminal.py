"""The terminal's side: answers, errors and the chat, with rich; and answers as JSON."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from pullquote.library.problems import Problem
from pullquote.locales import for_operators
from pullquote.locales.english import VERDICT_HEADINGS, counted
from retrieval.answer import Answer, Hit, Verdict
from retrieval.answering import Answerer
from retrieval.errors import PullquoteError, QuestionError
from retrieval.files import keep_private, make_folder
from retrieval.question import Question
from retrieval.ranking.weights import Weights

try:
    import readline
except ImportError:  # Windows has none; there the chat works without history
    readline = None  # type: ignore[assignment]

_HISTORY_LINES = 500
_STYLES = {Verdict.ANSWERED: "green", Verdict.CLOSEST: "yellow", Verdict.NOT_IN_CORPUS: "bright_black"}
_NOT_FOUND = "The articles here do not seem to say anything about this. Other words may help."

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def answer_object(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """The answer as JSON-ready data, in the form that the README describes."""
    found = {
        "question": answer.question.text,
        "verdict": str(answer.verdict),
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
        "quotes": [_quote_object(quote) for quote in answer.quotes],
    }
    return found | _explanation(answer) if explain else found


def _explanation(answer: Answer) -> dict[str, Any]:
    """What the probabilities are made of."""
    candidates = [
        {
            "file": hit.article.file,
            "passage": hit.passage.number,
            "probability": round(hit.probability, 4),
            "features": {name: round(value, 4) for name, value in hit.features.items()},
        }
        for hit in answer.hits
    ]
    return {"topic": round(answer.topic, 4), "answerable": round(answer.answerable, 4), "candidates": candidates}


def _quote_object(quote: Hit) -> dict[str, Any]:
    return {
        "article": quote.article.title,
        "source": quote.article.source,
        "file": quote.article.file,
        "passage": quote.passage.number,
        "start": quote.passage.start,
        "end": quote.passage.end,
        "text": quote.text,
        "highlight": [quote.highlight_in_text.start, quote.highlight_in_text.end],
        "score": round(quote.probability, 4),
    }


def show_answer(answer: Answer, *, as_json: bool = False, explain: bool = False) -> None:
    """Print an answer: for people, or as one line of JSON."""
    if as_json:
        print_json(answer_object(answer, explain=explain))
        return
    _out.print(_answer_panel(answer))
    if explain:
        for line in _explained(answer):
            _out.print(line)


def _explained(answer: Answer) -> Iterator[RenderableType]:
    yield Text(
        f"Probability = {answer.topic:.3f} (about the articles) × {answer.answerable:.3f} (answered there, if so) "
        "× the passage's share\n"
    )
    whole = answer.topic * answer.answerable
    for rank, hit in enumerate(answer.hits, 1):
        share = hit.probability / whole if whole else 0.0
        yield Text.assemble(
            (f"{rank}. {hit.article.title}, paragraph {hit.passage.number}", "bold"),
            f": {hit.probability:.3f} (share {share:.3f})",
        )
        yield Padding(Text("  ".join(f"{name} {value:.2f}" for name, value in hit.features.items())), (0, 0, 1, 3))


def show_calibration(weights: Weights, file: Path, *, used: bool) -> None:
    """Print how well fitted weights do, where they are, and whether they are used from now on."""
    for name, value in weights.provenance.metrics.items():
        _out.print(f"{name}: {value}")
    where = "From now on they are used with this model" if used else "The weights are in this file"
    _print_line(_out, f"{where}: {file}", "green")


def show_refusal(question: str, error: QuestionError, *, as_json: bool = False) -> None:
    """Print why a question cannot be looked up, in the answer's place."""
    if as_json:
        print_json({"question": question.strip(), "error": for_operators(error)})
    else:
        show_error(error)


def show_error(error: PullquoteError) -> None:
    """Print an error's sentence."""
    _print_line(_err, for_operators(error), "red")


def show_check(found: Sequence[str], problems: Sequence[str]) -> None:
    """Print what `check` found."""
    for line in found:
        _print_line(_out, f"✓ {line}", "green")
    for line in problems:
        _print_line(_out, f"✗ {line}", "red")
    if not problems:
        _out.print("Everything is in order.")


def chat(answerer: Answerer, problems: Sequence[Problem], history: Path) -> None:
    """Ask and answer until the input ends. `problems` are those of the corpus."""
    corpus = answerer.library.corpus
    _out.print(
        f"{counted(len(corpus.articles), 'article')}, {counted(len(corpus.layout.passages), 'passage')}. "
        "Ask in your own words; an empty line or Ctrl+D ends the chat."
    )
    for problem in problems:
        _print_line(_err, for_operators(problem.line), "yellow")
    with _line_history(history):
        for question in _questions():
            try:
                show_answer(answerer.answer(Question.parse(question)))
            except QuestionError as error:
                show_error(error)
    _out.print("Bye.")


def _questions() -> Iterator[str]:
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            question = input(prompt)
        except (EOFError, KeyboardInterrupt):
            return
        if not question.strip():
            return
        yield question


@contextlib.contextmanager
def _line_history(file: Path) -> Iterator[None]:
    """Keep what was asked for the arrow keys, over restarts too."""
    if readline is None or not sys.stdin.isatty():
        yield
        return
    # A history that cannot be read or written is a comfort less, no reason to stop the chat.
    with contextlib.suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(_HISTORY_LINES)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            make_folder(file.parent)
            file.touch(mode=0o600)
            readline.write_history_file(file)
            keep_private(file)


def _answer_panel(answer: Answer) -> Panel:
    parts: list[RenderableType] = []
    if answer.verdict is Verdict.NOT_IN_CORPUS:
        parts.append(_NOT_FOUND)
    else:
        for quote in answer.quotes:
            parts += [_quote_text(quote), Padding(_citation(quote), (0, 0, 1, 0))]
    return Panel(
        Group(*parts),
        title=VERDICT_HEADINGS[answer.verdict],
        subtitle=f"{answer.confidence:.0%} likely to answer · {answer.elapsed_ms:.0f} ms",
        border_style=_STYLES[answer.verdict],
    )


def _quote_text(quote: Hit) -> Text:
    text = Text(quote.text)
    text.stylize("bold", quote.highlight_in_text.start, quote.highlight_in_text.end)
    return text


def _citation(quote: Hit) -> Text:
    parts = (
        quote.article.title,
        quote.passage.section,
        f"paragraph {quote.passage.number}",
        quote.article.source,
    )
    return Text("— " + " · ".join(part for part in parts if part), style="italic cyan")


def _print_line(console: Console, line: str, style: str) -> None:
    # The terminal wraps long lines where it must: a log, or whoever copies a path, gets them whole.
    console.print(Text(line, style=style), soft_wrap=True)


def print_json(value: dict[str, Any]) -> None:
    """Print a value as one line of JSON, in UTF-8 whatever the terminal speaks."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A file's name may hold bytes that are not text. An answer must reach a pipe before the next question is asked.
    sys.stdout.buffer.write(line.encode(errors="replace") + b"\n")
    sys.stdout.flush()
