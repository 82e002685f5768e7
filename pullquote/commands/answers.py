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
from pullquote.locales.english import VERDICT_HEADINGS, alternatives, searched_with
from pullquote.locales.other_language import other_language
from retrieval.answer import Answer, Hit, Verdict
from retrieval.errors import QuestionError
from retrieval.quotation import Quotation, quotations

_STYLES = {
    Verdict.ANSWERED: "green",
    Verdict.CLOSEST: "yellow",
    Verdict.NOT_IN_CORPUS: "bright_black",
    Verdict.OTHER_LANGUAGE: "yellow",
}
_NOT_FOUND = "Other words may help: only what is written in the articles can be quoted."


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
        "unmentioned": list(answer.unmentioned),
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
        "quotes": [_quote_object(quote) for quote in answer.quotes],
    }
    if answer.gap is not None:
        data |= {"language": answer.gap.question, "message": other_language(answer.gap)}
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
        "headings": list(quote.passage.headings),
        "passage": quote.passage.number,
        "start": quote.passage.start,
        "end": quote.passage.end,
        "text": quote.text,
        "highlight": [quote.highlight_in_text.start, quote.highlight_in_text.end],
        "lead": quote.passage.lead and quote.article.slice(quote.passage.lead),
        "links": [{"text": quote.article.slice(link), "target": link.target} for link in quote.passage.links],
        "score": round(quote.probability, 4),
    }


def _answer_panel(answer: Answer) -> Panel:
    parts: list[RenderableType] = []
    if answer.followed:
        earlier = searched_with([f"“{question}”" for question in answer.followed])
        parts.append(Padding(Text(earlier), (0, 0, 1, 0)))
    if answer.gap is not None:
        parts.append(other_language(answer.gap))
    elif answer.verdict is Verdict.NOT_IN_CORPUS:
        parts.append(_NOT_FOUND)
    else:
        if answer.verdict is Verdict.CLOSEST and answer.unmentioned:
            words = alternatives([f"“{word}”" for word in answer.unmentioned])
            parts.append(Padding(Text(f"The article does not mention {words}."), (0, 0, 1, 0)))
        for quotation in quotations(answer.quotes):
            parts += [_quote_text(quotation), Padding(_citation(quotation), (0, 0, 1, 0))]
    return Panel(
        Group(*parts),
        title=VERDICT_HEADINGS[answer.verdict],
        subtitle=f"{answer.elapsed_ms:.0f} ms",
        border_style=_STYLES[answer.verdict],
    )


def _quote_text(quotation: Quotation) -> Text:
    text = Text(quotation.text)
    text.stylize("bold", quotation.highlight.start, quotation.highlight.end)
    lead = quotation.lead
    gap = "" if quotation.lead_is_next else "…"
    return Text(f"{quotation.article.slice(lead)}\n{gap}\n").append_text(text) if lead else text


def _citation(quotation: Quotation) -> Text:
    first, last = quotation.passages[0], quotation.passages[-1]
    parts = (
        quotation.hit.title,
        first.section,
        f"paragraph {first.number}" if first is last else f"paragraphs {first.number}–{last.number}",
        quotation.article.source,
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
