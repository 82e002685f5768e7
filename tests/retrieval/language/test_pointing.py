"""Paragraphs that begin with a word for something said before."""

from __future__ import annotations

import pytest

from retrieval.language.pointing import points_back


@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("It was moved in 1902.", "en"),
        ("“They” is how the keepers spoke of it.", None),
        ("It’s painted white.", "en-GB"),
        ("Diese Treppe ist steil.", "de"),
        ("C'est une tour.", "fr"),
        ("Él vive en el faro.", "es"),
        ("Это маяк.", "ru"),
        ("它很高。", "zh"),
        ("それは高いです。", "ja"),
    ],
)
def test_points_back(paragraph: str, language: str | None) -> None:
    assert points_back(paragraph, language)


@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("Items are sorted.", "en"),
        ("The lamp burned oil.", "en"),
        ("Italy has many.", None),
        ("Die Treppe ist steil.", "de"),
        ("It es kein Wort.", "de"),
        ("灯塔很高。", "zh"),
        ("It may be anything.", "fi"),
        ("", "en"),
    ],
)
def test_does_not_point_back(paragraph: str, language: str | None) -> None:
    assert not points_back(paragraph, language)
