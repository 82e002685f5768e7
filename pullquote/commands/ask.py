"""`ask`: answers one question, or many from standard input, and exits."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pullquote.commands.answers import print_answer, print_refusal
from pullquote.commands.opening import open_answerer, open_library_here
from pullquote.commands.options import CorpusOption, with_corpus
from pullquote.settings import load_settings
from retrieval.errors import QuestionError
from retrieval.question import Question


def ask(
    question: Annotated[
        str,
        typer.Argument(metavar="QUESTION", help="The question; - reads questions from standard input, one a line."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, for programs.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print all candidates and what they were judged by.")
    ] = False,
    corpus: CorpusOption = None,
) -> None:
    """Answer a question, or many from standard input, and exit."""
    settings = with_corpus(load_settings(), corpus)
    answerer = open_answerer(settings, open_library_here(settings))
    questions = [_utf8(question)] if question != "-" else (line for line in sys.stdin if line.strip())
    failed = False
    for text in questions:
        try:
            answer = answerer.answer(Question.parse(text))
        except QuestionError as error:
            failed = True
            print_refusal(text, error, as_json=as_json)
        else:
            print_answer(answer, as_json=as_json, explain=explain)
    raise typer.Exit(1 if failed else 0)


def _utf8(argument: str) -> str:
    """The argument with question marks for bytes that are not UTF-8: neither model nor terminal takes such bytes."""
    return argument.encode(errors="replace").decode()
