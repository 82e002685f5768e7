"""Measures of text that can be passed to another process: they load no model."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class TokenizerMeasure:
    """Counts the word pieces of a tokenizer that neither truncates nor pads."""

    tokenizer: Tokenizer
    max_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [len(encoding) for encoding in encodings]


@dataclass(frozen=True, slots=True)
class NoMeasure:
    """Finds every text short: passages are not split, but all problems of an article are noticed."""

    max_tokens: int = sys.maxsize

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [0] * len(texts)
