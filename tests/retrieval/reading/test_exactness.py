"""Whatever the bytes: passages and sentences are exact spans of the text, and passages fit the encoder."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ArticleError
from retrieval.reading.articles import read_article
from tests.support.documents import document

WORDS = st.sampled_from(
    ["The ferry", "Norra Lines", "sank", "U.S.", "3.5", "“fuck off,”", "he said", "é", "e\u0301", "東京。"]
)
STOPS = st.sampled_from([".", ".”", "!", "[4]", " ", "- ", "2. ", "– ", "* * *", "\u00a0", "\u200b"])
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", " \n "])
ENDLESS = st.sampled_from(["x" * 600, "word " * 300, "a.b/" * 200])
BLOCK_MARKS = st.sampled_from(["# ", "- ", "  ", "1. ", "> ", "```\n", "    ", "|", "|-|-|", "---\n", "A sentence. "])
INLINE_MARKS = st.sampled_from(["*", "**", "`", "[a](b)", "![i](j)", "&amp;", "&#0;", "&#x202e;", "\\", "  \n"])
TAGS = st.sampled_from(["<b>", "</b>", "<div>", "<script>", "</script>", "<!--", "-->", "<!["])
SCRAPS = st.lists(WORDS | STOPS | BREAKS | ENDLESS, max_size=40).map("".join)
MARKUP = st.lists(WORDS | BREAKS | BLOCK_MARKS | INLINE_MARKS | TAGS, max_size=40).map("".join)
CONTENT = (
    st.text(max_size=200).map(str.encode) | SCRAPS.map(str.encode) | MARKUP.map(str.encode) | st.binary(max_size=200)
)
FILES = st.sampled_from(["a.md", "a.txt"])
ALL_FILES = st.sampled_from(["a.md", "a.txt", "a.html", "a.rst", "a.adoc", "a.ipynb"])


@settings(derandomize=True, deadline=None, max_examples=500)
@given(ALL_FILES, CONTENT)
def test_loading_is_exact(encoder: SentenceTransformerEncoder, file: str, raw: bytes) -> None:
    try:
        article = read_article(document(file, raw), encoder)
    except ArticleError as error:
        assert error.file == file  # noqa: PT017
        return
    assert read_article(document(file, raw), encoder) == article
    assert article.title
    assert [passage.number for passage in article.passages] == list(range(1, len(article.passages) + 1))
    end = 0
    for passage in article.passages:
        assert passage.start >= end
        assert article.slice(passage) == article.slice(passage).strip() != ""
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        end = passage.start
        for sentence in passage.sentences:
            assert article.text[end : sentence.start].strip() == ""
            assert article.slice(sentence) == article.slice(sentence).strip() != ""
            end = sentence.end


@settings(derandomize=True, deadline=None, max_examples=200)
@given(FILES, SCRAPS | st.text(max_size=200))
def test_passages_fit_the_encoder(encoder: SentenceTransformerEncoder, file: str, text: str) -> None:
    # Code stays whole, so the text has no indented lines, which Markdown reads as code.
    text = re.sub(r"^[ \t]+", "", normalise(text), flags=re.MULTILINE)
    try:
        article = read_article(document(file, text.encode(errors="ignore")), encoder)
    except ArticleError:
        return
    assert max(encoder.count_tokens([article.slice(passage) for passage in article.passages])) <= encoder.max_tokens
