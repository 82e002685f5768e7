"""What the bot writes is drawn as Discord's client shows it."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from simcord.preview import _markdown as markdown

from tests.pictures.drawing import discords_markdown, lines_apart, shown, small


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


def test_a_picture_keeps_its_plain_colours_and_what_it_shows(tmp_path: Path) -> None:
    drawn = Image.linear_gradient("L").convert("RGB").resize((256, 300))
    drawn.paste((57, 58, 65), (0, 0, 256, 150))
    drawn.paste((242, 243, 245), (0, 150, 256, 220))
    written = io.BytesIO()
    drawn.save(written, "PNG")
    picture = tmp_path / "picture.png"
    picture.write_bytes(small(written.getvalue(), "what it shows"))
    assert shown(picture) == "what it shows"
    with Image.open(picture) as image:
        plain = image.convert("RGB")
        assert len(plain.getcolors() or ()) <= 64
        assert [plain.getpixel((9, row)) for row in (100, 200)] == [(57, 58, 65), (242, 243, 245)]
