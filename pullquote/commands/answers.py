"""An answer in the terminal: for people, with rich; for programs, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from pullquote.commands.printing import out, print_error, print_json
from pullquote.locales import for_operators
from pullquote.locales.english import VERDICT_HEADINGS
from retrieval.answer import Answer, Hit, Verdict
from retrieval.errors import QuestionError

_STYLES = {Verdict.ANSWERED: "green", Verdict.CLOSEST: "yellow", Verdict.NOT_IN_CORPUS: "bright_black"}
_NOT_FOUND = "The articles here do not seem to say anything about this. Other words may help."


def print_answer(answer: Answer, *, as_json: bool = False, explain: bool = False) -> None:
    """Print an answer: for people, or as one line of JSON."""
    if as_json:
        print_json(answer_object(answer, explain=explain))
        return
    out.print(_answer_panel(answer))
    if explain:
        for line in _explained(answer):
            out.print(line)


def print_refusal(question: str, error: QuestionError, *, as_json: bool = False) -> None:
    """Print why a question cannot be looked up, instead of an answer."""
    if as_json:
        print_json({"question": question.strip(), "error": for_operators(error)})
    else:
        print_error(error)


def answer_object(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """The answer as JSON-ready data, in the form that the README describes."""
    data = {
        "question": answer.question.text,
        "verdict": str(answer.verdict),
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
        "quotes": [_quote_object(quote) for quote in answer.quotes],
    }
    return data | _explanation(answer) if explain else data


def _explanation(answer: Answer) -> dict[str, Any]:
    """What the probabilities of the candidates are made of."""
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
        "article": quote.title,
        "source": quote.article.source,
        "file": quote.article.file,
        "passage": quote.passage.number,
        "start": quote.passage.start,
        "end": quote.passage.end,
        "text": quote.text,
        "highlight": [quote.highlight_in_text.start, quote.highlight_in_text.end],
        "score": round(quote.probability, 4),
    }


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
        quote.title,
        quote.passage.section,
        f"paragraph {quote.passage.number}",
        quote.article.source,
    )
    return Text("— " + " · ".join(part for part in parts if part), style="italic cyan")


def _explained(answer: Answer) -> Iterator[RenderableType]:
    yield Text(
        f"Probability = {answer.topic:.3f} (about the articles) × {answer.answerable:.3f} (answered there, if so) "
        "× the passage's share\n"
    )
    whole = answer.topic * answer.answerable
    for rank, hit in enumerate(answer.hits, 1):
        share = hit.probability / whole if whole else 0.0
        yield Text.assemble(
            (f"{rank}. {hit.title}, paragraph {hit.passage.number}", "bold"),
            f": {hit.probability:.3f} (share {share:.3f})",
        )
        yield Padding(Text("  ".join(f"{name} {value:.2f}" for name, value in hit.features.items())), (0, 0, 1, 3))
