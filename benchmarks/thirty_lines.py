"""The yardstick: the bot that thirty lines make of the same two libraries. It knows no more than a tutorial does."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer


class ThirtyLines:
    """Answers with the passage nearest to the question; `index` is the file of an index, written if it is missing."""

    def __init__(self, model: SentenceTransformer, folder: Path, index: Path) -> None:
        self.model = model
        files = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]
        self.passages: list[str] = [passage for text in files for passage in text.split("\n\n")]
        if index.exists():
            self.index = faiss.read_index(str(index))
        else:
            vectors = self.encode(self.passages)
            self.index = faiss.IndexFlatIP(vectors.shape[1])
            self.index.add(vectors)
            faiss.write_index(self.index, str(index))

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False))

    def answer(self, question: str) -> str:
        _, rows = self.index.search(self.encode([question]), 1)
        return self.passages[int(rows[0, 0])]
