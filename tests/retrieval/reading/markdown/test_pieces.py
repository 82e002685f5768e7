"""A long document is parsed in pieces, and reads as if it had been parsed whole."""

from __future__ import annotations

import pytest

from retrieval.reading.markdown import pieces as pieces_module
from retrieval.reading.markdown.parsing import parse_markdown
from retrieval.reading.markdown.pieces import pieces

DOCUMENT = """\
# Boats

The [ferry] left[^1] with the [tide] and the [quay][Q] stayed[^late].

- one
- two

  more of two
- three

```
# no heading

- no item
~~~
```

<!--

# Not seen

-->

## Berths

1. first
2. second

| boat | berth |
|------|-------|
| Ada  | 3     |

> The [tide] turns.
>
> [tide]: https://example.org/tide

> At [dusk][^dusk].
>
> [^dusk]: In June at ten.

Long lines of a paragraph
that goes on
and on.

[ferry]: https://example.org/ferry
[dusk]: https://example.org/dusk
[q]: <https://example.org/quay>
[^1]: At noon.

# Last

Text with the [ferry] again[^1], and the dusk[^dusk].

[^late]: Since then.
"""


@pytest.mark.parametrize("size", range(1, 400, 7))
def test_pieces_are_read_as_the_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parse_markdown(DOCUMENT)
    monkeypatch.setattr(pieces_module, "_PIECE", size)
    joined = "\n".join(block.text for block in parse_markdown(DOCUMENT))
    if size >= 40:  # no paragraph is longer
        assert joined == "\n".join(block.text for block in whole)
        links = [link.target for block in parse_markdown(DOCUMENT) for link in block.links]
        assert links == [link.target for block in whole for link in block.links]


def test_a_short_document_is_one_piece() -> None:
    assert [piece.text for piece in pieces(DOCUMENT)] == [DOCUMENT]


@pytest.mark.parametrize(
    "unit", ["[", "*a **b ", "ab cd ", "- a\n", "# A\n", "ab\n", "```\n", "<!--\n", "1. a\n", "|a|\n", "> a\n\n"]
)
def test_no_text_is_lost_and_only_code_lists_with_numbers_and_tables_are_larger(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    cut = list(pieces(text))
    assert "".join(piece.text for piece in cut) == text
    assert (len(cut) == 1) is (unit in ("1. a\n", "|a|\n", "<!--\n") or unit == "```\n")
    assert all(len(piece.text) <= 110_000 for piece in cut) or len(cut) == 1


@pytest.mark.parametrize(("end", "count"), [("", 1), ("\n\nThe end.", 2)])
def test_a_text_is_searched_once_for_the_next_place_to_cut(
    end: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    cut_before_line = pieces_module._cut_before_line

    def noted(text: str, at: int, start: int) -> int | None:
        searched.append(at)
        return cut_before_line(text, at, start)

    monkeypatch.setattr(pieces_module, "_cut_before_line", noted)
    assert len(list(pieces("```\n" * 30_000 + end))) == count
    assert len(searched) == 1
