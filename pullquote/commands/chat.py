"""`chat`: questions and answers in the terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pullquote.commands.answers import print_answer
from pullquote.commands.opening import open_answerer, open_library_here
from pullquote.commands.options import CorpusOption, with_corpus
from pullquote.commands.printing import err, out, print_error, print_line
from pullquote.library.conversations import Conversations, Talk
from pullquote.library.problems import Problem
from pullquote.locales import for_operators
from pullquote.locales.english import counted
from pullquote.settings import load_settings
from retrieval.answering import Answerer
from retrieval.errors import QuestionError
from retrieval.files import keep_private, make_folder
from retrieval.question import Question

try:
    import readline
except ImportError:  # Windows has no readline; there the chat works without history
    readline = None  # type: ignore[assignment]

# How many questions the history keeps.
_HISTORY_LINES = 500
# The one who sits at the terminal.
_HERE = Talk(guild=None, channel=None, member=0)


def chat(corpus: CorpusOption = None) -> None:
    """Ask in the terminal: the same answers, without Discord."""
    settings = with_corpus(load_settings(), corpus)
    library = open_library_here(settings)
    converse(open_answerer(settings, library), library.problems, settings.data / "chat_history")


def converse(answerer: Answerer, problems: Sequence[Problem], history: Path) -> None:
    """Ask and answer until the input ends. `problems` are the problems of the corpus."""
    corpus = answerer.holder.corpus
    out.print(
        f"{counted(len(corpus.articles), 'article')}, {counted(len(corpus.layout.passages), 'passage')}. "
        "Ask in your own words; an empty line or Ctrl+D ends the chat."
    )
    for problem in problems:
        print_line(err, for_operators(problem.line), "yellow")
    conversations = Conversations()
    with _line_history(history):
        for question in _questions():
            try:
                answer = answerer.answer(Question.parse(question, before=conversations.before(_HERE)))
            except QuestionError as error:
                print_error(error)
            else:
                conversations.note(_HERE, answer.question)
                print_answer(answer)
    out.print("Bye.")


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
    """Keep the questions for the arrow keys, over restarts, too."""
    if readline is None or not sys.stdin.isatty():
        yield
        return
    # A history that cannot be read or written is a comfort less, but not a reason to stop the chat.
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
