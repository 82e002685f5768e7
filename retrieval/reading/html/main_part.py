"""The part of a page that holds its text."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.html.parsing import PageElement

# The part of the page's characters that the main part has at least, where it is called so and where it is only an
# article: a page can show the beginnings of many articles.
_LEAST_MAIN = 0.05
_LEAST_ARTICLE = 0.3


def main_part(page: PageElement) -> PageElement:
    """The part that is called the main part or the article, if there is one, or else the whole body."""
    body = next((each for each in _parts(page) if each.tag == "body"), page)
    mains = [each for each in _parts(body) if each.tag == "main" or each.attributes.get("role") == "main"]
    articles = [each for each in _parts(body) if each.tag == "article" or each.attributes.get("role") == "article"]
    for candidates, least in ((mains, _LEAST_MAIN), (articles, _LEAST_ARTICLE)):
        if len(candidates) == 1 and candidates[0].length >= least * body.length:
            return candidates[0]
    return body


def _parts(element: PageElement) -> Iterator[PageElement]:
    """The elements in an element, less those in a main part or an article that has begun."""
    for child in element.elements:
        assert isinstance(child, PageElement)
        yield child
        if child.tag not in ("main", "article"):
            yield from _parts(child)
