"""Text in AsciiDoc → texts and elements: links, references, raised letters; marks of emphasis are dropped."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.reading.asciidoc.aside import NUMBERS, Aside
from retrieval.reading.asciidoc.preprocessing import SIGNS
from retrieval.reading.tree.element import Element

# No mark of emphasis reaches further than this, so that the time is in proportion to the text.
_FAR = "{1,600}+"

_PASS = re.compile(
    rf"\+\+\+(?P<three>[^+]{_FAR})\+\+\+|\+\+(?P<two>[^+]{_FAR})\+\+|`\+(?P<mono>[^`]{{1,300}}?)\+`|"
    rf"(?:pass|stem|latexmath|asciimath|eqnarray):[a-z,]{{0,20}}+\[(?P<macro>[^\]]{_FAR})\]"
)
_ATTRIBUTE = re.compile(r"(?P<escape>\\?)\{(?P<name>[a-zA-Z0-9_][\w-]{0,60}+)\}|\{(?:counter2?|set):[^{}]{1,80}+\}")
_URL = r"(?:https?|ftp|irc|file)://[^\s\[\]<>\"`" + NUMBERS + r"]{1,1000}+"
_TEXT = r"\[(?P<{}>(?:[^\]\\]|\\.){{0,600}}+)\]"
_MACRO = re.compile(
    rf"\\?(?:"
    rf"(?P<link>(?:\blink:|\bmailto:|(?<![\w/]))(?:{_URL}|(?<=link:)[^\s\[\]]{{1,500}}+|(?<=mailto:)[^\s\[\]]{{1,200}}+))"
    rf"{_TEXT.format('linktext')}"
    rf"|(?P<address>(?<![\w/]){_URL})"
    rf"|\blinkgit:(?P<manual>[\w.-]{{1,100}}+)\[(?P<section>\w{{0,9}}+)\]"
    rf"|\bxref:(?P<xref>[^\s\[\]]{{1,300}}+){_TEXT.format('xreftext')}"
    rf"|<<(?P<ref>[\w:./#][^<>,\n]{{0,200}}+)(?:,\s*(?P<reftext>[^<>]{{1,300}}+))?>>"
    rf"|\b(?:kbd|btn):\[(?P<key>[^\]]{{1,100}}+)\]"
    rf"|\bmenu:(?P<menu>[^\[\]\n]{{1,100}}+)\[(?P<items>[^\]]{{0,200}}+)\]"
    rf"|footnote(?:ref)?:\w{{0,60}}+\[(?P<note>(?:[^\]\\]|\\.){{0,2000}}+)\]"
    rf"|\b(?:image|icon):(?P<image>[^\s\[\]:][^\s\[\]]{{0,300}}+){_TEXT.format('alt')}"
    rf"|\b(?P<nothing>(?:indexterm2?|anchor|bibanchor):[^\s\[\]]{{0,100}}+\[[^\]]{{0,200}}+\])"
    rf"|\[\[(?P<anchor>\[?[\w:.-][^\[\]]{{0,200}}+)\]\]\]?"
    rf"|\(\(\((?P<index>[^()]{{1,200}}+)\)\)\)"
    rf"|\(\((?P<term>[^()]{{1,200}}+)\)\)"
    rf")"
)
_QUOTED = re.compile(r"``(?P<double>[^`']{1,300}+)''|\"`(?P<curly>[^`]{1,300}+)`\"|'`(?P<single>[^`]{1,300}+)`'")
_MONO = re.compile(r"``(?P<two>[^`]{1,300}+)``|(?<![\w`\\])`(?P<one>[^`]{1,600}+)`(?!`)")


# Between marks at the ends of words; doubled marks may also stand within words. Roles in brackets go with them.
_ROLE = r"(?:\[[\w.#%, -]{1,60}+\])?"
_BOLD = re.compile(rf"(?:(?<![\w*\\])|(?<=_)){_ROLE}\*(?=\S)([^*]{_FAR})(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(rf"(?<![\w\\]){_ROLE}_(?=\S)([^_]{_FAR})(?<=\S)_(?![\w])")
_MARKED = re.compile(rf"(?<![\w#\\&]){_ROLE}#(?=\S)([^#]{_FAR})(?<=\S)#(?![\w#])")
_PLUS = re.compile(rf"(?<![\w+\\])\+(?=\S)([^+]{_FAR})(?<=\S)\+(?![\w+])")
_APOSTROPHES = re.compile(rf"(?<![\w'\\])'(?=\S)([^']{_FAR})(?<=\S)'(?![\w'])")
_BOLD_WITHIN = re.compile(rf"{_ROLE}\*\*([^*]{_FAR})\*\*")
_ITALIC_WITHIN = re.compile(rf"{_ROLE}__([^_]{_FAR})__")
_MARKED_WITHIN = re.compile(rf"{_ROLE}##([^#]{_FAR})##")
_RAISED = re.compile(r"(?<!\\)\^([^\s^]{1,60}+)\^")
_LOWERED = re.compile(r"(?<![\\~])~([^\s~]{1,60}+)~(?!~)")
_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,12}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ESCAPED = re.compile(r"\\(?=[*_`#+'^~{\[(<:\\-])")
_SIGNS = (("(C)", "©"), ("(R)", "®"), ("(TM)", "™"), (" -- ", " — "), ("...", "…"))
_BREAK = re.compile(r" \+$", re.MULTILINE)
_MARKS = frozenset("+[]^*~\\`'|<>")
# How many characters attributes may add to a document: each can stand for many others.
_LONGEST_GROWTH = 200_000


@dataclass(slots=True)
class Inline:
    """Reads the texts of a document."""

    attributes: Mapping[str, str]
    titles: Mapping[str, str]
    """The titles of sections by their anchors."""
    is_old: bool
    """Whether the document is written for the older AsciiDoc, where apostrophes and plus signs are marks."""
    notes: list[list[Element | str]] = field(default_factory=list)
    """The footnotes that have been met."""
    _grown: int = 0

    def read(self, text: str) -> list[Element | str]:
        """The texts and elements that a text stands for. A line end may stand in it."""
        aside = Aside()
        return aside.restored(self._marked(text, aside))

    def _marked(self, text: str, aside: Aside) -> str:
        text = _PASS.sub(lambda match: aside.put(next(filter(None, match.groups()))), text)
        text = self._with_attributes(text, aside)
        text = _MACRO.sub(lambda match: self._macro(match, aside), text)
        text = _QUOTED.sub(_in_quotation_marks, text)
        text = _MONO.sub(lambda match: aside.put(_unescaped(match["one"] or match["two"])), text)
        for pattern in (_BOLD_WITHIN, _ITALIC_WITHIN, _MARKED_WITHIN, _BOLD, _ITALIC, _MARKED):
            text = pattern.sub(r"\1", text)
        if self.is_old:
            text = _APOSTROPHES.sub(r"\1", text)
        text = _PLUS.sub(r"\1", text)
        text = _RAISED.sub(lambda match: aside.put(Element("sup", [_unescaped(match[1])])), text)
        text = _LOWERED.sub(r"\1", text)
        for written, sign in _SIGNS:
            text = text.replace(written, sign)
        text = _BREAK.sub(lambda _: aside.put(Element("br")), text)
        return _ESCAPED.sub("", _unescaped(text))

    def _with_attributes(self, text: str, aside: Aside) -> str:
        def value(match: re.Match[str]) -> str:
            name = (match["name"] or "").lower()
            if not name:  # a counter
                return ""
            if match["escape"]:
                return aside.put(match.group()[1:])
            if name in self.attributes:
                self._grown += len(self.attributes[name])
                return self.attributes[name] if self._grown < _LONGEST_GROWTH else ""
            sign = SIGNS.get(name, match.group())
            return aside.put(sign) if sign in _MARKS else sign

        return _ATTRIBUTE.sub(value, _ATTRIBUTE.sub(value, text)) if "{" in text else text

    def _macro(self, match: re.Match[str], aside: Aside) -> str:
        if match.group().startswith("\\"):
            return match.group()[1:]
        if target := match["link"]:
            target = aside.text(target.removeprefix("link:"))
            text = match["linktext"].replace("\\]", "]").partition(",window=")[0].strip('"').removesuffix("^")
            shown = self._nested(text, aside) or target.removeprefix("mailto:")
            return aside.put(Element("a", [shown], {"href": target}))
        if address := match["address"]:
            end = len(address.rstrip(".,;:!?)'*_"))
            return aside.put(Element("a", [address[:end]], {"href": address[:end]})) + address[end:]
        if manual := match["manual"]:
            name = f"{manual}({match['section']})" if match["section"] else manual
            return aside.put(Element("a", [name], {"href": f"{manual}.html"}))
        if reference := match["xref"] or match["ref"]:
            reference = aside.text(reference)
            anchor = reference.lstrip("#").partition("#")[2] or reference.lstrip("#")
            text = match["xreftext"] or match["reftext"] or self.titles.get(anchor, anchor)
            href = reference if "#" in reference or ".html" in reference else f"#{anchor}"
            return aside.put(Element("a", [self._nested(text, aside)], {"href": href}))
        if match["menu"]:
            return " › ".join(filter(None, (match["menu"], *map(str.strip, match["items"].split(">")))))
        if match["note"]:
            self.notes.append(aside.restored(self._marked(match["note"].replace("\\]", "]"), aside)))
            return ""
        if match["image"]:
            alt = aside.text(match["alt"].split(",")[0].strip('"'))
            return aside.put(Element("img", (), {"alt": alt}))
        return match["key"] or match["term"] or ""

    def _nested(self, text: str, aside: Aside) -> str:
        """The text of a link, without its marks."""
        text = _MONO.sub(lambda match: aside.put(_unescaped(match["one"] or match["two"])), text)
        for pattern in (_BOLD_WITHIN, _ITALIC_WITHIN, _BOLD, _ITALIC, *([_APOSTROPHES] if self.is_old else [])):
            text = pattern.sub(r"\1", text)
        return _unescaped(text)


def _unescaped(text: str) -> str:
    """The text with the characters that its references stand for."""
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), text)


def _in_quotation_marks(match: re.Match[str]) -> str:
    if match["single"]:
        return f"‘{match['single']}’"
    return f"“{match['double'] or match['curly']}”"
