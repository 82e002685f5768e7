"""What the bot writes is drawn as Discord's client shows it."""

from __future__ import annotations

from simcord.preview import _markdown as markdown

from pullquote.web.markdown import discords_markdown, lines_apart


def test_a_quote_ends_with_its_last_line_and_empty_lines_stay() -> None:
    assert lines_apart("First:\n> A\n> \n> B\n— C\n\nEnd") == (
        "First:\n\n> A\n> \N{ZERO WIDTH SPACE}\n> B\n\n— C\n\N{ZERO WIDTH SPACE}\nEnd"
    )


def test_embeds_have_mentions_while_a_picture_is_drawn() -> None:
    policy = markdown._FIELD_POLICIES["embed_description"]
    assert not policy["mentions"]
    with discords_markdown():
        assert policy["mentions"]
    assert not policy["mentions"]
