"""The page of failures, read as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


@dataclass
class Shown:
    """A failure as the page shows it, and its passages: ⟦marked sentence⟧, *expected answer*."""

    question: str = ""
    about: str = ""
    panes: list[tuple[str, str, str]] = field(default_factory=list)
    """Heading, passage, and the line below it."""


class Page(HTMLParser):
    """What a page of failures shows."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text: dict[str, str] = {}
        """What stands in all elements of one name, one after the other."""
        self.sections: dict[str, list[Shown]] = {}
        self._open: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "meta":
            return
        self._open.append(tag)
        if tag == "section":
            self.sections[dict(attrs)["id"] or ""] = self.shown = []
        elif tag == "article":
            self.shown.append(Shown())
        elif tag == "figure":
            self.shown[-1].panes.append(("", "", ""))
        self.handle_data({"mark": "⟦", "strong": "*"}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.handle_data({"mark": "⟧", "strong": "*", "p": "\n"}.get(tag, ""))
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.text[tag] = self.text.get(tag, "") + data
        if "article" not in self._open:
            return
        shown = self.shown[-1]
        if "figure" in self._open:
            heading, passage, below = shown.panes[-1]
            if "figcaption" in self._open:
                heading += data
            elif "blockquote" in self._open:
                passage += data
            elif "p" in self._open:
                below += data
            shown.panes[-1] = (heading, passage, below)
        elif "h3" in self._open:
            shown.question += data
        elif "p" in self._open:
            shown.about += data
