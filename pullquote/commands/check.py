"""`check`: looks over settings, articles and model, and names every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from pullquote.commands.opening import open_answerer, open_library_here
from pullquote.commands.options import CorpusOption, with_corpus
from pullquote.commands.printing import out, print_line
from pullquote.library.library import Library
from pullquote.library.problems import Remark
from pullquote.library.reading import read_without_model
from pullquote.library.sources.folder import FolderSource
from pullquote.locales import for_operators
from pullquote.locales.english import counted
from pullquote.locales.other_language import language_name
from pullquote.settings import Settings, SettingsError, load_settings, unknown_variables
from retrieval.errors import CorpusError, ModelError, Reason
from retrieval.language.english import ENGLISH
from retrieval.language.language import Language
from retrieval.ranking.weights import Weights
from retrieval.search.snapshot import size_on_disk

_MULTILINGUAL = "paraphrase-multilingual-MiniLM-L12-v2"


def check(corpus: CorpusOption = None) -> None:
    """Check settings, articles and model; list every problem found."""
    problems = [for_operators(Reason.of("unknown-setting", variable=name)) for name in unknown_variables()]
    try:
        settings = load_settings()
    except SettingsError as error:
        problems += for_operators(error).splitlines()
        settings = error.usable
    settings = with_corpus(settings, corpus)
    notes: list[str] = []
    findings = [f"DISCORD_TOKEN: {'set' if settings.discord_token else 'not set: only the terminal works'}"]
    findings += _look_over(settings, notes, problems)
    print_findings(findings, notes, problems)
    raise typer.Exit(1 if problems else 0)


def print_findings(findings: Sequence[str], notes: Sequence[str], problems: Sequence[str]) -> None:
    """Print the findings, then the notes, and then the problems, a line for each."""
    for line in findings:
        print_line(out, f"✓ {line}", "green")
    for line in notes:
        print_line(out, f"· {line}")
    for line in problems:
        print_line(out, f"✗ {line}", "red")
    if not problems:
        out.print("Everything is in order.")


def _look_over(settings: Settings, notes: list[str], problems: list[str]) -> list[str]:
    """The findings on model, articles, index and weights; what else is to be said is added to `notes` or `problems`."""
    try:
        library = open_library_here(settings)
    except ModelError as error:
        problems.append(for_operators(error))
        _look_over_without_model(settings.corpus, notes, problems)
        return []
    except CorpusError as error:
        problems += for_operators(error).splitlines()
        return []
    notes += _lines(library.remarks)
    problems += _lines(library.problems)
    try:
        answerer = open_answerer(settings, library, lambda reason: problems.append(for_operators(reason)))
    except ModelError as error:
        problems.append(for_operators(error))
        return []
    return [*_corpus_lines(library), *language_lines(library), _ranker_line(answerer.ranker.weights, library)]


def _corpus_lines(library: Library) -> Iterator[str]:
    corpus = library.corpus
    passages = len(corpus.layout.passages)
    articles = counted(len(corpus.articles), "article")
    sentences = counted(corpus.layout.sentences, "sentence")
    yield f"Model: {corpus.model} ({library.encoder.dimension} dimensions)"
    yield f"Corpus: {articles}, {counted(passages, 'passage')}, {sentences} in {library.source.name}"
    if library.saved:
        size = size_on_disk(library.shelf)
        yield f"Saved index: {size / 1e6:,.1f} MB, {size // passages:,} bytes a passage, in {library.shelf}"


def language_lines(library: Library) -> Iterator[str]:
    """What the articles are written in, unless all are in English; and whether another model would know more."""
    passages = library.corpus.layout.passages
    languages = Counter(located.language for located in passages)
    if not any(language is not ENGLISH for language in languages):
        return
    shown = ", ".join(_with_passages(*each) for each in languages.most_common())
    yield f"Languages: {shown}"
    known = library.encoder.languages
    unknown = 0 if known is None else sum(languages[each] for each in languages if each.code not in known)
    if 2 * unknown > len(passages):
        yield (
            f"Most passages are in languages that {library.corpus.model} does not know: they are found by their words "
            f"alone. A multilingual model, such as {_MULTILINGUAL}, finds more: PULLQUOTE_MODEL names it"
        )


def _with_passages(language: Language, passages: int) -> str:
    without_rules = "" if language.is_known else ", read as plain words"
    return f"{language_name(language.code)} ({counted(passages, 'passage')}{without_rules})"


def _ranker_line(weights: Weights, library: Library) -> str:
    origin = weights.provenance
    fitted = f"fitted to {_named(list(origin.files))} on {origin.date}"
    if origin.fingerprint != library.encoder.fingerprint:
        return (
            f"Ranker: {fitted} for {origin.model}, not for this model. Its thresholds are conservative therefore; "
            "python bot.py calibrate FILE… fits it to yours"
        )
    return f"Ranker: {fitted}{' with the reranker' if weights.rerank else ''}"


def _named(files: Sequence[str]) -> str:
    """The files by name; of more than three the first, and how many there are besides."""
    return ", ".join(files) if len(files) <= 3 else f"{files[0]} and {len(files) - 1} other files"


def _look_over_without_model(folder: Path, notes: list[str], problems: list[str]) -> None:
    """Add what is to be said of the articles even where passages are not split."""
    try:
        reading = read_without_model(FolderSource(folder))
    except CorpusError as error:
        problems.append(for_operators(error))
    else:
        notes += _lines(reading.remarks)
        problems += _lines(reading.problems)


def _lines(remarks: Sequence[Remark]) -> list[str]:
    return [for_operators(remark.line) for remark in remarks]
