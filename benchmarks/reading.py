"""Time and memory to read prose, and beside it texts made to be slow, into passages and sentences.

    python -m benchmarks.reading

Takes less than a minute; on Linux only, which tells a process's peak of memory. Each text is read in a process of its
own, with the real model's word pieces: read the ratios to prose. The prose is made of made words and of sentences of
many lengths, and it takes as long as the paragraphs of the public question sets. The memory is what the process holds
at its peak beyond what it held before.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from random import Random

from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.reading.articles import Document, read_article
from retrieval.reading.lengths import Measure
from retrieval.reading.media_types import ASCIIDOC, HTML, MARKDOWN, PLAIN_TEXT, RST
from retrieval.reading.reader_process import collect_between_files
from retrieval.reading.reader_process import read as read_or_refuse

# How many bytes each text has.
SIZE = 300_000


@dataclass(frozen=True, slots=True)
class Shape:
    """A media type, and a unit that the text repeats: each {} is another made word. Prose has no unit."""

    media_type: str
    unit: str
    head: str = ""

    def raw(self) -> bytes:
        chance = Random(7)  # noqa: S311 - nothing is to be kept secret
        words = made_words(chance)
        pieces = [self.head]
        size = 0
        while size < SIZE:
            made = islice(words, self.unit.count("{}"))
            pieces.append(self.unit.format(*made) if self.unit else paragraph(words, chance))
            size += len(pieces[-1])
        return "".join([*pieces, "\n\nThe end."]).encode()


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor and megabytes of memory for each megabyte of text."""

    seconds: float
    memory: float


SHAPES = {
    "prose": Shape(MARKDOWN, ""),
    "prose as text": Shape(PLAIN_TEXT, ""),
    "brackets": Shape(MARKDOWN, "["),
    "images": Shape(MARKDOWN, "![a"),
    "headings": Shape(MARKDOWN, "# A {}\n"),
    "list items": Shape(MARKDOWN, "- {}\n"),
    "tiny items": Shape(MARKDOWN, "- a\n"),
    "numbered items": Shape(MARKDOWN, "1. an {}\n"),
    "emphasis": Shape(MARKDOWN, "*a **b "),
    "block quotes": Shape(MARKDOWN, "> a {}\n\n"),
    "table rows": Shape(MARKDOWN, "| {} | {} |\n", head="| a | b |\n|---|---|\n"),
    "initials": Shape(PLAIN_TEXT, "A. "),
    "short lines": Shape(PLAIN_TEXT, "Ab c.\n"),
    "lines that differ": Shape(PLAIN_TEXT, "Ab {}.\n"),
    "short sentences": Shape(PLAIN_TEXT, "Ab {}. "),
    "glued sentences": Shape(PLAIN_TEXT, "Abc.Def, "),
    "glued words": Shape(PLAIN_TEXT, "{}.{}, "),
    "links": Shape(MARKDOWN, "[{}](a) "),
    "reference links": Shape(MARKDOWN, "[{}] ", head="[a]: b\n\n"),
    "admonitions": Shape(MARKDOWN, '!!! note "{}"\n    {}\n'),
    "containers": Shape(MARKDOWN, ":::tip {}\n"),
    "shortcodes": Shape(MARKDOWN, "{{{{< a {} >}}}}"),
    "fences": Shape(MARKDOWN, "```\n"),
    "comments": Shape(MARKDOWN, "<!-- {} -->\n"),
    "braces": Shape(MARKDOWN, "{{"),
    "components": Shape(MARKDOWN, "<A b={{\n"),
    "backticks": Shape(MARKDOWN, "` {} `` "),
    "tags": Shape(MARKDOWN, "<b>{}"),
    "cells": Shape(MARKDOWN, "<td>{}", head="<table>"),
    "boxes": Shape(PLAIN_TEXT, "[-]"),
    "items of pages": Shape(HTML, "<li>{}"),
    "tags of pages": Shape(HTML, "<p>a <b>{}"),
    "roles": Shape(RST, "*a :b:`{}` "),
    "items of rst": Shape(RST, "- {}\n"),
    "marks of AsciiDoc": Shape(ASCIIDOC, "*a _{} <<b "),
    "items of AsciiDoc": Shape(ASCIIDOC, "* {}\n"),
    "lone lines": Shape(PLAIN_TEXT, "{}\n\n"),
    "chapters": Shape(PLAIN_TEXT, "CHAPTER I\n{}\n\n"),
    "underlines": Shape(PLAIN_TEXT, "A {}\n====\n"),
    "columns": Shape(PLAIN_TEXT, "{}    {}    {}\n"),
    "bars": Shape(PLAIN_TEXT, "| {} | {} |\n+--+--+\n"),
    "leaders": Shape(PLAIN_TEXT, "{} ........ 7\n\n"),
    "contents": Shape(PLAIN_TEXT, "Contents\n\n1.1. A {}\n\n"),
    "pages": Shape(PLAIN_TEXT, "a {}\n\n[Page 1]\n\n"),
    "terms": Shape(PLAIN_TEXT, "{}\n    {}\n"),
    "torn words": Shape(PLAIN_TEXT, "{}-\n"),
    "speakers": Shape(PLAIN_TEXT, "ALL\n{}\n\n"),
}


def main() -> None:
    """Read each shape in a process of its own, and print what it took beside prose."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # as in the process that reads articles
    measure = SentenceTransformerEncoder.load().measure
    prose: Cost | None = None
    print(f"{'':17}  s/MB  ratio  MB/MB  ratio")
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as processes:
        for name, shape in SHAPES.items():
            cost = processes.submit(read, shape.media_type, shape.raw(), measure).result()
            prose = prose or cost
            seconds, memory = cost.seconds / prose.seconds, cost.memory / prose.memory
            print(f"{name:17} {cost.seconds:5.2f} {seconds:6.2f} {cost.memory:6.1f} {memory:6.2f}", flush=True)


def read(media_type: str, raw: bytes, measure: Measure) -> Cost:
    """Read bytes as a text of a media type, and say what that costs."""
    # What a process loads once, such as a parser or the rules of a language, is not counted.
    for kind, beginning in ((MARKDOWN, SHAPES["prose"].raw()[:1_000]), (media_type, raw[:3_000])):
        read_or_refuse(Document("warm", kind, beginning), measure)
    collect_between_files()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # what is held now becomes the peak
    before = peak()
    started = time.process_time()
    read_article(Document("article", media_type, raw), measure)
    seconds = time.process_time() - started
    megabytes = len(raw) / 1_000_000
    return Cost(seconds / megabytes, (peak() - before) / megabytes)


def peak() -> float:
    """How many megabytes this process held at its peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 / 1_000_000 for line in lines if line.startswith("VmHWM:"))


def made_words(chance: Random) -> Iterator[str]:
    """Words of made syllables: the second is half as frequent as the first, and so on, as words are in English."""
    syllables = ["".join(letters) for letters in product("bdfklmnprst", "aeiou")]
    words = ["".join(chance.choices(syllables, k=chance.choice((1, 1, 2, 2, 3)))) for _ in range(5_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    while True:
        yield from chance.choices(words, weights, k=1_000)


def paragraph(words: Iterator[str], chance: Random) -> str:
    """Five sentences of 6 to 30 words."""
    sentences = (islice(words, chance.randint(6, 30)) for _ in range(5))
    return " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences) + "\n\n"


if __name__ == "__main__":
    main()
