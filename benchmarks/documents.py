"""Whether real documents are read whole and clean: words lost, and passages with markup left in them.

    python -m benchmarks.documents [COLLECTION ...] [--worst 20] [--every N]

Installs nothing and reads what is there: the documents of the Debian packages debian-handbook, developers-reference,
git-doc, postgresql-doc, python3.11-doc and doc-debian, and npm's. Of large collections every Nth file is read. It
prints for each collection:

- files, passages, and files refused, such as an index that holds nothing but links.
- lost: the part of the words shown by a browser that the article does not have, counted as often as they are shown.
  What a browser shows is the main part of the page without the furniture, both named below for each collection by its
  page generator's own marks: navigation, footers, tables of contents, permalinks, numbers of notes. A source in
  reStructuredText, AsciiDoc or Markdown is held against the page that was made from it, and only by words that it has
  itself; plain text is held against itself.
- absent: the part of the words shown by a browser that the source does not have.
- furniture: the part of the words of the whole page that is furniture.
- markup: the part of the passages with markup left in them. What looks like markup and is shown by a browser is text.

Then the worst: passages with markup, and files by words lost.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.browser_text import Shown, shown, words
from retrieval.characters import normalise
from retrieval.errors import ArticleError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.blocks import Kind
from retrieval.reading.decoding import decode
from retrieval.reading.measure import NoMeasure
from retrieval.reading.media_types import ASCIIDOC, HTML, MARKDOWN, MEDIA_TYPES, PLAIN_TEXT, RST

DOC = Path("/usr/share/doc")
NPM = Path("/usr/lib/node_modules/npm/docs")
BODY, MAIN = "//body", "//*[@role='main']"
_CLASS = "descendant::*[contains(concat(' ', @class, ' '), ' {} ')]"
_ID = "descendant::*[@id='{}']"
DOCBOOK = [
    *map(_CLASS.format, "navheader navfooter docnav toc list-of-tables list-of-figures list-of-examples".split()),
    *map(_ID.format, ("banner",)),
    "descendant::a[@class='footnote' or starts-with(@href, '#id-') and contains(@class, 'para')]",
]
SPHINX = [
    *map(_CLASS.format, "headerlink footnote-reference contents linenos viewcode-link".split()),
    f"{_CLASS.format('toctree-wrapper')}[not(descendant::section)]",
    "descendant::*[@role='doc-backlink']",
]
# What Sphinx adds when it makes the page from the source.
SPHINX_SOURCE = [*SPHINX, *map(_CLASS.format, "section-number sig-prename audit-hook".split())]
GIT = [*map(_ID.format, ("footer", "toc")), _CLASS.format("toc"), "descendant::sup[starts-with(@class, 'footnote')]"]
NPM_PAGE = [*map(_ID.format, ("banner", "table_of_contents", "edit"))]
# The heading and the description come from the front matter.
NPM_SOURCE = [*NPM_PAGE, "descendant::header[@class='title']"]

# Markup that may be left in a text, by the kind of file.
_OF_HTML = r"</?[a-zA-Z][^<>\n]{0,200}>|&(?:[a-z]{2,8}|#\d{1,5});|¶"
_OF_RST = r":[a-z:]{2,20}:`|``|`_|\.\. [a-z:-]+::|(?<![\w|\[])\|[a-z]+\|(?![\w|])|^\.\. |::$"
_OF_ASCIIDOC = (
    r"<<[\w-]+[,>]|\[\[|\]\]|\blink(?:git)?:\w|\b(?:ifdef|ifndef|endif|include|image)::|^\[[^\]]+\]$|^={1,5} |\|===|"
    r"^(?:-{4}|\.{4}|={4}|_{4})$|\+\+|`[^`\s]+`|::$|^\+$|\{[a-z]+\}"
)
_OF_MARKDOWN = r"^#{1,6} |\]\(|\*\*|^\x60{3}|`[^`\s]+`|\{\{|^:::"
_MARKUP = {
    HTML: re.compile(_OF_HTML, re.MULTILINE),
    RST: re.compile(_OF_RST, re.MULTILINE),
    ASCIIDOC: re.compile(_OF_ASCIIDOC, re.MULTILINE),
    MARKDOWN: re.compile(f"{_OF_HTML}|{_OF_MARKDOWN}", re.MULTILINE),
    PLAIN_TEXT: re.compile(r"(?!)"),
}


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents of one kind, and where the page of each is."""

    folder: Path
    pattern: str
    media_type: str
    main: str = BODY
    furniture: Sequence[str] = ()
    page: Callable[[Path], Path | None] = lambda file: file
    every: int = 1


def _sphinx_page(source: Path) -> Path | None:
    docs = next(parent for parent in source.parents if parent.name == "_sources").parent
    return docs / str(source.relative_to(docs / "_sources")).replace(".rst.txt", ".html")


def _git_page(source: Path) -> Path | None:
    return source.with_suffix(".html")


def _npm_page(source: Path) -> Path | None:
    return NPM / "output" / source.relative_to(NPM / "content").with_suffix(".html")


def _no_page(_source: Path) -> Path | None:
    return None


