"""Text for Discord shows as it is written, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.cogs.messages.markup import (
    beginning,
    block_quote,
    escape,
    fitted,
    length,
    line,
    link,
    plain_line,
    shorten,
    unescape,
)
from retrieval.article import Span
from tests.support.discord_markdown import BOLD, LINK, TEXT, Styled, plain, rendered, unquoted
from tests.support.discord_texts import LABELS, LINES, STEADY, TEXTS, URLS
from tests.support.payload_links import text_link_violations

MEANING_SOMETHING = [
    ("**bold**", "bold"),
    ("*emphasis*", "emphasis"),
    ("_emphasis_", "emphasis"),
    ("__underlined__", "emphasis"),
    ("~~struck out~~", "struck out"),
    ("||spoiler||", "spoiler"),
    ("`code`", "code"),
    ("```\ncode\n```", "code"),
    ("[text](https://example.org)", "link"),
    ("[text](javascript:alert(1))", "link"),
    ("https://example.org", "address"),
    ("<https://example.org>", "address"),
    ("<@1>", "mention"),
    ("<@!1>", "mention"),
    ("<@&1>", "mention"),
    ("<#1>", "mention"),
    ("@everyone", "mention"),
    ("@here", "mention"),
    ("<t:1700000000:R>", "mention"),
    ("<id:guide>", "mention"),
    ("</ask:1>", "command"),
    ("<:name:1>", "emoji"),
    ("<a:name:1>", "emoji"),
    (":smile:", "emoji"),
    ("# heading", "heading"),
    ("  ### heading", "heading"),
    ("-# small print", "small print"),
    ("- list", "list"),
    ("+ list", "list"),
    ("* list", "list"),
    ("12. list", "list"),
    ("> quote", "quote"),
    (">>> quote", "quote"),
    ("line\n# heading", "heading"),
]


@pytest.mark.parametrize(("source", "kind"), MEANING_SOMETHING)
def test_escaped_markup_is_shown_as_it_is(source: str, kind: str) -> None:
    assert kind in [span.kind for span in rendered(source)]
    assert rendered(escape(source)) == [Styled(TEXT, source)]


@STEADY
@given(TEXTS)
def test_nothing_but_text_comes_out_of_an_escaped_text(text: str) -> None:
    assert rendered(escape(text)) == ([Styled(TEXT, text)] if text else [])


def test_ordinary_text_is_left_alone() -> None:
    text = "It cost 3.5 million (in 1874), didn't it? Yes: 100% - “really” #1."
    assert escape(text) == text


@STEADY
@given(TEXTS, st.data())
def test_a_block_quote_shows_exactly_its_window(text: str, data: st.DataObject) -> None:
    window = data.draw(windows(text))
    bold = data.draw(windows(text))
    before = "… " if text[: window.start].strip() else ""
    behind = " …" if text[window.end :].strip() else ""

    quote = block_quote(text, Span(bold.start, bold.end), window)

    assert plain(unquoted(quote)) == before + text[window.start : window.end] + behind


@STEADY
@given(TEXTS, st.data())
def test_a_block_quote_sets_exactly_the_sentence_in_bold(text: str, data: st.DataObject) -> None:
    window = data.draw(windows(text))
    bold = data.draw(windows(text))
    seen = text[max(window.start, bold.start) : min(window.end, bold.end)]

    quote = block_quote(text, Span(bold.start, bold.end), window)

    spans = rendered(unquoted(quote))
    assert {span.kind for span in spans} <= {TEXT, BOLD}
    # The marks stand in each line by themselves; there are none around a line that is empty.
    strong = "".join(line for line in seen.split("\n") if line.strip())
    assert "".join(span.text for span in spans if span.kind == BOLD) == strong


def windows(text: str) -> st.SearchStrategy[Span]:
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair)))


def test_a_quote_of_several_lines_keeps_its_lines() -> None:
    text = "Three things:\n- one\n- two\n\nThe end."
    quote = block_quote(text, Span(16, 25), Span(0, 25))
    assert quote == "> Three things:\n> \\- **one**\n> **\\- two** …"


def test_nothing_is_said_to_be_left_out_where_only_white_space_is() -> None:
    assert block_quote("  - one  ", Span(2, 7), Span(2, 7)) == "> **\\- one**"


@STEADY
@given(TEXTS, st.integers(1, 120))
@example("a" * 5000, 100)
@example("😀" * 100, 100)
@example("*" * 100, 100)
@example("two words", 8)
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    shown = shorten(text, limit)

    assert length(shown) <= limit
    if length(escape(text)) <= limit:
        assert shown == escape(text)
    else:
        assert text.startswith(plain(shown).removesuffix("…"))


def test_a_text_is_shortened_between_words() -> None:
    assert shorten("The tower was finished in 1874.", 20) == "The tower was…"
    assert shorten("Donaudampfschifffahrtsgesellschaft", 20) == "Donaudampfschifffah…"


def test_names_are_shown_on_a_line_that_runs_as_it_should() -> None:
    assert line("a\nb\u202e *c*", 20) == "a b \\*c\\*"
    assert line("\u200b", 20) == "…"
    assert plain_line("a\nb\u202e *c*", 20) == "a b *c*"
    assert plain_line("\u2067", 20) == "…"
    assert link("\u202e\u200b", "https://example.org/") == "[…](https://example.org/)"


@STEADY
@given(TEXTS, st.integers(1, 120))
@example("😀" * 100, 100)
def test_a_plain_line_fits_and_is_a_beginning(text: str, limit: int) -> None:
    whole, shown = plain_line(text, 10_000), plain_line(text, limit)
    assert 0 < length(shown) <= limit
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


def test_a_beginning_never_has_half_a_character() -> None:
    assert [beginning("a😀b", limit) for limit in range(6)] == ["", "a", "a", "a😀", "a😀b", "a😀b"]


def test_lines_that_do_not_fit_are_counted() -> None:
    assert fitted([], 10) == ""
    assert fitted(["one", "two"], 7) == "one\ntwo"
    assert fitted(["one", "two and three"], 16) == "one\n… and 1 more"
    assert fitted(["one", "two and three"], 15) == "… and 2 more"


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 2), ("😀", 2), ("👩\u200d👧", 5)]
)
def test_length_is_counted_in_utf_16_units(text: str, units: int) -> None:
    assert length(text) == units


@STEADY
@given(LABELS, URLS)
def test_a_link_is_sound_or_its_label_alone(label: str, url: str | None) -> None:
    source = link(label, url)

    assert length(source) <= 640
    assert list(text_link_violations("here", source)) == []
    spans = rendered(source)
    if source.startswith("["):
        assert [span.kind for span in spans] == [LINK]
        assert spans[0].target.startswith(("http://", "https://"))
    else:
        assert source == line(label, 120)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/lighthouse", "https://example.org/lighthouse"),
        ("https://example.org/Gull_(bird)", "https://example.org/Gull_%28bird%29"),
        ("https://example.org/möwe?a=b&c=*d*#e", "https://example.org/m%C3%B6we?a=b&c=*d*#e"),
        ("https://möwe.example/", "https://xn--mwe-sna.example/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
    ],
)
def test_links_lead_where_they_should(url: str, target: str) -> None:
    assert link("Gull Point", url) == f"[Gull Point]({target})"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "lighthouse.html",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "http:///nowhere",
        "http://ü..example/",
        f"http://{'l' * 70}ü.example/",
        "http://\u200b.example/",
        "http://%zz/",
        "http://example.org:0/",
        "https://example.org/" + "x" * 600,
    ],
)
def test_what_is_no_web_address_is_not_linked(url: str | None) -> None:
    assert link("Gull Point", url) == "Gull Point"


def test_a_label_cannot_break_out_of_its_link() -> None:
    source = link("a](https://evil.example) [b", "https://example.org/")
    assert rendered(source) == [Styled(LINK, "a)(https://evil.example) (b", "https://example.org/")]


@STEADY
@given(LINES)
def test_escaping_adds_nothing_but_backslashes(line: str) -> None:
    assert escape(line).replace("\\", "") == line.replace("\\", "")


@STEADY
@given(TEXTS)
def test_what_was_escaped_can_be_had_back(text: str) -> None:
    assert unescape(escape(text)) == text
