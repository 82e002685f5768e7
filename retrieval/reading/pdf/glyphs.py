"""The characters of a page, their places and their fonts, by PDFium: pypdf takes ten times as long.

Places are in points from the page's left and lower edges, as somebody sees the page who holds it so that most of its
text is upright.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

HYPHEN = "\2"
"""A hyphen at the end of a line that parts a word; PDFium puts no line break behind it."""
_CODE_OF_HYPHENS = 2
_HIGHEST = 0x10FFFF
# The weight that PDFium tells is guessed from the width of stems, and is as high for many fonts that are not bold.
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi", b"-medi", b"cmbx", b"cmssbx")
_FORCE_BOLD = 1 << 18
_FIXED_PITCH = 1
# Letters of different widths, and how much the widths may differ in a font for program code.
_WIDTHS = "ilmwW."
_SAME_WIDTH = 0.02
# Characters for program code are half as wide as high. What a font lacks is often said to be as wide as high.
_WIDEST = 0.75
_NAME_BYTES = 256
# Text in a smaller size, in points, cannot be read: its font is drawn in units of its own (Type 3).
_SMALLEST = 2.0
_USUAL = 10.0
# How many characters before and behind one tell how wide a font's characters are.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Font:
    """What a font says about the text in it."""

    bold: bool
    fixed: bool
    """Whether all characters are equally wide, as program code's are."""


class Glyphs:
    """The characters of one page. Numbers of characters are PDFium's."""

    def __init__(self, page: pypdfium2.PdfTextPage, fonts: dict[bytes, Font]) -> None:
        """`fonts` are the fonts of the document that are known by now, by name."""
        self._page = page.raw
        self._fonts = fonts
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name, self._flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        self.count = max(0, pdfium.FPDFText_CountChars(self._page))
        self.turned = 0
        """By how many right angles the text that counts is turned to the left."""

    @cached_property
    def characters(self) -> str:
        """The character of each number; line breaks are a carriage return and a line feed."""
        return "".join(map(self._character, range(self.count)))

    def _character(self, number: int) -> str:
        code = pdfium.FPDFText_GetUnicode(self._page, number)
        if code == _CODE_OF_HYPHENS and pdfium.FPDFText_IsHyphen(self._page, number) == 1:
            return HYPHEN
        return chr(code) if code <= _HIGHEST and code != _CODE_OF_HYPHENS else "\0"

    def size(self, number: int) -> float:
        """The size of a character, in points."""
        pdfium.FPDFText_GetMatrix(self._page, number, self._matrix)
        size = float(pdfium.FPDFText_GetFontSize(self._page, number) * math.hypot(self._matrix.c, self._matrix.d))
        return size if size >= _SMALLEST else _USUAL

    def angle(self, number: int) -> int:
        """By how many right angles a character is turned to the left, from 0 to 3; -1 if it is slanted."""
        angle = pdfium.FPDFText_GetCharAngle(self._page, number) / (math.pi / 2)
        return -round(angle) % 4 if abs(angle - round(angle)) < 0.05 else -1

    def edges(self, number: int) -> tuple[float, float]:
        """Where a character begins and ends, from the left."""
        pdfium.FPDFText_GetLooseCharBox(self._page, number, self._box)
        box = self._box
        if self.turned == 0:
            return box.left, box.right
        if self.turned == 1:
            return box.bottom, box.top
        if self.turned == 2:
            return -box.right, -box.left
        return -box.top, -box.bottom

    def baseline(self, number: int) -> float:
        """The height of the line that a character stands on."""
        pdfium.FPDFText_GetCharOrigin(self._page, number, self._x, self._y)
        x, y = self._x.value, self._y.value
        return (y, -x, -y, x)[self.turned]

    def font(self, number: int) -> Font:
        """The font of a character."""
        pdfium.FPDFText_GetFontInfo(self._page, number, self._name, _NAME_BYTES, self._flags)
        name = self._name.value
        if name not in self._fonts:
            named = any(each in name.lower() for each in _BOLD_NAMES)
            flags = self._flags.value
            bold = named or bool(flags & _FORCE_BOLD)
            self._fonts[name] = Font(bold, bool(flags & _FIXED_PITCH) or self._is_fixed(number, name))
        return self._fonts[name]

    def _is_fixed(self, number: int, name: bytes) -> bool:
        """Whether all characters of a font are equally wide, by what it says and by those around this one."""
        near = range(max(0, number - _NEAR), min(len(self.characters), number + _NEAR))
        shown = [
            self.edges(other) for other in near if self.characters[other].isalnum() and self._is_named(other, name)
        ]
        seen = [right - left for left, right in shown]
        if seen and max(seen) - min(seen) > _SAME_WIDTH * max(seen):
            return False
        font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(self._page, number))
        widths = [width for each in _WIDTHS if font and (width := _width(font, each)) > 0]
        return len(widths) > 2 and max(widths) <= min(_WIDEST, min(widths) + _SAME_WIDTH)

    def _is_named(self, number: int, name: bytes) -> bool:
        pdfium.FPDFText_GetFontInfo(self._page, number, self._name, _NAME_BYTES, self._flags)
        return bool(self._name.value == name)


def _width(font: object, character: str) -> float:
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(font, ord(character), 1.0, width)
    return width.value


@contextmanager
def glyphs_of(document: pypdfium2.PdfDocument, page: int, fonts: dict[bytes, Font]) -> Iterator[Glyphs]:
    """The characters of a page. Raises pypdfium2.PdfiumError if the page is broken."""
    opened = document[page]
    try:
        text = opened.get_textpage()
        try:
            yield Glyphs(text, fonts)
        finally:
            text.close()
    finally:
        opened.close()
