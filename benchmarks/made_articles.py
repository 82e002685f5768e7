"""Made articles of ten passages: sentences of `corpus/`, their words shuffled and made words strewn among them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from benchmarks.reading import made_words
from pullquote.library.records import NewVersion, Origin, OriginKind
from pullquote.settings import ROOT
from retrieval.reading.articles import Document, read_article
from retrieval.reading.lengths import Measure
from retrieval.reading.media_types import MARKDOWN
from retrieval.reading.sentences import split_sentences

PASSAGES = 10
"""How many passages an article has."""
_SENTENCES = 5
# How many made words a sentence has, so that passages differ as those of many authors do.
_STREWN = 4


def made_articles(measure: Measure) -> Iterator[NewVersion]:
    """Articles without end, each under a name of its own, as a moderator would upload them; always the same."""
    chance = Random(7)  # noqa: S311 - nothing is to be kept secret
    words = made_words(chance)
    text = "\n\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus").glob("*.md")))
    sentences = [text[span.start : span.end].split() for span in split_sentences(text)]
    number = 0
    while True:
        number += 1
        title = " ".join(islice(words, 3)).capitalize()
        passages = [_passage(sentences, words, chance) for _ in range(PASSAGES)]
        half = PASSAGES // 2
        parts = [f"# {title} {number}", *passages[:half], f"## {next(words)}", *passages[half:]]
        document = Document(f"made-{number:05}.md", MARKDOWN, "\n\n".join(parts).encode())
        origin = Origin(OriginKind.UPLOAD, document.file)
        yield NewVersion(document, read_article(document, measure), origin)


def _passage(sentences: list[list[str]], words: Iterator[str], chance: Random) -> str:
    made = []
    for known in chance.choices(sentences, k=_SENTENCES):
        mixed = [word.strip("*#`|>-[](){}<.:!?_") for word in known[:20]] + list(islice(words, _STREWN))
        chance.shuffle(mixed)
        made.append(f"{' '.join(filter(None, mixed)).capitalize()}.")
    return " ".join(made)
