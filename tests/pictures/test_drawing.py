"""A picture is small, and says what it shows."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.pictures.drawing import shown, small


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
