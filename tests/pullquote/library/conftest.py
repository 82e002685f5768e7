"""A library of three little files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.libraries import FILES


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    return make_folder(FILES)


@pytest.fixture
def animals(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Library:
    """A library of the files above; its encoder has forgotten which texts it encoded."""
    library = Library.open(folder, tmp_path / "data", letters)
    letters.encoded.clear()
    return library


@pytest.fixture
def restart(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Callable[[], Library]:
    """Opens the library once more, from the shelf."""

    def open_again() -> Library:
        letters.encoded.clear()
        return Library.open(folder, tmp_path / "data", letters)

    return open_again
