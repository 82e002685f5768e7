"""Pullquote: a Discord bot that answers questions with quoted passages and their sources.

`python bot.py` starts the bot if DISCORD_TOKEN is set, and the terminal chat if not. See `python bot.py --help`.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import discord
import typer

from pullquote.cogs.client import Pullquote
from pullquote.cogs.serving import StartError, serve
from pullquote.commands import terminal
from pullquote.library.library import Library
from pullquote.settings import Settings, SettingsError, load_settings, unknown_variables
from pullquote.wording import counted
from retrieval.answering import Answerer, Source
from retrieval.encoding.encoder import SentenceTransformerEncoder
from retrieval.encoding.reranker import CrossEncoderReranker
from retrieval.errors import ArticleError, CorpusError, ModelError, PullquoteError, QuestionError
from retrieval.question import Question
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import Weights, calibrated_file, weights_for
from retrieval.reading.loaders import list_files, read_bytes, same_titles
from retrieval.reading.measure import NoMeasure
from retrieval.reading.reader import ArticleReader
from retrieval.search.snapshot import size_on_disk

log = logging.getLogger("pullquote")


def create_bot(settings: Settings, library: Library | None = None, **options: Any) -> Pullquote:
    """Build the bot, ready to be started; `options` go to discord.py's client.

    Raises PullquoteError if model or corpus cannot be loaded.
    """
    library = library or open_library(settings)
    return Pullquote(settings, library, open_answerer(settings, library), **options)


def open_library(settings: Settings) -> Library:
    """Load the model and the corpus. Raises ModelError or CorpusError."""
    encoder = SentenceTransformerEncoder.load(settings.model, settings.threads)
    return Library.open(settings.corpus, settings.data, encoder)


def open_answerer(settings: Settings, source: Source, tell: Callable[[str], object] = log.warning) -> Answerer:
    """An answerer with the weights for this model, and with the reranker if they know it. Raises ModelError.

    `tell` is called with a sentence on whatever is not used, and why.
    """
    reranker = CrossEncoderReranker.load(settings.reranker, settings.question_threads) if settings.reranker else None
    weights = weights_for(settings.data, source.encoder.fingerprint, reranker.fingerprint if reranker else None, tell)
    if reranker and not weights.rerank:
        tell(
            f"The reranker {settings.reranker} is not used, for it is not calibrated: "
            "python bot.py calibrate FILE… does that."
        )
    return Answerer(source, Ranker(weights), reranker if weights.rerank else None)


app = typer.Typer(
    help="Answers questions with quoted passages from your articles and their sources, in Discord or right here.",
    epilog="Without a command: run, if DISCORD_TOKEN is set, otherwise chat.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help="Folder with the articles, instead of the one set."),
]


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: the bot if there is a token, otherwise the chat."""
    if context.invoked_subcommand is None:
        if load_settings().discord_token is None:
            typer.echo("DISCORD_TOKEN is not set, so this is the terminal chat on the same articles.")
            chat()
        else:
            run()


@app.command()
def run(corpus: CorpusOption = None) -> None:
    """Start the Discord bot."""
    settings = _with_corpus(load_settings(), corpus)
    if settings.discord_token is None:
        raise StartError(
            "DISCORD_TOKEN is not set. Put DISCORD_TOKEN=… into a file named .env, "
            "or try the articles without Discord: python bot.py chat"
        )
    _log_to_stderr(settings)
    bot = create_bot(settings)
    for problem in bot.library.problems:
        log.warning("Problem in the corpus: %s", problem)
    asyncio.run(serve(bot, settings.discord_token.get_secret_value()))


@app.command()
def chat(corpus: CorpusOption = None) -> None:
    """Ask in the terminal: the same answers, without Discord."""
    settings = _with_corpus(load_settings(), corpus)
    library = open_library(settings)
    terminal.chat(open_answerer(settings, library), library.problems, settings.data / "chat_history")


@app.command()
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
    settings = _with_corpus(load_settings(), corpus)
    answerer = open_answerer(settings, open_library(settings))
    questions = [_utf8(question)] if question != "-" else (line for line in sys.stdin if line.strip())
    failed = False
    for one in questions:
        try:
            answer = answerer.answer(Question.parse(one))
        except QuestionError as error:
            failed = True
            terminal.show_refusal(one, error, as_json=as_json)
        else:
            terminal.show_answer(answer, as_json=as_json, explain=explain)
    raise typer.Exit(1 if failed else 0)


@app.command()
def evaluate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Articles and questions on them, in SQuAD's JSON shape.")
    ],
    scope: Annotated[
        Literal["article", "all"],
        typer.Option("--scope", help="Ask each question of its own article, or of all articles of its file."),
    ] = "all",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file, for programs.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", file_okay=False, help="Write pictures and a page of failures there."),
    ] = None,
    off_topic: Annotated[
        Path | None,
        typer.Option("--off-topic", metavar="OTHER.json", help="Also ask questions of this file, on other topics."),
    ] = None,
) -> None:
    """Measure the answers to questions whose answers are known."""
    # Only here, because scikit-learn takes a second to load, and nothing else needs it.
    from pullquote.commands import evaluate as command

    settings = load_settings().for_many_questions()
    tasks = command.prepare(files, off_topic, out)
    encoder = SentenceTransformerEncoder.load(settings.model, settings.threads)
    for task in tasks:
        command.evaluate(task, scope, encoder, partial(open_answerer, settings), as_json=as_json)


