"""Fits the ranker's weights, `retrieval/weights.json`, on the tune half of the public question sets.

    python -m benchmarks.fit_ranker

Takes about four minutes on two cores and reproduces the file: everything is deterministic, and the date changes only
if a weight does. `evaluation/fitting.py` says what is fitted to what.
"""

from __future__ import annotations

import sys

from evaluation.calibration import calibrate
from evaluation.question_sets import SETS
from retrieval.encoder import SentenceTransformerEncoder
from retrieval.threads import Threads, free_cores
from retrieval.weights import DEFAULT_WEIGHTS


def main() -> None:
    """Fit the weights, write them, and print the figures they were fitted with."""
    tune = SETS / "squad2-tune.json"
    if not tune.is_file():
        sys.exit("The public question sets are not there; they belong into ../shared/data beside the project.")
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    weights = calibrate([tune], encoder, DEFAULT_WEIGHTS, "python -m benchmarks.fit_ranker")
    # It is a part of the package, which everybody may read.
    DEFAULT_WEIGHTS.chmod(0o644)
    print(f"{DEFAULT_WEIGHTS.name} is of {weights.provenance.date}.")
    for name, value in weights.provenance.metrics.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
