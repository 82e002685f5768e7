"""Texts are measured without a model: by the model's tokenizer, or not at all."""

from __future__ import annotations

import sys

from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.reading.measure import NoMeasure


def test_a_tokenizer_counts_word_pieces_without_marks_of_start_and_end(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.measure.count_tokens(["Bees fly.", "", "Bees fly. " * 300]) == [3, 0, 900]


def test_without_a_measure_every_text_is_short() -> None:
    assert NoMeasure().count_tokens(["Bees fly.", ""]) == [0, 0]
    assert NoMeasure().max_tokens == sys.maxsize
