"""Hits → quotations: passages of a section that stand one after the other are quoted together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.answer import Hit
from retrieval.article import Article, Passage, Span

# A further passage whose probability is below this part of the first passage's has nothing to do with the question.
_WORTH_SHOWING = 0.1
# How many passages may go on with the steps of the first.
_FURTHER_STEPS = 2
_STEP = re.compile(r"^[ \t]*(?:step |schritt |paso |étape )?(?P<number>\d{1,3})[.):]\s", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Passages of a section that stand one after the other, quoted as one block."""

    hit: Hit
    """The best of the passages."""
    passages: tuple[Passage, ...]
    """In the order of the article, only white space between them."""

    @property
    def article(self) -> Article:
        return self.hit.article

    @property
    def span(self) -> Span:
        """From the start of the first passage to the end of the last."""
        return Span(self.passages[0].start, self.passages[-1].end)

    @property
    def text(self) -> str:
        """Exactly `article.text[span.start:span.end]`."""
        return self.article.slice(self.span)

    @property
    def lead(self) -> Span | None:
        """What introduces the first passage and stands apart from it."""
        return self.passages[0].lead

    @property
    def lead_is_next(self) -> bool:
        """Whether nothing stands between the lead and the first passage."""
        return self.lead is not None and self.article.text[self.lead.end : self.span.start].isspace()

    @property
    def sentences(self) -> list[Span]:
        """All sentences, as offsets into `text`."""
        start = self.span.start
        return [Span(each.start - start, each.end - start) for passage in self.passages for each in passage.sentences]

    @property
    def highlight(self) -> Span:
        """The sentence that answers best, as offsets into `text`."""
        start = self.span.start
        return Span(self.hit.highlight.start - start, self.hit.highlight.end - start)


def quotations(hits: Sequence[Hit]) -> list[Quotation]:
    """The hits that are worth showing as blocks, best first; steps that count on join the first block.

    A list that a passage of the first block begins to number goes on in the next passages of its section.
    """
    blocks: list[Quotation] = []
    for hit in hits:
        if blocks and hit.probability < _WORTH_SHOWING * hits[0].probability:
            continue
        for i, block in enumerate(blocks):
            if (joined := _joined(block, hit)) is not None:
                blocks[i] = joined
                break
        else:
            blocks.append(Quotation(hit, (hit.passage,)))
    if blocks:
        steps = (*blocks[0].passages, *_further_steps(blocks[0]))
        numbers = {passage.number for passage in steps}
        blocks = [
            replace(blocks[0], passages=steps),
            *(each for each in blocks[1:] if not _holds(blocks[0].article, numbers, each)),
        ]
    return blocks


def _holds(article: Article, numbers: set[int], block: Quotation) -> bool:
    return block.article is article and any(passage.number in numbers for passage in block.passages)


def _joined(block: Quotation, hit: Hit) -> Quotation | None:
    """The block together with a passage right before or behind it; None if the passage stands elsewhere."""
    if hit.article is not block.article:
        return None
    first, last = block.passages[0], block.passages[-1]
    if _adjoin(hit.article, last, hit.passage):
        return replace(block, passages=(*block.passages, hit.passage))
    if _adjoin(hit.article, hit.passage, first):
        return replace(block, passages=(hit.passage, *block.passages))
    return None


def _adjoin(article: Article, before: Passage, after: Passage) -> bool:
    """Whether a passage stands right behind another one in the same section."""
    between = article.text[before.end : after.start]
    return after.number == before.number + 1 and before.headings == after.headings and not between.strip()


def _further_steps(block: Quotation) -> Iterator[Passage]:
    """The passages behind the block that count on where the block's numbered steps end."""
    article, last = block.article, block.passages[-1]
    for passage in article.passages[last.number : last.number + _FURTHER_STEPS]:
        steps, further = _steps(article, last), _steps(article, passage)
        begins = _STEP.match(article.slice(passage)) is not None
        if not (steps and begins and further[0] == steps[-1] + 1 and _adjoin(article, last, passage)):
            return
        yield passage
        last = passage


def _steps(article: Article, passage: Passage) -> list[int]:
    """The numbers that lines of a passage begin with."""
    return [int(match["number"]) for match in _STEP.finditer(article.slice(passage))]