@app.command()
def calibrate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Articles and questions on them, in SQuAD's JSON shape.")
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Write the weights there instead of the data folder."),
    ] = None,
) -> None:
    """Fit the ranker to the model that is set, with known answers."""
    from pullquote.evaluation.fitting.calibration import calibrate as fit_weights  # for the same reason

    settings = load_settings().for_many_questions()
    encoder = SentenceTransformerEncoder.load(settings.model, settings.threads)
    reranker = CrossEncoderReranker.load(settings.reranker, settings.question_threads) if settings.reranker else None
    used = calibrated_file(settings.data, encoder.fingerprint, reranker.fingerprint if reranker else None)
    command = "python bot.py calibrate"
    if into:
        command = " ".join([command, *map(str, files), "--into", str(into)])
    weights = fit_weights(files, encoder, into or used, command, reranker)
    terminal.show_calibration(weights, into or used, used=into is None)


@app.command()
def check(corpus: CorpusOption = None) -> None:
    """Check settings, articles and model; list every problem found."""
    problems = [f"{name} is no setting of Pullquote; see the README for their names." for name in unknown_variables()]
    try:
        settings = load_settings()
    except SettingsError as error:
        problems += str(error).splitlines()
        settings = error.usable
    settings = _with_corpus(settings, corpus)
    found = [f"DISCORD_TOKEN: {'set' if settings.discord_token else 'not set: only the terminal works'}"]
    try:
        library = open_library(settings)
    except ModelError as error:
        problems += [str(error), *_problems_without_model(settings.corpus)]
    except CorpusError as error:
        problems += str(error).splitlines()
    else:
        problems += map(str, library.problems)
        try:
            answerer = open_answerer(settings, library, problems.append)
        except ModelError as error:
            problems.append(str(error))
        else:
            found += [*_found(library), *_judged_by(answerer.ranker.weights, library)]
    terminal.show_check(found, problems)
    raise typer.Exit(1 if problems else 0)


def _found(library: Library) -> list[str]:
    corpus = library.corpus
    articles = counted(len(corpus.articles), "article")
    passages = counted(len(corpus.layout.passages), "passage")
    sentences = counted(corpus.layout.sentences, "sentence")
    size = size_on_disk(library.shelf)
    a_passage = size // len(corpus.layout.passages)
    saved = f"Saved index: {size / 1e6:,.1f} MB, {a_passage:,} bytes a passage, in {library.shelf}"
    return [
        f"Model: {corpus.model} ({library.encoder.dimension} dimensions)",
        f"Corpus: {articles}, {passages}, {sentences} in {library.folder}",
        *([saved] if library.saved else []),
    ]


def _judged_by(weights: Weights, library: Library) -> list[str]:
    origin = weights.provenance
    fitted = f"fitted to {', '.join(origin.files)} on {origin.date}"
    if origin.fingerprint != library.encoder.fingerprint:
        return [
            f"Ranker: {fitted} for {origin.model}, not for this model. Its thresholds are conservative therefore; "
            "python bot.py calibrate FILE… fits it to yours"
        ]
    return [f"Ranker: {fitted}{' with the reranker' if weights.rerank else ''}"]


def _problems_without_model(folder: Path) -> Iterator[str]:
    try:
        listing = list_files(folder)
    except CorpusError as error:
        yield str(error)
        return
    yield from map(str, listing.problems)
    articles = []
    with ArticleReader(NoMeasure()) as reader:
        for file in listing.files:
            try:
                articles.append(reader.read(file, read_bytes(folder, file)))
            except ArticleError as error:
                yield str(error)
    yield from (f"{article.file}: {note}" for article in articles for note in article.notes)
    yield from map(str, same_titles(articles))


def _with_corpus(settings: Settings, corpus: Path | None) -> Settings:
    return settings.model_copy(update={"corpus": corpus}) if corpus is not None else settings


def _utf8(argument: str) -> str:
    """What stands for bytes that are no UTF-8 becomes question marks: neither model nor terminal takes it."""
    return argument.encode(errors="replace").decode()


def _log_to_stderr(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    # discord.py's and aiohttp's debug lines hold tokens of interactions; bm25s tells every step of its own.
    for name in ("discord", "aiohttp", "bm25s"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    # Pullquote has no voice: what discord.py would need for one is nothing to warn of.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def start() -> None:
    """Run the command line; our own errors end it with their sentence."""
    # A character that a pipe or a terminal does not know is no reason to stop.
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except PullquoteError as error:
        terminal.show_error(error)
        sys.exit(1)


if __name__ == "__main__":
    start()
