"""The figures of the README: the public sets that nothing was fitted on, with the tune half's questions as off-topic.

    python -m benchmarks.quality

Takes about six minutes on two cores. Of XQuAD, whose paragraphs overlap SQuAD's, only questions on titles
outside the tune half are asked. For one set alone:
`python bot.py evaluate FILE --off-topic ../shared/data/squad2-tune.json`.
"""

from __future__ import annotations

from functools import partial

from benchmarks.public_sets import SETS
from pullquote.commands.figures import print_figures
from pullquote.commands.progress import progress_bar
from pullquote.evaluation.metrics import measure
from pullquote.evaluation.question_sets import Entry, off_topic_questions, question_set, read_entries
from pullquote.evaluation.run import run_set
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights

_TUNE = "squad2-tune.json"
_REPORTED = ("squad2-report.json", "onestopqa-news-10.json", "xquad-r-en.json")


def main() -> None:
    """Ask every reported set's questions, and print a table of figures for each."""
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    make_answerer = partial(Answerer, ranker=Ranker(read_weights(SHIPPED_WEIGHTS)))
    tune = read_entries(SETS / _TUNE)
    for name in _REPORTED:
        entries = outside(read_entries(SETS / name), tune)
        with progress_bar() as progress:
            questions = question_set(entries, encoder)
            off_topic = off_topic_questions(tune, entries)
            run = run_set(
                questions, "all", encoder, make_answerer, off_topic=off_topic, natural=True, progress=progress
            )
        print_figures(measure(run, name))


def outside(entries: tuple[Entry, ...], tune: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The articles whose titles are not in the tune half."""
    known = {entry.title for entry in tune}
    return tuple(entry for entry in entries if entry.title not in known)


if __name__ == "__main__":
    main()
