"""Corpora of guilds: adding an article, asking meanwhile, the first question of a guild, and what idle guilds hold.

    python -m benchmarks.guilds [--passages 10000]

Takes about seven minutes on two cores with 10,000 passages, most of them to encode, and three with 3,000. The articles
are made (see `benchmarks/made_articles.py`), the model and the database are real. What is compared follows back to
back, so that what else the machine does meets both: read the ratios, not the times.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.made_articles import PASSAGES, made_articles
from pullquote.library.guild_answerer import Asked, GuildAnswerer, Seat
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from pullquote.library.own_articles import OwnArticles
from pullquote.library.pauses import take_short_turns
from pullquote.library.records import NewVersion
from pullquote.settings import ROOT
from retrieval.answering import Answerer
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.question import Question
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from retrieval.search import snapshot
from retrieval.search.building import build_corpus

LARGE, SMALL = 1, 2
"""The guilds that have articles of their own; all others share those of `corpus/` alone."""
FIRST_IDLE = 1_000
REPEATS = 5
ROOMY, CROWDED = 1 << 34, 1
"""Bytes in memory that guilds' corpora may take: all of them, or none but that which was asked last."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many passages the two guilds have, how many questions are asked, and how many guilds are idle."""

    large: int = 10_000
    small: int = 1_000
    questions: int = 300
    idle: int = 200


@dataclass(frozen=True, slots=True)
class Workplace:
    """A library of guilds on the disk, and articles for them."""

    folder: Path
    library: GuildLibrary
    made: Iterator[NewVersion]

    @property
    def encoder(self) -> Encoder:
        return self.library.guilds.shared.encoder

    def put(self, guild: int, count: int) -> None:
        """Add new articles to a guild."""
        new = list(islice(self.made, count))
        self.library.change(guild, lambda: self.library.versions.put(guild, None, new))

    def guilds(self, memory: int = ROOMY) -> Guilds:
        """The guilds as they are after a start: none has asked."""
        return Guilds(self.library.guilds.shared, self.own, self.folder / "guilds", memory)

    @property
    def own(self) -> OwnArticles:
        return OwnArticles(self.library.catalogue, self.library.versions, self.library.reader)


