"""Answers in the terminal, as people and programs read them."""

from __future__ import annotations

import io
import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rich.console import Console

from pullquote.commands import answers
from pullquote.commands.answers import answer_object, print_answer, print_refusal
from pullquote.library.library import Library
from retrieval.answer import Answer, Hit, LanguageGap, Verdict
from retrieval.answering import Answerer
from retrieval.article import Article, Passage, Span
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import QuestionError
from retrieval.question import Question
from tests.support.folders import MakeFolder
from tests.support.made_answers import SHIPPED, answer_of

TEXT = "First paragraph.\n\nIt holds [bold]brackets[/bold]. And :smile: too."


def quote(title: str = "A [red]title[/red]", text: str = TEXT, url: str | None = None) -> Hit:
    """A quote of the text's second paragraph, whose first sentence answers."""
    start = text.index("It holds")
    end = text.index(" And ")
    sentences = (Span(start, end), Span(end + 1, len(text)))
    passage = Passage(2, start, len(text), ("Section [1]",), sentences)
    article = Article("a.md", "", title, url, None, None, None, text, (passage,))
    return Hit(article, passage, sentences[0], 0.87654321, {})


def answer(verdict: Verdict, *hits: Hit) -> Answer:
    return answer_of(verdict, *hits, question="Who?", elapsed_ms=12.3456)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


# For programs


def test_the_answer_as_data() -> None:
    shown = answer(Verdict.ANSWERED, quote(url="https://example.org/a"), quote())
    quoted = {
        "article": "A [red]title[/red]",
        "source": "https://example.org/a",
        "file": "a.md",
        "headings": ["Section [1]"],
        "passage": 2,
        "start": 18,
        "end": 66,
        "text": "It holds [bold]brackets[/bold]. And :smile: too.",
        "highlight": [0, 31],
        "lead": None,
        "links": [],
        "score": 0.8765,
    }
    assert answer_object(shown) == {
        "question": "Who?",
        "verdict": "answered",
        "unmentioned": [],
        "confidence": 0.8765,
        "elapsed_ms": 12.35,
        "quotes": [quoted, quoted | {"source": "a.md"}],
    }


def test_a_title_comes_with_what_tells_it_from_other_articles(capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(Verdict.ANSWERED, replace(quote("FAQ"), shown_title="proxy › FAQ"))
    assert answer_object(shown)["quotes"][0]["article"] == "proxy › FAQ"
    print_answer(shown, explain=True)
    printed = capsys.readouterr().out
    assert "— proxy › FAQ · Section [1] · paragraph 2 · a.md" in printed
    assert "1. proxy › FAQ, paragraph 2" in printed


@given(title=st.text(st.characters(exclude_categories=["Cs"])))
@examples(derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_is_one_line_of_utf8_whatever_the_terminal_speaks(title: str) -> None:
    printed = io.BytesIO()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="ascii"))
        print_answer(answer(Verdict.CLOSEST, quote(title)), as_json=True)
        line = printed.getvalue().decode("utf-8")
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert json.loads(line) == answer_object(answer(Verdict.CLOSEST, quote(title)))


def test_a_question_in_a_language_that_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    shown = replace(answer(Verdict.OTHER_LANGUAGE, quote()), gap=LanguageGap("de", ("en",)))
    sentence = (
        "Fragen in dieser Sprache verstehe ich hier nicht. Sprache der Artikel: Englisch. "
        "Bitte stell deine Frage noch einmal in dieser Sprache."
    )
    data = answer_object(shown)
    assert (data["verdict"], data["language"], data["message"]) == ("other_language", "de", sentence)
    print_answer(shown)
    assert sentence in " ".join(capsys.readouterr().out.replace("│", " ").split())


def explained() -> Answer:
    """Two candidates, of which the first has three quarters of ½ · ⅔."""
    hits = (
        replace(quote(), probability=0.25, features={"coverage": 1.0, "score": math.log(3)}),
        replace(quote("[b]"), probability=1 / 12, features={"coverage": -0.123456, "score": 0.0}),
    )
    return replace(answer(Verdict.ANSWERED, *hits), topic=0.5, answerable=2 / 3)


def test_the_explanation_as_data() -> None:
    shown = answer_object(explained(), explain=True)
    assert answer_object(explained()) == {
        key: value for key, value in shown.items() if key not in ("topic", "answerable", "candidates")
    }
    assert (shown["topic"], shown["answerable"]) == (0.5, 0.6667)
    assert shown["candidates"] == [
        {"file": "a.md", "passage": 2, "probability": 0.25, "features": {"coverage": 1.0, "score": 1.0986}},
        {"file": "a.md", "passage": 2, "probability": 0.0833, "features": {"coverage": -0.1235, "score": 0.0}},
    ]


def test_only_the_first_quotes_are_quoted_but_every_candidate_is_explained() -> None:
    whole = answer(Verdict.CLOSEST, *(quote(f"Number {number}") for number in range(5)))
    shown = answer_object(whole, explain=True)
    assert [item["article"] for item in shown["quotes"]] == ["Number 0", "Number 1", "Number 2"]
    assert len(shown["candidates"]) == 5
    assert answer_object(whole) == {key: shown[key] for key in answer_object(explained())}


