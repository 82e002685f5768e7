"""Text for Discord: escaping, block quotes, links, and lengths as Discord may count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from yarl import URL

from retrieval.article import Span
from retrieval.characters import one_line
from retrieval.urls import is_web_url

# Characters with a meaning anywhere in a line: emphasis, code, spoilers, links, mentions, timestamps; and a colon
# before a non-space, which begins an emoji's name or turns "https://" into a link.
_ANYWHERE = re.compile(r"[\\*_~`|\[\]<>@]|:(?=\S)")
# Characters with a meaning at a line's start: headings, lists, small print; in "12." the stop is escaped.
_LINE_START = re.compile(r"^[ \t]*(?:[#+-]|\d+[.)])", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_LINK = 512
_LONGEST_LABEL = 120
_NOTHING = "…"
_MORE = "… and {:,} more"


def length(text: str) -> int:
    """Length in UTF-16 code units: at least what Discord counts, whichever way it counts."""
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    """The text with backslashes, so that Discord shows it as it is: no markup, links, emoji names or mentions."""
    return _escaped(text, _escape_points(text, 0, len(text)), 0, len(text))


def unescape(text: str) -> str:
    """The text that `escape` made this of."""
    return _ESCAPED.sub(r"\1", text)


def _escape_points(text: str, start: int, end: int) -> set[int]:
    """The positions from start to end that need a backslash; the first line is looked at from its own start."""
    line = text.rfind("\n", 0, start) + 1
    anywhere = {match.start() for match in _ANYWHERE.finditer(text, start, end)}
    return anywhere | {match.end() - 1 for match in _LINE_START.finditer(text, line, end)}


def _escaped(text: str, points: set[int], start: int, end: int) -> str:
    return "".join(f"\\{text[i]}" if i in points else text[i] for i in range(start, end))


def block_quote(text: str, bold: Span, window: Span) -> str:
    """The window of the text as a block quote, `text[bold.start:bold.end]` in bold."""
    points = _escape_points(text, window.start, window.end)
    lines = []
    start = window.start
    for line in text[window.start : window.end].split("\n"):
        end = start + len(line)
        bold_start, bold_end = max(start, min(bold.start, end)), max(start, min(bold.end, end))
        strong = _escaped(text, points, bold_start, bold_end)
        before, after = _escaped(text, points, start, bold_start), _escaped(text, points, bold_end, end)
        lines.append(before + (f"**{strong}**" if strong.strip() else strong) + after)
        start = end + 1
    left = "… " if text[: window.start].strip() else ""
    right = " …" if text[window.end :].strip() else ""
    return "\n".join(f"> {line}" for line in (left + "\n".join(lines) + right).split("\n"))


def shorten(text: str, limit: int) -> str:
    """The text escaped, cut where needed between words and closed with an ellipsis; at most `limit` long."""
    # Every character counts as 1 at least: text beyond the limit need not be looked at, however long it is.
    if len(text) <= limit and length(whole := escape(text)) <= limit:
        return whole
    end = min(len(text), limit)
    while length(cut := escape(text[:end].rstrip()) + "…") > limit:
        end = max(end - max(1, (length(cut) - limit) // 2), 0)
    space = text.rfind(" ", end // 2, end)
    return cut if space < 0 else escape(text[:space].rstrip()) + "…"


def line(text: str, limit: int) -> str:
    """The text on one line, escaped and cut as `shorten` does; never empty.

    Marks that turn the direction of what stands behind the text are left out.
    """
    return shorten(one_line(text), limit) or _NOTHING


def plain_line(text: str, limit: int) -> str:
    """The text as `line` has it, but not escaped: for places without markup, such as footers and choices."""
    whole = one_line(text) or _NOTHING
    return whole if length(whole) <= limit else f"{beginning(whole, limit - 1).rstrip()}…"


def beginning(text: str, limit: int) -> str:
    """As much of the text's beginning as is at most `limit` long."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def fitted(lines: Sequence[str], room: int) -> str:
    """The lines one below another, as many as fit into `room`; where some do not, a last line counts them."""
    if length(whole := "\n".join(lines)) <= room:
        return whole
    ends = list(accumulate(length(each) + 1 for each in lines))
    count = bisect_right(ends, room - length(_MORE.format(len(lines))))
    return "\n".join([*lines[:count], _MORE.format(len(lines) - count)])


def link(label: str, url: str | None) -> str:
    """A masked link with a label that is shortened and escaped; the label alone where no URL can be linked."""
    target = link_target(url)
    if target is None:
        return line(label, _LONGEST_LABEL)
    # Discord's link syntax knows no escaped brackets in a label.
    return f"[{line(label.replace('[', '(').replace(']', ')'), _LONGEST_LABEL)}]({target})"


def link_target(url: str | None) -> str | None:
    """The URL as it can stand in a masked link; None for a URL that is too long or not an http or https address."""
    if url is None or not is_web_url(url):
        return None
    target = str(URL(url)).replace("(", "%28").replace(")", "%29")
    return target if length(target) <= _LONGEST_LINK else None