def main() -> None:
    """Measure everything in a temporary folder, and print it line by line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000, help="passages of the large guild (10000)")
    options = parser.parse_args()
    take_short_turns()  # as the bot does
    with (
        tempfile.TemporaryDirectory() as temporary,
        workplace(Path(temporary), SentenceTransformerEncoder.load()) as at,
    ):
        for line in measure(at, Sizes(large=options.passages)):
            print(line, flush=True)


@contextmanager
def workplace(folder: Path, encoder: Encoder) -> Iterator[Workplace]:
    """A library of guilds that share the articles of `corpus/`."""
    shared = Library.open(ROOT / "corpus", folder / "data", encoder)
    library = GuildLibrary.open(folder / "state.db", shared, folder / "guilds", ROOMY)
    try:
        yield Workplace(folder, library, made_articles(encoder.measure))
    finally:
        library.close()


def measure(at: Workplace, sizes: Sizes) -> Iterator[str]:
    """All measurements, in an order in which each finds what it needs."""
    build = timed(lambda: at.put(LARGE, sizes.large // PASSAGES))
    yield f"A corpus of {sizes.large:,} passages is built from nothing in {build:.1f} s."
    yield from adding(at, build)
    yield from asking(at, sizes.questions)
    at.put(SMALL, sizes.small // PASSAGES)
    yield from loading(at, sizes.small)
    yield from idling(at, sizes.idle)


def adding(at: Workplace, build: float) -> Iterator[str]:
    """Adding one article beside a build from nothing, which took `build` seconds; then its parts, one by one."""
    whole = median(timed(lambda: at.put(LARGE, 1)) for _ in range(REPEATS))
    yield f"An article of {PASSAGES} passages is added in {whole:.2f} s: {whole / build:.1%} of it; the target is 5 %."
    previous = at.library.guilds.corpus(LARGE)
    new = list(islice(at.made, 1))
    yield f"    {'the state takes it':33} {timed(lambda: at.library.versions.put(LARGE, None, new)) * 1000:8.0f} ms"
    yield part("the state tells what there is", lambda: at.own.holdings(LARGE))
    articles = at.own.articles(LARGE)
    yield part("the state gives all articles", lambda: at.own.articles(LARGE))
    built = build_corpus(articles, at.encoder, previous, None, at.folder).corpus
    yield part("the corpus is built beside", lambda: build_corpus(articles, at.encoder, previous, None, at.folder))
    shelf = at.folder / "beside"
    yield part("it is saved", lambda: snapshot.save(built, shelf))
    yield part("(it is loaded, at another time)", lambda: snapshot.load(shelf, at.encoder))


def part(name: str, call: Callable[[], object]) -> str:
    """A line about a part of adding an article."""
    return f"    {name:33} {median(timed(call) for _ in range(REPEATS)) * 1000:8.0f} ms"


def asking(at: Workplace, asked_for: int) -> Iterator[str]:
    """Questions one after the other, alone and while articles are added again and again, REPEATS times at least."""
    answerer = GuildAnswerer(
        Answerer(at.library.guilds.shared, Ranker(read_weights(SHIPPED_WEIGHTS))), at.library.guilds, at.library.scopes
    )
    articles = at.library.guilds.corpus(LARGE).articles
    questions = [Question.parse(f"What of {' '.join(article.text.split()[9:15])}?") for article in articles]

    def asked(number: int) -> float:
        question = questions[number % len(questions)]
        return timed(lambda: answerer.answer_all([Asked(question, Seat(LARGE))])) * 1000

    alone = [asked(number) for number in range(asked_for)]
    beside: list[float] = []
    ended = threading.Event()
    took: list[float] = []
    with ThreadPoolExecutor(1) as thread:
        changes = thread.submit(again_and_again, lambda: took.append(timed(lambda: at.put(LARGE, 1))), ended)
        while len(beside) < asked_for or (len(took) < REPEATS and not changes.done()):
            beside.append(asked(len(beside)))
        ended.set()
        changes.result()
    yield f"{len(alone)} questions alone, {len(beside)} beside {len(took)} changes, in ms; the target is 50 ms later:"
    yield f"    {'':8}{'alone':>8}{'beside':>8}{'later':>8}"
    for name, percent in (("median", 50), ("p99", 99), ("longest", 100)):
        before, meanwhile = (float(np.percentile(times, percent)) for times in (alone, beside))
        yield f"    {name:8}{before:8.0f}{meanwhile:8.0f}{meanwhile - before:8.0f}"
    yield f"    A change took {median(took):.1f} s meanwhile."


def again_and_again(call: Callable[[], object], ended: threading.Event) -> None:
    """Call a function until somebody ends it, but once at least."""
    call()
    while not ended.is_set():
        call()


def loading(at: Workplace, passages: int) -> Iterator[str]:
    """The first question of a guild whose corpus is on the disk."""
    ready = median(timed(lambda: at.guilds().corpus(SMALL)) for _ in range(REPEATS)) * 1000
    yield f"A corpus of {passages:,} passages is ready {ready:.0f} ms after its first question; the target is 300 ms."


def idling(at: Workplace, idle_guilds: int) -> Iterator[str]:
    """The memory that Python and NumPy hold for idle guilds: FAISS's vectors are not counted."""
    guilds = at.guilds(CROWDED)
    idle = range(FIRST_IDLE, FIRST_IDLE + idle_guilds)
    present = [LARGE, SMALL, FIRST_IDLE - 1]
    at.library.memberships.meet(present)
    guilds.corpus(FIRST_IDLE - 1)  # what the first of its kind leaves behind is no guild's
    tracemalloc.start()
    before = held()
    at.library.memberships.meet([*present, *idle])
    met = held()
    for guild in idle:
        guilds.corpus(guild)
    shared_alone = held()
    guilds.corpus(LARGE)
    large = held()
    guilds.corpus(SMALL)
    small = held()
    guilds.corpus(LARGE)
    again = held()
    tracemalloc.stop()
    kinds = {
        "a guild that has asked nothing": (met - before) / idle_guilds,
        "a guild that asked what all guilds share": (shared_alone - met) / idle_guilds,
        "the large guild's corpus, beside its vectors": large - shared_alone,
        "the small guild's, and the large one let go": small - shared_alone,
        "the large guild's again, and the small one let go": again - shared_alone,
    }
    yield "Memory:"
    for kind, size in kinds.items():
        yield f"    {kind:50}{max(0, size) / 1000:12,.1f} kB"


def held() -> int:
    """The bytes that were taken since tracing began and not given back."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def timed(call: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
