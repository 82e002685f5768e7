"""The matrix of features by hand, and against the functions that make its columns."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.ranking.evidence import encode, gather
from retrieval.ranking.feature_matrix import FeatureMatrix, feature_matrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.made_answers import unparsed

THIRD = np.array([1 / 3, 2 / 3], np.float32)
MATRIX = FeatureMatrix.of({"length": np.array([3.0, 1.0]), "cosine": THIRD})


def test_columns_and_rows_by_name() -> None:
    assert (MATRIX.names, len(MATRIX)) == (("length", "cosine"), 2)
    assert MATRIX.values.dtype == np.float64
    assert MATRIX.column("length").tolist() == [3, 1]
    assert MATRIX.columns(["cosine", "length"]).tolist() == [[float(THIRD[0]), 3], [float(THIRD[1]), 1]]
    assert MATRIX.row(1) == {"length": 1, "cosine": float(THIRD[1])}
    with pytest.raises(ValueError, match="not in tuple"):
        MATRIX.column("width")


def test_columns_of_single_precision_alone_become_double() -> None:
    assert FeatureMatrix.of({"cosine": THIRD}).values.dtype == np.float64


def test_a_row_has_a_name_for_each_value() -> None:
    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is longer than argument 1$"):
        FeatureMatrix(("length",), np.zeros((1, 2))).row(0)


def test_rows_are_selected_in_an_order_or_by_a_mask() -> None:
    assert MATRIX.select(np.array([1, 0, 1])).column("length").tolist() == [1, 3, 1]
    assert MATRIX.select(np.array([False, True])).row(0) == MATRIX.row(1)
    assert MATRIX.select(np.zeros(2, np.bool_)).values.shape == (0, 2)


def test_a_column_is_added_last_or_replaces_its_namesake_in_its_place() -> None:
    added = MATRIX.with_column("score", np.array([7.0, 8.0]))
    assert added.names == ("length", "cosine", "score")
    replaced = added.with_column("cosine", np.array([0.0, 1.0]))
    assert replaced.names == added.names
    assert replaced.row(0) == {"length": 3, "cosine": 0, "score": 7}
    assert MATRIX.column("cosine").tolist() == THIRD.tolist()


def test_features_of_evidence_are_those_of_the_functions_to_the_last_bit() -> None:
    [query] = encode([unparsed("When did the ant meet a Bee?")], LetterEncoder())
    evidence = gather(query, corpus_of("Ant, the bee! Cat 1874!\n\nThe of!", "Dog ant!"))
    for features, rows in ((PASSAGE_FEATURES, 3), (SENTENCE_FEATURES, 4)):
        matrix = feature_matrix(evidence, tuple(features))
        assert matrix.values.shape == (rows, len(features))
        for name, feature in features.items():
            assert matrix.column(name).tolist() == feature(evidence).astype(np.float64).tolist()
