"""The table of all sets: figures beside what they were; articles that something was fitted on are left out."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from benchmarks.quality import comparison, outside
from pullquote.evaluation.metrics import measure
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import Entry, SetQuestion
from pullquote.evaluation.run import Run
from tests.support.fake_encoder import article


def test_each_figure_stands_beside_what_it_was() -> None:
    declined = Outcome(SetQuestion("Who?", 0, (0, 1), answerable=True), None, None, False, False)
    nothing = measure(Run("all", (article("One."),), (declined,), None, 0.0), "squad2-report")
    printed = io.StringIO()
    sets = [replace(nothing, r1=0.9123), replace(nothing, file="reviews", r1=0.5, mixed_closest=0.25)]
    Console(file=printed, width=120).print(comparison(sets))
    rows = {cells[0]: cells[1:] for line in printed.getvalue().splitlines() if (cells := line.split())}
    assert rows["r1"] == ["(0.900)", "0.912", "0.500"]
    assert rows["mixed_closest"] == ["0.250"]


def test_articles_of_the_tune_half_are_not_asked() -> None:
    one, two = (Entry(title=title, paragraphs=()) for title in ("One", "Two"))
    assert outside((one, two), (two,)) == (one,)
