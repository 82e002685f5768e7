"""What a model's card, its README, says of the languages that the model was trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import YAMLError

from retrieval.language.languages import code_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_MANY = "multilingual"


def model_card(model: SentenceTransformer) -> str:
    """The text of the card that a model was loaded with; empty if it came without."""
    # sentence-transformers has no name for it that others may use, and the folder of a model of the hub is not known.
    return getattr(model, "_model_card_text", None) or ""


def languages_of(card: str) -> frozenset[str] | None:
    """The codes of the languages that a card names; None if it names none, or says that they are many."""
    from huggingface_hub import ModelCard  # slow to import

    try:
        named = ModelCard(card).data.get("language") if card.startswith("---") else None
    except (ValueError, YAMLError):  # a card that is not written as cards are
        return None
    written = [named] if isinstance(named, str) else named or []
    if _MANY in written:
        return None
    return frozenset(filter(None, map(code_of, map(str, written)))) or None
