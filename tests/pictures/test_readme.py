"""The README shows all pictures, each in the theme of whoever reads it."""

from __future__ import annotations

import re

from pullquote.settings import ROOT
from tests.pictures.drawing import PICTURES, THEMES
from tests.pictures.scenes import SCENES

README = (ROOT / "README.md").read_text(encoding="utf-8")
_PICTURE = re.compile(
    r'<picture>\n<source media="\(prefers-color-scheme: dark\)" srcset="docs/pictures/([\w-]+)-dark\.png">\n'
    r'<img src="docs/pictures/([\w-]+)-light\.png" width="\d+"\s+alt="[^"]{40,}">\n</picture>'
)
# Bytes.
_SMALL = 60_000


def test_the_readme_shows_every_picture_in_both_themes_with_words_for_who_cannot_see_it() -> None:
    found = _PICTURE.findall(README)
    assert found == [(name, name) for name in SCENES]
    assert README.count("<img") == README.count("<picture") == len(found)


def test_every_picture_is_there_and_small() -> None:
    pictures = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert pictures.keys() == {f"{name}-{theme}.png" for name in SCENES for theme in THEMES}
    assert {name: size for name, size in pictures.items() if size > _SMALL} == {}