COLLECTIONS = {
    "debian-handbook": Collection(DOC, "debian-handbook/html/*/*.html", HTML, BODY, DOCBOOK, every=23),
    "developers-reference": Collection(DOC, "developers-reference/docs/*.html", HTML, MAIN, SPHINX),
    "developers-reference rst": Collection(
        DOC, "developers-reference/docs/_sources/*.rst.txt", RST, MAIN, SPHINX_SOURCE, _sphinx_page
    ),
    "git-doc": Collection(DOC, "git-doc/**/*.html", HTML, BODY, GIT),
    "git-doc adoc": Collection(DOC, "git-doc/**/*.txt", ASCIIDOC, BODY, GIT, _git_page),
    "postgresql-doc": Collection(DOC, "postgresql-doc-*/html/*.html", HTML, BODY, DOCBOOK, every=5),
    "python3.11-doc": Collection(DOC, "python3.11/html/**/*.html", HTML, MAIN, SPHINX, every=5),
    "python3.11-doc rst": Collection(
        DOC, "python3.11/html/_sources/**/*.rst.txt", RST, MAIN, SPHINX_SOURCE, _sphinx_page, every=5
    ),
    "doc-debian": Collection(DOC, "debian/*.txt*", PLAIN_TEXT, page=_no_page),
    "npm": Collection(NPM, "output/**/*.html", HTML, BODY, NPM_PAGE),
    "npm md": Collection(NPM, "content/**/*.md", MARKDOWN, BODY, NPM_SOURCE, _npm_page),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file."""

    file: Path
    passages: int
    marked: list[str]
    """Markup that was left, each with what stands around it."""
    lost: Counter[str]
    added: Counter[str]
    expected: int
    absent: int
    furniture: int
    refused: bool = False


def main() -> None:
    """Read the collections and print what was found."""
    parser = argparse.ArgumentParser(description="How well real documents are read.")
    parser.add_argument("collections", nargs="*", default=list(COLLECTIONS), metavar="COLLECTION")
    parser.add_argument("--worst", type=int, default=20, help="how many of the worst are shown")
    parser.add_argument("--every", type=int, help="read every Nth file of each collection")
    arguments = parser.parse_args()
    print(f"{'':24} files passages refused   lost  added absent furniture markup")
    worst: dict[str, list[Found]] = {}
    for name in arguments.collections:
        collection = COLLECTIONS[name]
        files = [file for file in sorted(collection.folder.glob(collection.pattern)) if file.is_file()]
        found = [
            one
            for file in files[:: min(arguments.every or collection.every, 1 + len(files) // 10)]
            if (one := look(file, collection))
        ]
        if found:
            print(f"{name:24} {line(found)}", flush=True)
            worst[name] = found
    for name, found in worst.items():
        marked = [f"{each.file.name}: {mark}" for each in found for mark in each.marked]
        by_loss = sorted(found, key=lambda each: each.lost.total(), reverse=True)
        if marked:
            print(f"\n{name}, markup left:", *marked[: arguments.worst], sep="\n  ")
        if by_loss[0].lost:
            print(f"\n{name}, words lost:", *map(loss, by_loss[: arguments.worst]), sep="\n  ")


def line(found: list[Found]) -> str:
    """The sums over a collection's files as a line."""
    passages = sum(each.passages for each in found)
    expected = sum(each.expected for each in found) or 1
    lost, added = (sum(counter.total() for counter in counters) / expected for counters in (
        [each.lost for each in found], [each.added for each in found]
    ))  # fmt: skip
    absent = sum(each.absent for each in found) / (expected + sum(each.absent for each in found))
    furniture = sum(each.furniture for each in found) / (expected + sum(each.furniture for each in found))
    markup = sum(len(each.marked) for each in found) / max(1, passages)
    refused = sum(each.refused for each in found)
    return (
        f"{len(found):5} {passages:8} {refused:7} {lost:6.2%} {added:6.2%} {absent:6.2%} {furniture:9.2%} {markup:6.2%}"
    )


def loss(found: Found) -> str:
    """The file with most of the words that it lost."""
    missing = " ".join(f"{word}×{count}" if count > 1 else word for word, count in found.lost.most_common(12))
    part = found.lost.total() / max(1, found.expected)
    return f"{found.file} {found.lost.total()} of {found.expected} ({part:.1%}){' refused' * found.refused}: {missing}"


def look(file: Path, collection: Collection) -> Found | None:
    """Read a file, and hold it against its page; None if there is no such page."""
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    page = collection.page(file)
    if page is None:
        text = normalise(decode(raw).text)
        seen = Shown(" ".join(text.split()), words(text), 0)
    elif page.exists():
        seen = shown(page.read_bytes(), collection.main, collection.furniture)
    else:
        return None
    expected, absent = seen.words, 0
    if page is not None and page != file:
        expected = seen.words & words(decode(raw).text)
        absent = (seen.words - expected).total()
    sums = (expected.total(), absent, seen.furniture)
    try:
        article = read_article(Document(file.name, collection.media_type, raw), NoMeasure())
    except ArticleError:
        # Whoever reads the page sees these words; that an index of links is refused is meant.
        return Found(file, 0, [], Counter(), Counter(), *sums, refused=True)
    read = words(article.text)
    code = {block.text for block in MEDIA_TYPES[collection.media_type].parse(raw).blocks if block.kind is Kind.CODE}
    prose = [text for passage in article.passages if (text := article.slice(passage)) not in code]
    marked = [mark for text in prose for mark in list(marks(text, collection.media_type, seen))[:1]]
    return Found(file, len(article.passages), marked, expected - read, read - seen.words, *sums)


def marks(text: str, media_type: str, seen: Shown) -> Iterator[str]:
    """What looks like markup in a text and is not shown by a browser, with what stands around it."""
    for match in _MARKUP[media_type].finditer(text):
        around = " ".join(text[max(0, match.start() - 20) : match.end() + 20].split())
        if " ".join(match.group().split()) not in seen.text:
            yield f"{match.group()!r} in {around!r}"


if __name__ == "__main__":
    main()
