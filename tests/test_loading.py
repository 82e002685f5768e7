"""From a file's bytes to passages: exact slices, repaired text, and bad files named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import MakeFolder
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.encoder import SentenceTransformerEncoder
from retrieval.errors import ArticleError
from retrieval.loaders import MAX_BYTES, list_files, parse_article, read_bytes, same_titles

SHARED = Path(__file__).parents[2] / "shared"


class Letters:
    """Measures a text as so many word pieces as it has words, four letters each at most."""

    def __init__(self, max_tokens: int = 254) -> None:
        self.max_tokens = max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [sum(-(-len(word) // 4) for word in text.split()) for text in texts]


def load(file: str, text: str | bytes, max_tokens: int = 254) -> Article:
    return parse_article(file, text.encode() if isinstance(text, str) else text, Letters(max_tokens))


def shown(article: Article) -> list[str]:
    return [article.slice(passage) for passage in article.passages]


@pytest.mark.skipif(not (SHARED / "article.txt").is_file(), reason="../shared/article.txt is not there")
def test_the_scraped_article_has_its_ten_paragraphs(encoder: SentenceTransformerEncoder) -> None:
    article = parse_article("article.txt", (SHARED / "article.txt").read_bytes(), encoder)
    ends = [(text[:18], text[-18:]) for text in shown(article)]
    assert ends == [
        ("Elon Musk spoke di", " has been claimed."),
        ("In a mailout sent ", " and Zaporizhzhia."),
        ("According to Bremm", "oid that outcome.”"),
        ("Last week, Musk po", "he United Nations."),
        ("Musk earlier this ", "Russia’s invasion."),
        ("Bremmer wrote that", "d is “classified.”"),
        ("The Ukrainian resp", " own Twitter poll."),
        ("Meanwhile the Krem", "ssian state media."),
        ("Musk says he is st", "avoid nuclear war."),
        ("Tesla and Musk hav", "acted for comment."),
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param(
            "A report by\nThe Daily Planet\nsaid so. It went on.\nNext one here.",
            ["A report by The Daily Planet said so. It went on.", "Next one here."],
            id="breaks where links stood",
        ),
        pytest.param(
            "One here.\r\nTwo\u00a0here\u200b now.  \n \t\nThree.",
            ["One here.", "Two here now.", "Three."],
            id="line ends, spaces and characters nobody sees",
        ),
        pytest.param(
            "The deal closed in the U.S.\nforces left. He said “no.”\nShe left.",
            ["The deal closed in the U.S. forces left. He said “no.”", "She left."],
            id="an abbreviation and a quotation at line ends",
        ),
        pytest.param(
            "After that he said\n\nmore words.\n\nThen he went.",
            ["After that he said more words.", "Then he went."],
            id="a blank line in mid-sentence",
        ),
        pytest.param(
            "It is claimed.In a mailout he wrote more.Last week it rained.",
            ["It is claimed.", "In a mailout he wrote more.", "Last week it rained."],
            id="no paragraph break at all",
        ),
        pytest.param(
            "The list is:\n- one\n- two\n\nThe end.", ["The list is:", "- one\n- two", "The end."], id="a list"
        ),
        pytest.param(
            "The council met on Monday evening to discuss the plans for the new bridge\n"
            "over the river. Nobody objected. The mayor thanked all who came. It was over\n"
            "by nine.\n"
            "On Tuesday the papers wrote about it at length and some were pleased with\n"
            "what they had heard.\n",
            [
                "The council met on Monday evening to discuss the plans for the new bridge over the river. "
                "Nobody objected. The mayor thanked all who came. It was over by nine.",
                "On Tuesday the papers wrote about it at length and some were pleased with what they had heard.",
            ],
            id="wrapped at a fixed width",
        ),
    ],
)
def test_scraped_text_gets_its_paragraphs_back(text: str, paragraphs: list[str]) -> None:
    assert shown(load("x.txt", text)) == paragraphs


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The mayor opened the new bridge on Monday.",
            "He met Ms. Ito of Acme Inc. at 3.30 p.m. there.",
            "“We did it,” she said.",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.lists(SENTENCES, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_paragraphs_broken_in_mid_sentence_come_back(paragraphs: list[str]) -> None:
    broken = [
        paragraph.replace(" the ", "\nthe ", 1).replace(" Ms. Ito ", "\nMs. Ito\n", 1) for paragraph in paragraphs
    ]
    assert shown(load("x.txt", "\n".join(broken))) == paragraphs


def test_markdown_keeps_text_and_drops_markup() -> None:
    article = load(
        "x.md",
        "# Title\n\nIntro [link](http://a.b) *em* `code`.\n\n## Sub\n\n- one\n- two\n  - deep\n\n> a quote\n\n"
        "```\nx = 1\n\ny = 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>html <b>x</b></div>\n\n![image](x.png)\n",
    )
    assert article.title == "Title"
    assert [(passage.section, article.slice(passage)) for passage in article.passages] == [
        (None, "Intro link em code."),
        ("Sub", "- one\n- two\n  - deep"),
        ("Sub", "a quote"),
        ("Sub", "x = 1\n\ny = 2"),
        ("Sub", "a | b\n1 | 2"),
        ("Sub", "html x"),
    ]


def test_a_sentence_ends_where_a_reader_would_end_it() -> None:
    article = load(
        "x.txt", "Dr. Ito paid $3.5 million. One told him to “go away,” while J. R. Ward stayed. Was it so? Yes."
    )
    assert [article.slice(sentence) for sentence in article.passages[0].sentences] == [
        "Dr. Ito paid $3.5 million.",
        "One told him to “go away,” while J. R. Ward stayed.",
        "Was it so?",
        "Yes.",
    ]


@given(st.text(), st.sampled_from(["x.md", "x.txt"]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_passages_and_sentences_are_slices_that_leave_out_white_space_only(text: str, file: str) -> None:
    try:
        article = load(file, text)
    except ArticleError:
        return
    end = 0
    for number, passage in enumerate(article.passages, start=1):
        assert passage.number == number
        assert end <= passage.start < passage.end <= len(article.text)
        assert passage.start == passage.sentences[0].start
        end = passage.start
        for sentence in passage.sentences:
            assert article.text[end : sentence.start].strip() == ""
            assert article.slice(sentence).strip() == article.slice(sentence) != ""
            end = sentence.end
        assert end == passage.end


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_bytes_are_an_article_or_an_error_that_names_the_file(raw: bytes) -> None:
    try:
        first = load("x.md", raw)
    except ArticleError as error:
        named = str(error)
        assert named == f"x.md: {error.reason}"  # noqa: PT017 - most bytes are no article, some are
    else:
        assert first == load("x.md", raw)


@given(
    st.lists(
        st.sampled_from(["One two three four.", "A rather long sentence about nothing much at all.", "Z" * 300]),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_long_paragraphs_are_split_to_fit_at_sentence_ends(sentences: list[str]) -> None:
    article = load("x.txt", " ".join(sentences), max_tokens=40)
    assert max(Letters().count_tokens(shown(article))) <= 40
    assert "".join(shown(article)).replace(" ", "") == "".join(sentences).replace(" ", "")
    if "Z" * 300 not in sentences:
        assert all(text.endswith(".") for text in shown(article))


def test_code_stays_whole_however_long_it_is() -> None:
    code = "\n".join(f"line_{i} = {i}" for i in range(200))
    assert shown(load("x.md", f"```\n{code}\n```\n")) == [code]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty; write the article into it, or delete it"),
        (b" \n\n", "is empty; write the article into it, or delete it"),
        (b"---\ntitle: x\n---\n", "has front matter but no text under it"),
        (b"# Only a heading\n", "has headings but no text under them"),
        (b"---\ntitle: [a\n---\nHi.", "its front matter is not valid YAML in line 2, column 8; mend it or take it out"),
        (b"---\ntitle: x\nHi.", "its front matter is not closed; put a line of three dashes (---) under it"),
        (b"---\n- a\n---\nHi.", "its front matter is no list of 'key: value' lines; mend it or take it out"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is no text file (a zero byte at position 8); only text can be read"),
        (
            b"abc \xff\xfe\x81\x8d junk \x01\x02\x03\x04",
            "is not UTF-8 (byte 0xFF at position 4), and no other encoding fits; save it as UTF-8",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        load("x.md", raw)
    assert caught.value.reason == reason


def test_other_encodings_are_recognised_and_said() -> None:
    article = load("x.txt", "Le café est fermé depuis l'été dernier.".encode("cp1252"))
    assert article.text == "Le café est fermé depuis l'été dernier."
    assert article.notes == (
        "is not UTF-8 (byte 0xE9 at position 6); it was read as cp1252. If letters look wrong, save it as UTF-8",
    )
    assert load("x.txt", "Hällo. Servus.".encode("utf-16")).text == "Hällo. Servus."


def test_front_matter_is_taken_over_and_what_is_wrong_in_it_is_noted() -> None:
    good = load(
        "x.md",
        '---\ntitle: "A: b"\nurl: https://example.org/a\nauthor: The desk\npublished: 2026-01-31\n---\nHi.',
    )
    assert (good.title, good.url, good.author, str(good.published), good.notes) == (
        "A: b",
        "https://example.org/a",
        "The desk",
        "2026-01-31",
        (),
    )
    bad = load("x.md", "---\ntitle: [x]\nurl: javascript:1\npublished: soon\n---\nHi.")
    assert (bad.title, bad.url, bad.source, bad.published) == ("x", None, "x.md", None)
    assert bad.notes == (
        "its title is not a single line of text and was left out",
        "its url is no http:// or https:// address of at most 512 characters and was left out",
        "its published date is not written as 2026-01-31 and was left out",
    )


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "http://", "http://ü..example/", "http://%zz/", "http://a:0/", "http://a b/", "x" * 600],
)
def test_an_address_that_cannot_be_linked_is_noted(url: str) -> None:
    article = load("x.md", f'---\nurl: "{url}"\n---\nHi.')
    assert (article.url, len(article.notes)) == (None, 1)


def test_escapes_in_front_matter_bring_no_character_that_the_file_may_not_have() -> None:
    assert load("x.md", b'---\ntitle: "a \\ud800\\e[31m\\u202e b"\n---\nHi.').title == "a [31m b"


def test_the_folder_is_searched_and_what_is_not_read_is_named(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"b.md": "B.", "a/c.txt": "C.", "README.md": "How to.", ".hidden.md": "H.", "d.pdf": b"%PDF"})
    (tmp_path / "outside.md").write_text("Secret.", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "folder").symlink_to(tmp_path)
    listing = list_files(folder)
    assert listing.files == ("a/c.txt", "b.md", "link.md")
    assert [str(problem) for problem in listing.problems] == [
        "d.pdf: is not read; only .md, .markdown and .txt files are",
        "folder: is a link to a folder; copy the folder here instead",
    ]
    with pytest.raises(ArticleError, match=r"link\.md: is a link that leads out of the corpus folder"):
        read_bytes(folder, "link.md")


def test_a_file_that_is_too_large_gone_or_no_file_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "A."})
    with (folder / "large.md").open("wb") as stream:
        stream.truncate(5 * MAX_BYTES)
    os.mkfifo(folder / "pipe.md")
    reasons = {
        "large.md": "is 50.0 MB; the limit is 10 MB, so split it into several files",
        "gone.md": "vanished while it was being read; put it back, or reload again",
        "pipe.md": "is no ordinary file",
    }
    for file, reason in reasons.items():
        with pytest.raises(ArticleError) as caught:
            read_bytes(folder, file)
        assert str(caught.value) == f"{file}: {reason}"


def test_two_articles_with_one_title_are_named() -> None:
    articles = (load("a.md", "# Same\n\nA."), load("b.md", "# same\n\nB."), load("c.md", "# Other\n\nC."))
    assert list(map(str, same_titles(articles))) == ["b.md: has the same title as a.md; give one of them another title"]


def test_the_shipped_article_loads_without_a_word(encoder: SentenceTransformerEncoder) -> None:
    folder = Path(__file__).parents[1] / "corpus"
    assert list_files(folder).problems == ()
    articles = [parse_article(file, read_bytes(folder, file), encoder) for file in list_files(folder).files]
    assert [(article.notes, len(article.passages)) for article in articles] == [((), 12)]
    assert all(passage.section for passage in articles[0].passages)
