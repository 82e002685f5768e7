"""The figures of the README: the public sets that nothing was fitted on, with the tune half's questions as off-topic.

    python -m benchmarks.quality

Takes about six minutes on two cores. Of XQuAD, whose paragraphs overlap SQuAD's, only questions on titles
outside the tune half are asked. For one set alone:
`python bot.py evaluate FILE --off-topic ../shared/data/squad2-tune.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from benchmarks.public_sets import SETS
from pullquote.commands.figures import print_figures
from pullquote.commands.progress import progress_bar
from pullquote.evaluation.metrics import Metrics, measure
from pullquote.evaluation.question_sets import Entry, off_topic_questions, question_set, read_entries
from pullquote.evaluation.run import run_set
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights

_TUNE = "squad2-tune.json"
# What the same sets gave before headings, natural near misses and sentences in context (commit 015ac79).
_BEFORE: Mapping[str, Mapping[str, float]] = {
    "squad2-report.json": {
        "r1": 0.900, "r3": 0.966, "pointing": 0.823, "answered_precision": 0.921, "declined_answerable": 0.042,
        "declined_off_topic": 0.934,
    },
    "onestopqa-news-10.json": {
        "r1": 0.833, "r3": 0.988, "answered_precision": 0.834, "declined_answerable": 0.105,
        "declined_off_topic": 0.999,
    },
    "xquad-r-en.json": {
        "r1": 0.965, "r3": 0.992, "pointing": 0.843, "answered_precision": 0.981, "declined_answerable": 0.042,
        "declined_off_topic": 0.979,
    },
}  # fmt: skip
_COMPARED = (
    "r1", "r3", "pointing", "answered_precision", "mixed_precision", "declined_answerable", "declined_near_miss",
    "declined_off_topic", "auroc_near_miss", "mixed_calibration_error",
)  # fmt: skip
_REPORTED = ("squad2-report.json", "onestopqa-news-10.json", "xquad-r-en.json")


def main() -> None:
    """Ask every reported set's questions, and print a table of figures for each."""
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    make_answerer = partial(Answerer, ranker=Ranker(read_weights(SHIPPED_WEIGHTS)))
    tune = read_entries(SETS / _TUNE)
    measured: list[Metrics] = []
    for name in _REPORTED:
        entries = outside(read_entries(SETS / name), tune)
        with progress_bar() as progress:
            questions = question_set(entries, encoder)
            off_topic = off_topic_questions(tune, entries)
            run = run_set(
                questions, "all", encoder, make_answerer, off_topic=off_topic, natural=True, progress=progress
            )
        metrics = measure(run, name)
        print_figures(metrics)
        measured.append(metrics)
    print_comparison(measured)


def print_comparison(measured: Sequence[Metrics]) -> None:
    """Print all sets in one table, each figure beside what it was."""
    print(f"{'':25}" + "".join(f"{metrics.file.removesuffix('.json'):>24}" for metrics in measured))
    print(f"{'':25}" + f"{'before':>16}{'now':>8}" * len(measured))
    for name in _COMPARED:
        cells = (f"{_shown(_BEFORE[each.file].get(name)):>16}{_shown(getattr(each, name)):>8}" for each in measured)
        print(f"{name:25}{''.join(cells)}")


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def outside(entries: tuple[Entry, ...], tune: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The articles whose titles are not in the tune half."""
    known = {entry.title for entry in tune}
    return tuple(entry for entry in entries if entry.title not in known)


if __name__ == "__main__":
    main()
