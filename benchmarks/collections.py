"""Questions over real collections, asked as members ask them: whether the first quote answers, and what is declined.

    python -m benchmarks.collections [--use fit|report] [--misses] [COLLECTION …]

The collections are packages of others, which nothing here fetches: one that is not on this machine is named with the
command that fetches it. They are looked for where their packages install them, and in the folder that
$PULLQUOTE_COLLECTIONS names, a folder for each. Takes about twenty minutes on two cores, most of them to encode.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from benchmarks.collection_folders import folder_of, how_to_fetch, read_documents
from benchmarks.question_files import Collection, CollectionQuestion, read_collections, squeezed
from pullquote.commands.progress import progress_bar
from pullquote.evaluation.metrics import Metrics, measure
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import QuestionSet, SetQuestion, article_file
from pullquote.evaluation.run import Run, run_set
from retrieval.answering import Answerer
from retrieval.article import Article
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.progress import Progress
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from retrieval.reading.lengths import Measure

_HEAD = f"{'':15}{'asked':>6}{'R@1':>7}{'R@3':>7}{'called':>8}{'right':>7}{'all':>7}{'without':>9}{'declined':>10}"
_MEANING = """
asked: questions with an answer; R@1, R@3: a right passage first, among the first three; called: answerable questions
called answered; right: of these, a right passage first; all: the same of all called answered; without: questions
without an answer, and how many of them are declined."""


@dataclass(frozen=True, slots=True)
class Library:
    """A collection and its articles, by the names that its questions use."""

    collection: Collection
    articles: dict[str, Article]

    @classmethod
    def of(cls, collection: Collection, measure: Measure) -> Library | None:
        """Read the collection's documents; None if they are not on this machine."""
        folder = folder_of(collection)
        return None if folder is None else cls(collection, read_documents(collection, folder, measure))

    def question_set(self, questions: Iterable[CollectionQuestion]) -> QuestionSet:
        """The collection as a set of these questions. Its questions without an answer were asked in earnest."""
        articles = tuple(replace(each, file=article_file(i)) for i, each in enumerate(self.articles.values()))
        return QuestionSet(articles, tuple(map(self.set_question, questions)), in_good_faith=True)

    def set_question(self, question: CollectionQuestion) -> SetQuestion:
        """The question with all passages that answer it; with an empty paragraph if no passage holds its answer."""
        places = self.places(question) or [(0, 0, 0)]
        article, *paragraph = places[0]
        return SetQuestion(
            text=question.question,
            article=article,
            paragraph=(paragraph[0], paragraph[1]),
            answerable=bool(question.answers),
            answers=tuple(answer.text for answer in question.answers),
            elsewhere=tuple(places[1:]),
        )

    def places(self, question: CollectionQuestion) -> list[tuple[int, int, int]]:
        """The passages that answer a question: the number of each one's article, its begin, its end."""
        return [
            (number, passage.start, passage.end)
            for number, (name, article) in enumerate(self.articles.items())
            if (texts := [squeezed(answer.text) for answer in question.answers if answer.file == name])
            for passage in article.passages
            if any(text in squeezed(article.slice(passage)) for text in texts)
        ]

    def unquotable(self, questions: Iterable[CollectionQuestion]) -> list[CollectionQuestion]:
        """The questions whose answering words no passage holds whole: no bot could be right."""
        return [question for question in questions if question.answers and not self.places(question)]


def main() -> None:
    """Ask the questions of every collection that is here, and print a line of figures for each and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", help="the names of collections; all, if none is named")
    parser.add_argument("--use", choices=("fit", "report"), help="the questions to fit on, or those to report on")
    parser.add_argument("--misses", action="store_true", help="print each question whose first quote does not answer")
    options = parser.parse_args()
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    ranker = Ranker(read_weights(SHIPPED_WEIGHTS))
    runs: list[tuple[Collection, Run]] = []
    print(_HEAD)
    for collection in read_collections():
        if options.collections and collection.collection not in options.collections:
            continue
        library = Library.of(collection, encoder.measure)
        if library is None:
            print(how_to_fetch(collection))
            continue
        if not library.articles:
            print(f"{collection.collection:15}{'none of its files can be read':>40}")
            continue
        questions = collection.questions if options.use is None else collection.of_use(options.use)
        with progress_bar() as progress:
            run = ask(library, questions, encoder, ranker, progress)
        runs.append((collection, run))
        print(line(collection.collection, measure(run, collection.collection)), flush=True)
        print_misses(library, questions, run, everything=options.misses)
    for name, chosen in (("English", ["en"]), ("other languages", ["de", "es", "fr"])):
        of_these = [run for collection, run in runs if collection.language in chosen]
        if of_these:
            print(line(name, measure(pooled(of_these), name)))
    print(_MEANING)


def ask(
    library: Library,
    questions: Sequence[CollectionQuestion],
    encoder: Encoder,
    ranker: Ranker,
    progress: Progress,
    off_topic: Sequence[SetQuestion] | None = None,
) -> Run:
    """Ask a collection's questions of all its articles; its questions without an answer are its near misses.

    They were asked in earnest, so that no others need be made.
    """
    asked = library.question_set(questions)
    run = run_set(asked, "all", encoder, partial(Answerer, ranker=ranker), off_topic=off_topic, progress=progress)
    outcomes, near_misses = (
        tuple(each for each in run.outcomes if each.question.answerable is answerable) for answerable in (True, False)
    )
    return replace(run, outcomes=outcomes, near_misses=near_misses)


def pooled(runs: Sequence[Run]) -> Run:
    """All runs as one, each question still asked of its own collection."""
    outcomes: list[Outcome] = []
    articles: list[Article] = []
    for run in runs:
        for outcome in run.outcomes:
            question = replace(outcome.question, article=outcome.question.article + len(articles))
            outcomes.append(replace(outcome, question=question))
        articles += run.articles
    near_misses = tuple(chain.from_iterable(run.near_misses for run in runs))
    off_topic = tuple(chain.from_iterable(run.off_topic or () for run in runs))
    return Run("all", tuple(articles), tuple(outcomes), off_topic or None, 0.0, near_misses=near_misses)


def line(name: str, metrics: Metrics) -> str:
    """A line of the table."""
    near_misses = sum(metrics.verdicts.get("near_misses", {}).values())
    return (
        f"{name:15}{metrics.answerable:>6}{_figure(metrics.r1, 7)}{_figure(metrics.r3, 7)}"
        f"{_figure(metrics.coverage, 8)}{_figure(metrics.answered_precision, 7)}"
        f"{_figure(metrics.answered_precision_all, 7)}"
        f"{near_misses:>9}{_figure(metrics.declined_near_miss, 10)}"
    )


def _figure(value: float | None, width: int) -> str:
    return f"{'' if value is None else f'{value:.3f}':>{width}}"


def print_misses(library: Library, questions: Sequence[CollectionQuestion], run: Run, *, everything: bool) -> None:
    """Print how many questions nobody could answer rightly, and every miss if asked for."""
    unquotable = {question.id for question in library.unquotable(questions)}
    if unquotable:
        print(f"    {len(unquotable)} of its answers are in no passage: {', '.join(sorted(unquotable))}")
    if everything:
        with_answers = [question for question in questions if question.answers]
        for question, outcome in zip(with_answers, run.outcomes, strict=True):
            if not outcome.right:
                print(f"    {question.id} at {outcome.rank or '–'}, {outcome.verdict}: {question.question}")


if __name__ == "__main__":
    main()
