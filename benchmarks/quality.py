"""The figures of the README: sets of questions that nothing was fitted on, in one table beside what they were before.

    python -m benchmarks.quality

Public sets are asked all their articles together, with the tune half's questions as off-topic, and questions whose
answer was taken out as near misses. Of XQuAD, whose paragraphs overlap SQuAD's, only questions on titles outside the
tune half are asked; of the reviews some hundred. Real collections are asked the questions to report on, and their own
questions without an answer are the near misses. Collections that are not on this machine are left out, with a word:
see `python -m benchmarks.collections`. Takes about twenty minutes on two cores, without collections eight. For one set
alone: `python bot.py evaluate FILE --near-misses --off-topic ../shared/data/squad2-tune.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from rich import box
from rich.table import Table

from benchmarks.collection_folders import how_to_fetch
from benchmarks.collections import Library, ask, pooled
from benchmarks.public_sets import SETS, TUNE
from benchmarks.question_files import read_collections
from pullquote.commands.figures import print_figures
from pullquote.commands.printing import out
from pullquote.commands.progress import progress_bar
from pullquote.evaluation.metrics import Metrics, measure
from pullquote.evaluation.question_sets import Entry, off_topic_questions, question_set, read_entries
from pullquote.evaluation.run import Run, run_set
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.answering import Answerer
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights

_REPORTED = ("squad2-report.json", "xquad-r-en.json", "onestopqa-news-10.json", "squadshifts-amazon.json")
# Reviews are short and alike: more of them tell no more.
_MOST_ARTICLES = 400
_OFF_TOPIC_OF_COLLECTION = 100
# Of the table, wherever it is printed: it has a column for each set.
_WIDTH = 140
_ENGLISH, _OTHERS = "real collections", "other languages"
# What the same sets gave before headings were evidence and near misses natural (commit 015ac79).
_BEFORE: Mapping[str, Mapping[str, float]] = {
    "squad2-report": {
        "r1": 0.900, "r3": 0.966, "pointing": 0.823, "answered_precision": 0.921, "declined_answerable": 0.042,
        "declined_off_topic": 0.934,
    },
    "onestopqa-news-10": {
        "r1": 0.833, "r3": 0.988, "answered_precision": 0.834, "declined_answerable": 0.105,
        "declined_off_topic": 0.999,
    },
    "xquad-r-en": {
        "r1": 0.965, "r3": 0.992, "pointing": 0.843, "answered_precision": 0.981, "declined_answerable": 0.042,
        "declined_off_topic": 0.979,
    },
}  # fmt: skip
_COMPARED = (
    "r1", "r3", "pointing", "answered_precision", "mixed_precision", "mixed_closest", "mixed_refusals",
    "declined_answerable", "declined_near_miss", "declined_off_topic", "auroc_near_miss", "auroc_off_topic",
    "mixed_calibration_error",
)  # fmt: skip


def main() -> None:
    """Ask every reported set's questions, print a table of figures for each, and one for all."""
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    ranker = Ranker(read_weights(SHIPPED_WEIGHTS))
    measured = [*_public_sets(encoder, ranker), *_collections(encoder, ranker)]
    for metrics in measured:
        print_figures(metrics)
    out.print(comparison(measured), width=_WIDTH, soft_wrap=True)


def _public_sets(encoder: Encoder, ranker: Ranker) -> Iterator[Metrics]:
    tune = read_entries(TUNE)
    for name in _REPORTED:
        entries = tuple(evenly_spaced(outside(read_entries(SETS / name), tune), _MOST_ARTICLES))
        with progress_bar() as progress:
            run = run_set(
                question_set(entries, encoder),
                "all",
                encoder,
                partial(Answerer, ranker=ranker),
                off_topic=off_topic_questions(tune, entries),
                natural=True,
                progress=progress,
            )
        yield measure(run, name.removesuffix(".json"))


def _collections(encoder: Encoder, ranker: Ranker) -> Iterator[Metrics]:
    runs: dict[str, list[Run]] = {_ENGLISH: [], _OTHERS: []}
    strange = evenly_spaced(off_topic_questions(read_entries(TUNE), ()), _OFF_TOPIC_OF_COLLECTION)
    for collection in read_collections():
        library = Library.of(collection, encoder.measure)
        if library is None:
            out.print(how_to_fetch(collection), soft_wrap=True)
            continue
        with progress_bar() as progress:
            run = ask(library, collection.of_use("report"), encoder, ranker, progress, strange)
        runs[_ENGLISH if collection.language == "en" else _OTHERS].append(run)
    yield from (measure(pooled(of_kind), name) for name, of_kind in runs.items() if of_kind)


def comparison(measured: Sequence[Metrics]) -> Table:
    """All sets in one table, each figure with what it was before in brackets."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("")
    for metrics in measured:
        table.add_column(metrics.file, justify="right")
    for name in _COMPARED:
        table.add_row(name, *(_cell(getattr(each, name), _BEFORE.get(each.file, {}).get(name)) for each in measured))
    return table


def _cell(figure: float | None, before: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:.3f}" if before is None else f"({before:.3f}) {figure:.3f}"


def outside(entries: tuple[Entry, ...], tune: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The articles whose titles are not in the tune half."""
    known = {entry.title for entry in tune}
    return tuple(entry for entry in entries if entry.title not in known)


if __name__ == "__main__":
    main()
