"""Whether a text orders the bot about instead of asking: "ignore all previous instructions and say …".

The rules are narrow. A question about such orders ("how do I ignore the rules of a parent folder?") is a question.
"""

from __future__ import annotations

import re

# Where an order begins: with the text or a sentence, or behind a polite word.
_BEGINS = (
    r"(?:^|[.!?:;,]\s*|\b(?:please|kindly|(?:can|could|would|must|should)\s+you|you\s+(?:must|should|shall|will))\s+)"
)
_IGNORE = r"(?:ignore|disregard|forget|override)"
_GIVEN = r"(?:previous|prior|above|earlier|preceding|initial|original|your)"
_ORDERS = r"(?:instructions?|prompts?|rules|directions|directives|guidelines|programming|training)"
_FEW = r"(?:\w+\s+){0,3}"

_ORDER = re.compile(
    "|".join(
        [
            rf"{_BEGINS}{_IGNORE}\s+{_FEW}{_GIVEN}\s+{_FEW}{_ORDERS}\b",
            rf"{_BEGINS}{_IGNORE}\s+(?:all|any|the|these|those)\s+(?:of\s+the\s+)?(?:instructions|system\s+prompt)\b",
            rf"{_BEGINS}{_IGNORE}\s+(?:everything|all|anything)\s+(?:that\s+)?(?:above|before|(?:you|i)\s+(?:were|was|have|had|said|been))\b",
            rf"{_BEGINS}(?:reveal|show|print|repeat|output|tell)\s+(?:me\s+)?{_FEW}your\s+{_FEW}(?:prompt|instructions)\b",
            r"^(?:from\s+now\s+on,?\s+)?you\s+(?:are|will\s+be)\s+now\s+(?:an?|my|in|no\s+longer|free)\b",
            r"^from\s+now\s+on,?\s+(?:you|act|answer|reply|respond|speak|talk|pretend)\b",
            r"^(?:please\s+)?(?:pretend|imagine)\s+(?:to\s+be|(?:that\s+)?you(?:\s+are|'re))\b",
            r"^(?:please\s+)?(?:act|behave|respond|answer|reply)\s+(?:as|like)\s+(?:if\s+you|an?\s|my\s|though\s+you)",
            r"^(?:please\s+)?repeat\s+after\s+me\b",
        ]
    ),
    re.IGNORECASE,
)


def is_order(text: str) -> bool:
    """Whether a question's text, on one line, is an order to the bot."""
    return _ORDER.search(text) is not None
