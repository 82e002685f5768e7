"""The figures of an evaluation as tables."""

from __future__ import annotations

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pullquote.commands.printing import out
from pullquote.evaluation.metrics import Metrics
from pullquote.locales.english import VERDICT_NAMES, counted

_MEANINGS = {
    "r1": "right passage first",
    "r3": "among the first 3",
    "r5": "among the first 5",
    "r10": "among the first 10",
    "mrr": "mean of 1 / its place",
    "pointing": "first, and the sentence marked",
    "pointing_given_right": "sentence marked, where found",
    "answered_precision": "right, of answerable answered",
    "answered_precision_all": "right, of all answered",
    "coverage": "answered, of answerable",
    "declined_answerable": "declined, of answerable",
    "declined_unanswerable": "declined, of unanswerable",
    "declined_near_miss": "declined, of near misses",
    "declined_off_topic": "declined, of off-topic",
    "auroc_unanswerable": "answerable above unanswerable",
    "auroc_near_miss": "answerable above near misses",
    "auroc_off_topic": "answerable above off-topic",
    "calibration_error": "how far confidence is off",
    "mixed_precision": "right, of all answered in the usual mix",
    "mixed_closest": "right, of all called closest in it",
    "mixed_refusals": "unanswerable, of all called so in it",
    "mixed_calibration_error": "how far confidence is off in it",
}
_GROUPS = {
    "answerable": "answerable",
    "unanswerable": "unanswerable",
    "near_misses": "near misses",
    "off_topic": "off-topic",
}


def print_figures(metrics: Metrics) -> None:
    """Print the figures for people."""
    where = "each asked of its own article" if metrics.scope == "article" else "asked of all articles"
    kinds = f"{metrics.answerable:,} answerable, {metrics.unanswerable:,} unanswerable"
    speed = "" if metrics.questions_per_second is None else f"; {metrics.questions_per_second:,.1f} a second"
    out.print(Text(metrics.file, style="bold"), soft_wrap=True)
    out.print(f"{counted(metrics.questions, 'question')} ({kinds}), {where}{speed}")
    for table in (_figures(metrics), _verdicts(metrics), _worst(metrics)):
        if table.rows:
            out.print(Padding(table, (1, 0, 0, 0)))
    out.print()


def _figures(metrics: Metrics) -> Table:
    table = _table("", "", "95 %")
    table.add_column("")
    for name, meaning in _MEANINGS.items():
        value = getattr(metrics, name)
        if value is not None:
            interval = metrics.intervals.get(name)
            between = f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""
            table.add_row(name, f"{value:.3f}", between, meaning)
    return table


def _verdicts(metrics: Metrics) -> Table:
    table = _table("Verdicts", *VERDICT_NAMES.values())
    for group, counts in metrics.verdicts.items():
        table.add_row(_GROUPS[group], *(f"{counts[str(verdict)]:,}" for verdict in VERDICT_NAMES))
    return table


def _worst(metrics: Metrics) -> Table:
    table = _table("Worst articles", "questions", "r1", "pointing")
    for score in metrics.worst_articles:
        pointing = "" if score.pointing is None else f"{score.pointing:.3f}"
        table.add_row(Text(score.title), f"{score.questions:,}", f"{score.r1:.3f}", pointing)
    return table


def _table(heading: str, *figures: str) -> Table:
    """An empty table; `figures` are the headings of the columns that hold figures."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(heading)
    for name in figures:
        table.add_column(name, justify="right")
    return table
