"""Texts, articles and answers for property tests: everything that could mean something to Discord, and much else."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from retrieval.answer import Answer, Hit, LanguageGap, Verdict
from retrieval.article import Article, Passage, Span
from tests.support.made_answers import unparsed

STEADY = settings(derandomize=True, deadline=None, max_examples=60)
"""For every property test: the same examples on every machine, however slow it is."""

_PIECES = (
    *("*", "**", "_", "__", "~~", "|", "||", "`", "```", "\\", "#", "-", "+", ">", "<", "@", ":", "[", "]", "(", ")"),
    *("# ", "-# ", "- ", "12. ", "3) ", "> ", ">>> ", "](https://x.example)", "[a](javascript:alert(1))"),
    *("<@1>", "<@!1>", "<@&1>", "<#1>", "@everyone", "@here", "<t:1:R>", "<:a:1>", ":smile:", "</ask:1>", "<id:guide>"),
    *("https://example.org/a_b", "<https://example.org>", "||no||", "~~no~~", "**no**", "__no__", "`no`"),
    *("😀", "👩\u200d👩\u200d👧", "e\u0301", "שלום", "\u202e", "word", "a", "1", ".", "…", " ", " ", "w" * 40),
)
# What articles and questions may hold once they are loaded: no control characters, and only \n ends a line.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
LINES = st.lists(st.sampled_from(_PIECES) | _CHARACTERS, max_size=30).map("".join)
TEXTS = st.lists(LINES, max_size=4).map("\n".join)
LABELS = LINES.filter(str.strip) | st.sampled_from(["w" * 500, "*" * 500, "😀" * 500, "a long title " * 40])
URLS = (
    st.none()
    | LINES
    | st.sampled_from(
        [
            "https://example.org/a_(b)?c=d*e*&f=[g]#h",
            "https://example.org/" + "x" * 492,
            "https://example.org/" + "ä(" * 200,
            "http://[::1]:8080/",
            "http://ü..example/",
            f"http://{'l' * 70}ü.example/",
            "http://%zz/",
            "http://a:0/",
            "https://user:secret@example.org/",
            "javascript:alert(1)",
            "HTTPS://EXAMPLE.ORG",
        ]
    )
)
_SENTENCES = st.one_of(
    TEXTS.map(str.strip).filter(bool),
    st.tuples(st.sampled_from(["w", "*", "😀", "w ", "_ ", "a\n"]), st.integers(500, 5000)).map(
        lambda made: (made[0] * made[1]).strip()
    ),
)


@st.composite
def quotes(draw: st.DrawFn) -> Hit:
    """A quote of any article: any sentences, any of them the highlight."""
    text = draw(st.sampled_from(["", "Something before it.\n\n"]))
    start = len(text)
    sentences: list[Span] = []
    for sentence in draw(st.lists(_SENTENCES, min_size=1, max_size=5)):
        text += draw(st.sampled_from([" ", "\n", "\n  "])) if sentences else ""
        sentences.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    number, headings = draw(st.integers(1, 10**6)), draw(st.lists(LABELS, max_size=3))
    passage = Passage(number, start, len(text), tuple(headings), tuple(sentences))
    text += draw(st.sampled_from(["", "\n\nSomething behind it."]))
    title, url = draw(LABELS), draw(URLS)
    article = Article("a.md", "0" * 64, title, url, None, None, None, text, (passage,))
    return Hit(article, passage, draw(st.sampled_from(sentences)), draw(st.floats(0, 1)), {})


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer with any verdict and one to three quotes."""
    hits = tuple(draw(st.lists(quotes(), min_size=1, max_size=3)))
    verdict = draw(st.sampled_from(Verdict))
    gap = LanguageGap(draw(st.sampled_from(["de", "ar", "xx"])), ("en", "ja", "xx")) if verdict is _OTHER else None
    followed = tuple(draw(st.lists(LABELS, max_size=3)))
    return Answer(unparsed(draw(LABELS)), verdict, hits, 1.0, 1.0, elapsed_ms=1.0, gap=gap, followed=followed)


_OTHER = Verdict.OTHER_LANGUAGE
