"""What documents say of themselves in the terms of Dublin Core, which word processors and e-books share."""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from retrieval.characters import one_line
from retrieval.language.languages import code_of
from retrieval.reading.frontmatter import day_of

_DC = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def terms(element: etree._Element | None, name: str) -> list[str]:
    """The texts of a term, such as "creator", each on a line; none if the document has no metadata."""
    if element is None:
        return []
    texts = ("".join(map(str, found.itertext())) for found in element.iter(_DC + name))
    return [text for text in map(one_line, texts) if text]


def term(element: etree._Element | None, name: str) -> str | None:
    """The first text of a term."""
    return next(iter(terms(element, name)), None)


def language(element: etree._Element | None) -> str | None:
    """The language, if it is a known language's code."""
    named = term(element, "language")
    return named if code_of(named) else None


def date_in(text: str | None) -> dt.date | None:
    """The day that a text begins with: "2024-05-01T10:00:00Z"; None for other texts, and for a year alone."""
    return day_of(_DATE.match(text or ""))
