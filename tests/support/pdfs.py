"""PDFs that tests make: texts at places, in fonts whose characters are as wide as it is said here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

REGULAR, BOLD, CODE = "Helvetica", "Helvetica-Bold", "Courier"
_FONTS = (REGULAR, BOLD, CODE)
_NARROW, _BROAD = "ijl.,:;'|!() -", "mwMW@"
LEFT, TOP, WIDTH, PITCH = 72.0, 720.0, 400.0, 12.0


@dataclass(frozen=True)
class Text:
    """A text whose first character stands at a place, in points from the lower left corner of the page."""

    text: str
    left: float = LEFT
    baseline: float = TOP
    size: float = 10.0
    font: str = REGULAR
    turned: int = 0
    """By how many right angles it is turned to the left."""

    @property
    def width(self) -> float:
        return sum(_width(char, self.font) for char in self.text) * self.size / 1000


@dataclass(frozen=True)
class Entry:
    """An entry of an outline, with those below it."""

    title: str
    below: tuple[Entry, ...] = ()


Page = Sequence[Text]


def wrapped(
    text: str, left: float = LEFT, top: float = TOP, width: float = WIDTH, size: float = 10.0, font: str = REGULAR,
    hanging: float = 0.0, pitch: float = PITCH,
) -> list[Text]:  # fmt: skip
    """A paragraph: as many words in a line as have room; its further lines begin `hanging` points to the right."""
    lines: list[Text] = []
    for word in text.split():
        longer = Text(f"{lines[-1].text} {word}", lines[-1].left, lines[-1].baseline, size, font) if lines else None
        if longer and longer.left + longer.width <= left + width:
            lines[-1] = longer
        else:
            start = left + hanging * bool(lines)
            lines.append(Text(word, start, top - pitch * len(lines), size, font))
    return lines


def below(texts: Sequence[Text], gap: float = 2 * PITCH) -> float:
    """A height below texts."""
    return min(text.baseline for text in texts) - gap


def pdf(
    *pages: Page, info: Mapping[str, str] | None = None, language: str = "", outline: Sequence[Entry] = ()
) -> bytes:
    """A document of these pages."""
    return written(pdf_objects(pages, info or {}, language, outline))


def pdf_objects(
    pages: Sequence[Page], info: Mapping[str, str], language: str, outline: Sequence[Entry]
) -> dict[int, bytes]:
    """The objects of a document by their numbers: 1 is the catalog, 2 the tree of pages, 3 the information."""
    objects: dict[int, bytes] = {}
    fonts = b" ".join(b"/F%d %d 0 R" % (i, 10 + i) for i in range(len(_FONTS)))
    for number, font in enumerate(_FONTS):
        widths = b" ".join(b"%d" % _width(bytes([code]).decode("cp1252", "replace"), font) for code in range(32, 256))
        objects[10 + number] = (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 "
            b"/Widths [%s] >>" % (font.encode(), widths)
        )
    kids = [20 + 2 * i for i in range(len(pages))]
    for kid, page in zip(kids, pages, strict=True):
        content = b"\n".join(map(_drawn, page))
        objects[kid] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << %s >> >> >>" % (kid + 1, fonts)
        )
        objects[kid + 1] = stream(content)
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (references, len(kids))
    objects[3] = b"<< %s >>" % b" ".join(b"/%s %s" % (name.encode(), _string(text)) for name, text in info.items())
    first = 20 + 2 * len(pages)
    objects |= _outline(outline, first)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R %s %s >>" % (
        b"/Outlines %d 0 R" % first if outline else b"", b"/Lang %s" % _string(language) if language else b"",
    )  # fmt: skip
    return objects


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """The file that these objects make; `trailer` has further entries of the trailer."""
    raw = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(raw)
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(max(objects) + 1)
    )
    return raw + b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R /Info 3 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1, table, max(objects) + 1, trailer, len(raw),
    )  # fmt: skip


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """An object that holds bytes."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _outline(entries: Sequence[Entry], number: int) -> dict[int, bytes]:
    """The objects of an outline, the first of which has this number."""
    objects: dict[int, bytes] = {}
    numbers = iter(range(number + 1, number + 10_000))

    def add(parent: int, below: Sequence[Entry], head: bytes) -> None:
        kids = [next(numbers) for _ in below]
        ends = b"/First %d 0 R /Last %d 0 R /Count %d" % (kids[0], kids[-1], len(kids)) if kids else b""
        objects[parent] = b"<< %s %s >>" % (head, ends)
        for i, (kid, entry) in enumerate(zip(kids, below, strict=True)):
            following = b"/Next %d 0 R" % kids[i + 1] if i + 1 < len(kids) else b""
            add(kid, entry.below, b"/Title %s /Parent %d 0 R %s" % (_string(entry.title), parent, following))

    if entries:
        add(number, entries, b"/Type /Outlines")
    return objects


def _drawn(text: Text) -> bytes:
    matrix = (b"1 0 0 1", b"0 1 -1 0", b"-1 0 0 -1", b"0 -1 1 0")[text.turned]
    return b"BT /F%d %g Tf %s %g %g Tm (%s) Tj ET" % (
        _FONTS.index(text.font), text.size, matrix, text.left, text.baseline, _escaped(text.text.encode("cp1252")),
    )  # fmt: skip


def _string(text: str) -> bytes:
    return b"(%s)" % _escaped(b"\xfe\xff" + text.encode("utf-16-be"))


def _escaped(raw: bytes) -> bytes:
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")


def _width(char: str, font: str) -> int:
    if font == CODE:
        return 600
    return 300 if char in _NARROW else 750 if char in _BROAD else 500


def texts(*columns: Sequence[Text]) -> Iterator[Text]:
    """All texts of several columns, row by row, as some programs draw them."""
    for row in range(max(map(len, columns))):
        yield from (column[row] for column in columns if row < len(column))
