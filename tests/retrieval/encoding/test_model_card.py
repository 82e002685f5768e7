"""What a model's card says of languages."""

from __future__ import annotations

import pytest

from retrieval.encoding.model_card import languages_of
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\n---\n# A model", frozenset({"en"})),
        ("---\nlanguage:\n- en\n- de-DE\n---\n", frozenset({"en", "de"})),
        ("---\nlanguage:\n- multilingual\n- en\n---\n", None),
        ("---\nlanguage: multilingual\n---\n", None),
        ("---\nlanguage: English\n---\n", None),
        ("---\nlicense: mit\n---\n", None),
        ("---\n: [\n---\n", None),
        ("---\n- a list\n---\n", None),
        ("# A model", None),
        ("", None),
    ],
)
def test_the_languages_that_a_card_names(card: str, languages: frozenset[str] | None) -> None:
    assert languages_of(card) == languages


def test_the_default_model_knows_english(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.languages == frozenset({"en"})
