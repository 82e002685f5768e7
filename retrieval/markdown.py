"""Markdown → blocks: headings, paragraphs, lists, block quotes, tables and code, without their markup.

Links keep their text, images their description (unless a paragraph is nothing but images); emphasis marks, HTML tags,
comments, scripts and styles are dropped. Parsed by markdown-it-py.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from retrieval.plaintext import normalise
from retrieval.segmentation import Block, Kind

# Lists and block quotes within one another; the parser counts a list as two. It would leave out what lies deeper.
_DEEPEST = 20
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HIDDEN_TAG = re.compile(r"<(?P<closing>/?)(?:script|style)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]+")
# What is not closed reaches to the end, as in browsers.
_UNSEEN_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style)\b[^<>]*>.*?(?:</(?P=tag)\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BLOCK_TAG = re.compile(rf"</?(?:br|pre|{'|'.join(sorted(block_names))})\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<[!?][^<>]*>", re.IGNORECASE)
# Python refuses to make a number of thousands of digits, and no character's has more than seven.
_LONG_REFERENCE = re.compile(r"(?<=&#)[0-9]{8,}")


class TooDeepError(ValueError):
    """Lists or block quotes lie in one another so deep that what is in them could not be read."""


def parse_markdown(text: str) -> list[Block]:
    """Cut normalised Markdown (CommonMark with tables and strike-through) into blocks. Raises TooDeepError."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    if any(map(_is_too_deep, tokens)):
        raise TooDeepError
    return [block for node in SyntaxTreeNode(tokens).children for block in _blocks(node) if block.text.strip()]


def _is_too_deep(token: Token) -> bool:
    return token.level >= _DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open")


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Block(Kind.HEADING, _one_line(node))
        case "paragraph" if not _only_images(node):
            yield Block(Kind.PROSE, _inline(node))
        case "bullet_list" | "ordered_list" | "blockquote" | "table":
            yield Block(Kind.LINES, "\n".join(_lines(node)))
        case "fence" | "code_block":
            yield Block(Kind.CODE, node.content.strip("\n"))
        case "html_block":
            yield Block(Kind.PROSE, _without_tags(node.content))


def _lines(node: SyntaxTreeNode) -> Iterator[str]:
    """The lines of a block that is kept as lines; nested lists are indented by two spaces."""
    match node.type:
        case "bullet_list" | "ordered_list":
            number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            for i, item in enumerate(node.children):
                yield from _item(item, "-" if number is None else f"{number + i}.")
        case "table":
            for row in (row for part in node.children for row in part.children):
                yield " | ".join(map(_one_line, row.children))
        case "blockquote":
            for child in node.children:
                yield from _lines(child)
        case "fence" | "code_block":
            yield from node.content.strip("\n").split("\n")
        case "html_block":
            yield from filter(None, [_without_tags(node.content)])
        case _:
            yield from filter(None, _inline(node).split("\n"))


def _item(item: SyntaxTreeNode, bullet: str) -> Iterator[str]:
    lines = [line for child in item.children for line in _lines(child)]
    for i, line in enumerate(lines):
        yield f"{bullet} {line}" if i == 0 else f"  {line}".rstrip()


def _inline(node: SyntaxTreeNode) -> str:
    """The text of inline content, its runs of spaces made one. Entities in it may stand for odd characters, too."""
    lines = normalise("".join(_spans(node))).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip("\n")


def _one_line(node: SyntaxTreeNode) -> str:
    return " ".join(_inline(node).split())


def _spans(node: SyntaxTreeNode) -> Iterator[str]:
    """The pieces of text between tags, but not those between the tags of a script or style."""
    hidden = False
    for leaf in _leaves(node):
        tag = _HIDDEN_TAG.match(leaf.content) if leaf.type == "html_inline" else None
        if tag:
            hidden = not tag["closing"]
        elif not hidden:
            yield _text(leaf)


def _leaves(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _text(leaf: SyntaxTreeNode) -> str:
    match leaf.type:
        case "text" | "code_inline":
            return leaf.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline" if _BREAK_TAG.fullmatch(leaf.content):
            return "\n"
    return ""


def _only_images(paragraph: SyntaxTreeNode) -> bool:
    return not any(_text(leaf).strip() for leaf in _leaves(paragraph) if not _is_in_image(leaf))


def _is_in_image(leaf: SyntaxTreeNode) -> bool:
    return leaf.type == "image" or (leaf.parent is not None and leaf.parent.type == "image")


def _without_tags(source: str) -> str:
    seen = _TAG.sub("", _BLOCK_TAG.sub(" ", _UNSEEN_HTML.sub(" ", source)))
    return " ".join(normalise(html.unescape(_LONG_REFERENCE.sub(_shortened, seen))).split())


def _shortened(digits: re.Match[str]) -> str:
    """The digits of a character reference as far as it can be seen from them that there is no such character."""
    return digits.group().lstrip("0")[:8] or "0"