def test_a_refusal_as_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_refusal(" 🙂 \n", QuestionError("Words, please."), as_json=True)
    out, err = capsysbinary.readouterr()
    assert json.loads(out) == {"question": "🙂", "error": "Words, please."}
    assert err == b""


# For people


def test_an_answer_shows_text_and_source_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(answer(Verdict.ANSWERED, quote(url="https://example.org/a")))
    out, _ = capsys.readouterr()
    assert out.splitlines() == [
        "╭────────────────────────────── The article says ──────────────────────────────╮",
        "│ It holds [bold]brackets[/bold]. And :smile: too.                             │",
        "│ — A [red]title[/red] · Section [1] · paragraph 2 · https://example.org/a     │",
        "│                                                                              │",
        "╰─────────────────────────────────── 12 ms ────────────────────────────────────╯",
    ]


def test_a_follow_up_says_what_it_was_searched_with(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(replace(answer(Verdict.NOT_IN_CORPUS, quote()), followed=("Who [b]built[/b] it?", "why?")))
    out, _ = capsys.readouterr()
    first, second = out.splitlines()[1:3]
    assert first == "│ Searched with your questions before: “Who [b]built[/b] it?”, “why?”          │"
    assert second.strip("│ ") == ""


@pytest.mark.parametrize(
    ("verdict", "heading", "shows_quotes"),
    [
        (Verdict.ANSWERED, "The article says", True),
        (Verdict.CLOSEST, "It may be here", True),
        (Verdict.NOT_IN_CORPUS, "The articles don't say", False),
    ],
)
def test_each_verdict_says_what_it_is(
    capsys: pytest.CaptureFixture[str], verdict: Verdict, heading: str, shows_quotes: bool
) -> None:
    print_answer(answer(verdict, quote()))
    out, _ = capsys.readouterr()
    assert f" {heading} " in out
    assert ("It holds [bold]brackets[/bold]." in out) is shows_quotes
    assert ("Other words may help" in out) is not shows_quotes


def test_the_answering_sentence_is_bold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(answers, "out", Console(force_terminal=True, color_system="standard"))
    print_answer(answer(Verdict.ANSWERED, quote()))
    out, _ = capsys.readouterr()
    assert "\x1b[1mIt holds [bold]brackets[/bold].\x1b[0m And :smile: too." in out


def test_the_explanation_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Titles are shown as they are: brackets are not markup."""
    print_answer(explained(), explain=True)
    out, _ = capsys.readouterr()
    _, _, lines = out.partition("╯\n")
    assert [line.rstrip() for line in lines.splitlines()] == [
        "Probability = 0.500 (about the articles) × 0.667 (answered there, if so) × the",
        "passage's share",
        "",
        "1. A [red]title[/red], paragraph 2: 0.250 (share 0.750)",
        "   coverage 1.00  score 1.10",
        "",
        "2. [b], paragraph 2: 0.083 (share 0.250)",
        "   coverage -0.12  score 0.00",
        "",
    ]


def test_without_asking_for_it_nothing_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(explained())
    out, _ = capsys.readouterr()
    assert out.endswith("╯\n")
    assert "coverage" not in out


def test_probabilities_of_nothing_have_no_shares(capsys: pytest.CaptureFixture[str]) -> None:
    """As far as a computer can tell, 0 is the probability that English articles answer a question in Chinese."""
    unlikely = answer(Verdict.NOT_IN_CORPUS, replace(quote(), probability=0.0))
    print_answer(replace(unlikely, topic=0.0, answerable=0.5), explain=True)
    assert "1. A [red]title[/red], paragraph 2: 0.000 (share 0.000)\n" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [10, 30])
def test_a_narrow_terminal_loses_no_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    print_answer(answer(Verdict.ANSWERED, quote()))
    lines = capsys.readouterr().out.splitlines()
    assert {len(line) for line in lines} == {columns}
    shown = "".join("".join(line.strip("│") for line in lines[1:-1]).split())
    assert shown == "Itholds[bold]brackets[/bold].And:smile:too.—A[red]title[/red]·Section[1]·paragraph2·a.md"


def test_escapes_in_an_article_do_not_reach_the_terminal(
    make_folder: MakeFolder,
    tmp_path: Path,
    encoder: SentenceTransformerEncoder,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = make_folder(
        {
            "a\x1b[31m.md": "# The \x1b[2Jkeeper\n\nThe \x1b[31mkeeper\x07 left\x9b1m. &#27;[1m &#x9b;1m\n",
            "b\x1b]0;owned\x07.txt": "The cook left\x1b]0;owned\x07.\n",
        }
    )
    answerer = Answerer(Library.open(folder, tmp_path / "data", encoder), SHIPPED)
    for question in ("Who was the keeper?", "Did the cook leave?"):
        print_answer(answerer.answer(Question.parse(question)))
    out, _ = capsys.readouterr()
    assert "keeper" in out
    assert "cook" in out
    assert [char for char in out if not char.isprintable() and char != "\n"] == []
