"""What a page says of itself in its head: title, author, date, address, language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retrieval.characters import one_line
from retrieval.reading.frontmatter import FrontMatter, day_of
from retrieval.reading.html.parsing import PageElement
from retrieval.reading.tree.element import Element
from retrieval.urls import is_web_url

_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_DATES = tuple(
    "article:published_time datepublished date dc.date dc.date.issued dcterms.date dcterms.created "
    "citation_publication_date parsely-pub-date pubdate".split()
)
_DATE = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)(?!\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
# What parts a page's title from the name of its site.
_SEPARATORS = (" | ", " — ", " – ", " - ", " · ", " :: ", " » ", " « ", " • ")


@dataclass(frozen=True, slots=True)
class Head:
    """What the page's head says, by names in lower case; the first of two wins."""

    names: Mapping[str, str]
    title: str
    canonical: str
    language: str


def front_matter(head: Head, main: PageElement) -> FrontMatter:
    """What the page says. The title is the only heading of the first level of the main part, if there is one."""
    names = head.names
    author = next((names[name] for name in _AUTHORS if names.get(name) and not is_web_url(names[name])), None)
    url = next((url for url in (head.canonical, names.get("og:url", "")) if is_web_url(url)), None)
    language = head.language or names.get("content-language", "")
    return FrontMatter(
        title=_title(head, main) or None,
        url=url,
        author=author,
        published=next(_dates(names), None),
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else None,
    )


def read_head(page: PageElement) -> Head:
    """What the whole page says of itself, with its furniture."""
    names: dict[str, str] = {}
    title = canonical = ""
    language = page.attributes.get("lang") or page.attributes.get("xml:lang") or ""
    for element in _head_elements(page):
        attributes = element.attributes
        if element.tag == "title":
            title = title or one_line(element.text())
        elif element.tag == "link" and attributes.get("rel", "").lower() == "canonical":
            canonical = canonical or attributes.get("href", "").strip()
        elif element.tag == "html":
            language = language or attributes.get("lang") or attributes.get("xml:lang") or ""
        elif (name := attributes.get("name") or attributes.get("property") or attributes.get("itemprop")) or (
            name := attributes.get("http-equiv", "")
        ):
            names.setdefault(name.lower(), one_line(attributes.get("content", "")))
    return Head(names, title, canonical, language.strip())


def _head_elements(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.tag in ("title", "link", "meta", "html"):
            yield child
        if child.tag not in ("svg", "title"):
            yield from _head_elements(child)


def _title(head: Head, main: PageElement) -> str:
    headings = list(filter(None, _first_headings(main)))
    if len(headings) == 1:
        return headings[0]
    title = head.names.get("og:title") or head.title
    site = head.names.get("og:site_name", "")
    for separator in _SEPARATORS:
        if site and title.endswith(separator + site):
            return title.removesuffix(separator + site)
        if site and title.startswith(site + separator):
            return title.removeprefix(site + separator)
        for heading in headings[:1]:
            if title.startswith(heading + separator):
                return heading
    return title


def _first_headings(element: Element) -> Iterator[str]:
    for child in element.elements:
        if child.tag == "h1":
            yield one_line(child.text())
        else:
            yield from _first_headings(child)


def _dates(names: Mapping[str, str]) -> Iterator[dt.date]:
    days = (day_of(_DATE.match(names.get(name, ""))) for name in _DATES)
    return (day for day in days if day is not None)
