"""Reading takes effort in proportion to the text: the characters for the segmenter and the encoder are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from nupunkt import sent_spans

from retrieval.reading import sentences
from retrieval.reading.articles import read_article
from tests.support.documents import document

SIZES = (20_000, 40_000)
# Each {} is a new number, so that notes on earlier lines help no later line.
SHAPES = {
    "brackets": ("article.md", "["),
    "images": ("article.md", "![a"),
    "headings": ("article.md", "# A. {}\n"),
    "list items": ("article.md", "- A. b{}\n"),
    "numbered items": ("article.md", "1. a{}. b\n"),
    "emphasis": ("article.md", "*a. **b{} "),
    "block quotes": ("article.md", "> A. b{}\n\n"),
    "table rows": ("article.md", "| A. b{} | c |\n"),
    "initials": ("article.txt", "A. "),
    "short lines": ("article.txt", "Ab c.\n"),
    "short lines that differ": ("article.txt", "Ab c{}.\n"),
    "short lines that go on": ("article.txt", "Ab{} C.\n"),
    "short sentences": ("article.txt", "Ab c{}. "),
    "glued sentences": ("article.txt", "Abc{}.Def, "),
    "glued sentences of words": ("article.txt", "Abc de{} fg.Hij "),
    "boxes": ("article.txt", "[-]"),
    "open tags": ("article.html", "<p>A. <b>b{} "),
    "items of pages": ("article.html", "<li>A. b{}"),
    "links of pages": ("article.html", "<a href=a>b{}</a> c. "),
    "roles": ("article.rst", "a{} b c d *e. "),
    "marks of AsciiDoc": ("article.adoc", "*a{}. _b <<c "),
    "terms of AsciiDoc": ("article.adoc", "A b{}:: C.\n"),
    "lone lines": ("article.txt", "Ab{}\n\n"),
    "chapters": ("article.txt", "CHAPTER I\nAb c{}.\n\n"),
    "underlines": ("article.txt", "Ab{}\n====\n"),
    "columns": ("article.txt", "ab{}    cd{}    ef{}\n"),
    "terms": ("article.txt", "ab{}\n    cd ef{}\n"),
    "torn words": ("article.txt", "ab{}-\n"),
}


@dataclass
class Effort:
    """Counts the characters given to the segmenter and to itself: a character is a word piece."""

    max_tokens: int = 254
    segmented: list[int] = field(default_factory=list)
    measured: list[int] = field(default_factory=list)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        sizes = [len(text) for text in texts]
        self.measured.append(sum(sizes))
        return sizes

    def sent_spans(self, text: str) -> list[tuple[int, int]]:
        self.segmented.append(len(text))
        return sent_spans(text)


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    sentences._ends_between.cache_clear()
    yield
    sentences._ends_between.cache_clear()


def effort_to_read(file: str, unit: str, size: int, monkeypatch: pytest.MonkeyPatch) -> Effort:
    effort = Effort()
    monkeypatch.setattr(sentences, "sent_spans", effort.sent_spans)
    head = "| a | b |\n|---|---|\n" if unit.startswith("|") else ""
    text = head + "".join(unit.format(*[1_000 + i] * 3) for i in range(size // len(unit.format(*[1_000] * 3))))
    read_article(document(file, f"{text}\n\nThe end."), effort)
    return effort


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_text_takes_twice_the_effort(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (effort_to_read(*SHAPES[name], size, monkeypatch) for size in SIZES)
    for few, many in ((once.segmented, twice.segmented), (once.measured, twice.measured)):
        assert len(many) <= 2.1 * len(few) + 2
        assert sum(many) <= 2.1 * sum(few) + 100
    # The segmenter gets each line once, and a hundred characters on either side of each line break.
    assert sum(once.segmented) <= 14 * SIZES[0]
    # The encoder counts a long block, its sentences, their words, and the pieces of the words.
    assert sum(once.measured) <= 4 * SIZES[0]
