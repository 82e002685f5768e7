"""Fits the shipped weights: to the public set for tuning, and to the questions for fitting of the real collections.

    python -m benchmarks.calibrate

All collections in English must be here: see `python -m benchmarks.collections`. Takes about half an hour on two cores.
Reviews are not fitted on: with them the right passage came first no more often, and the thresholds fell.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from benchmarks.collection_folders import how_to_fetch
from benchmarks.collections import Library
from benchmarks.public_sets import TUNE
from benchmarks.question_files import QUESTIONS, Collection, read_collections
from pullquote.commands.calibrate import print_weights
from pullquote.evaluation.fitting.calibration import fit_sets, make_room
from pullquote.evaluation.question_sets import QuestionSet, read_set
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores
from retrieval.ranking.weights import SHIPPED_WEIGHTS

# Questions on real collections are few beside those on an encyclopedia, and nearer to what a bot is asked.
_WEIGHT_OF_COLLECTIONS = 3.0


def main() -> None:
    """Fit the weights and print how well they do on what was left out."""
    make_room(SHIPPED_WEIGHTS)
    encoder = SentenceTransformerEncoder.load(threads=Threads(question=free_cores()))
    collections = [each for each in read_collections() if each.language == "en"]
    sets = [read_set(TUNE, encoder), *(questions_of(each, encoder) for each in collections)]
    files = [TUNE, *(QUESTIONS / f"{each.collection}.json" for each in collections)]
    checksums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    weights = fit_sets(sets, checksums, encoder, SHIPPED_WEIGHTS, "python -m benchmarks.calibrate")
    print_weights(weights, SHIPPED_WEIGHTS, used=False)


def questions_of(collection: Collection, encoder: Encoder) -> QuestionSet:
    """The questions for fitting on a collection. Raises SystemExit if the collection is not here."""
    library = Library.of(collection, encoder.measure)
    if library is None:
        raise SystemExit(how_to_fetch(collection))
    questions = collection.of_use("fit")
    unquotable = library.unquotable(questions)
    asked = library.question_set(question for question in questions if question not in unquotable)
    return replace(asked, weight=_WEIGHT_OF_COLLECTIONS)


if __name__ == "__main__":
    main()
