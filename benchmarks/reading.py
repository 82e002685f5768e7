"""Time and memory to read a megabyte of prose, and of texts made to be slow, into passages and sentences.

    python -m benchmarks.reading

Takes a few minutes, most of them to load the model anew. Each text is read in a process of its own, with the real
model's word pieces; read the ratios to prose. The memory is what the process holds at its peak beyond what it held
before.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from retrieval.encoding.encoder import SentenceTransformerEncoder
from retrieval.reading.articles import Document, read_article
from retrieval.reading.media_types import MARKDOWN, PLAIN_TEXT

SIZE = 1_000_000
_SENTENCE = "The {}th tower was finished in {}, after a storm had taken the first one, and Dr. Hall paid for its lamp. "
_PARAGRAPHS = ("".join(_SENTENCE.format(i, i + 7) for i in range(j, j + 5)) + "\n\n" for j in range(0, 12_000, 5))
SHAPES = {
    "prose": (MARKDOWN, "".join(_PARAGRAPHS)),
    "brackets": (MARKDOWN, "["),
    "images": (MARKDOWN, "![a"),
    "headings": (MARKDOWN, "# A heading\n"),
    "list items": (MARKDOWN, "- an item\n"),
    "numbered items": (MARKDOWN, "1. an item\n"),
    "emphasis": (MARKDOWN, "*a **b "),
    "block quotes": (MARKDOWN, "> a quote\n\n"),
    "table rows": (MARKDOWN, "| a cell | another |\n"),
    "initials": (PLAIN_TEXT, "A. "),
    "short lines": (PLAIN_TEXT, "Ab c.\n"),
    "glued sentences": (PLAIN_TEXT, "Abc.Def, "),
    "boxes": (PLAIN_TEXT, "[-]"),
}


def main() -> None:
    """Read each shape in a process of its own, and print what it took beside prose."""
    if len(sys.argv) > 1:
        print(*read(sys.argv[1]))
        return
    prose: list[float] = []
    print(f"{'':16}  s/MB  ratio  MB/MB  ratio")
    for name in SHAPES:
        command = [sys.executable, "-m", "benchmarks.reading", name]
        seconds, memory = map(float, subprocess.check_output(command, text=True).split())  # noqa: S603 - it is ours
        prose = prose or [seconds, memory]
        print(f"{name:16} {seconds:5.2f} {seconds / prose[0]:6.2f} {memory:6.0f} {memory / prose[1]:6.2f}", flush=True)


def read(name: str) -> tuple[float, float]:
    """Seconds and megabytes."""
    media_type, unit = SHAPES[name]
    head = "| a | b |\n|---|---|\n" if name == "table rows" else ""
    raw = (head + unit * (SIZE // len(unit) + 1))[:SIZE].encode() + b"\n\nThe end."
    encoder = SentenceTransformerEncoder.load()
    read_article(Document("warm.md", MARKDOWN, b"It warms up. Dr. Hall does, too."), encoder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    read_article(Document("article", media_type, raw), encoder)
    seconds = time.process_time() - started
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    main()
