"""Text whose paragraphs stand together without a space: which straight quotation mark belongs to which paragraph."""

from __future__ import annotations

import pytest

from retrieval.reading.media_types import MEDIA_TYPES, PLAIN_TEXT


@pytest.mark.parametrize(
    "paragraphs",
    [
        ['He said: "No."', "Then he left.", 'She said: "Yes."', "All was well."],
        ['He said "perhaps", and later: "No."', "Then he left."],
        ['The plank measured 5".', "Then it broke."],
    ],
)
def test_a_closing_quotation_mark_stays_with_the_paragraph_before(paragraphs: list[str]) -> None:
    parsed = MEDIA_TYPES[PLAIN_TEXT].parse("".join(paragraphs).encode())
    assert [block.text for block in parsed.blocks] == paragraphs
