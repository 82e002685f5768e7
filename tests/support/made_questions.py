"""A question file big enough to calibrate with, made from a few words: who came where, when, and what it ate there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

VISITORS: Mapping[str, str] = {
    "harbour": "gull heron seal otter crab tern cormorant porpoise squid plover skua lobster dolphin",
    "orchard": "jay wasp mole hedgehog badger finch robin dormouse fox cuckoo beetle hornet deer",
    "attic": "bat owl moth spider mouse swift wren cricket weevil marten ladybird pigeon squirrel",
    "quarry": "lynx raven adder toad newt falcon kestrel lizard hare chough dragonfly wolf viper",
}
FOODS = "herring acorns plums midges barley clover worms honey cheese seeds turnips snails crumbs".split()


def entries(places: Sequence[str] = tuple(VISITORS), *, answerable: int = 2, unanswerable: int = 2) -> list[object]:
    """An article for each place: a paragraph for each of 13 visitors, with up to 2 questions of both kinds."""
    return [
        {
            "title": f"The {place}",
            "paragraphs": [
                _paragraph(place, visitor, 1800 + number, food, answerable, unanswerable)
                for number, (visitor, food) in enumerate(zip(VISITORS[place].split(), FOODS, strict=True))
            ],
        }
        for place in places
    ]


def write(file: Path, entries: Sequence[object]) -> Path:
    """Write articles and their questions into a file in SQuAD's shape."""
    file.write_text(json.dumps({"data": entries}), encoding="utf-8")
    return file


def _paragraph(place: str, visitor: str, year: int, food: str, answerable: int, unanswerable: int) -> object:
    answered = [
        {"question": f"When did the {visitor} come?", "answers": [{"text": str(year)}]},
        {"question": f"What did the {visitor} eat?", "answers": [{"text": food}]},
    ][:answerable]
    unanswered = [
        {"question": f"Who painted the {visitor}?", "is_impossible": True},
        {"question": f"Why did the {visitor} sing?", "is_impossible": True},
    ][:unanswerable]
    return {
        "context": f"The {visitor} came to the {place} in {year}. There it ate {food} until the evening.",
        "qas": answered + unanswered,
    }
