"""Channels of the simulated Discord → pictures: SimCord's preview in Chromium, put right where Discord shows more."""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from simcord import ChannelHandle

from pullquote.settings import ROOT
from pullquote.web.markdown import discords_markdown
from tests.pictures.browser import Page
from tests.pictures.scenes import fingerprint
from tests.support.discord_world import World

WIDTH = 620
"""Pixels of a channel on a desktop, of which an embed takes 520."""
THEMES = ("light", "dark")
PICTURES = ROOT / "docs" / "pictures"
"""Where the pictures lie, as NAME-THEME.png."""

_STYLE = Path(__file__).with_name("themes.css")
# Enough for the edges of the text and for emoji; with all its colours a picture is three times as large.
_COLOURS, _ROUNDS = 64, 4
_MARGIN = 12
_MESSAGES_KEY = "messages"

_STYLED = """addEventListener("DOMContentLoaded", () => {{
    const style = document.createElement("style");
    style.textContent = {};
    document.head.append(style);
}})"""
_READY = """new Promise((done) => {
    const look = () => window.simcordPreview?.ready ? requestAnimationFrame(() => done()) : setTimeout(look, 20);
    look();
})"""
_THEMED = "document.documentElement.dataset.theme = {}"
_MESSAGES = """(() => {
    const messages = [...document.querySelectorAll("#channel-message-list .channel-message")];
    const boxes = messages.map((message) => message.getBoundingClientRect());
    const y = Math.min(...boxes.map((box) => box.top));
    return {x: 0, y, width: innerWidth, height: Math.max(...boxes.map((box) => box.bottom)) - y};
})()"""


async def drawn(world: World, channel: ChannelHandle, page: Page) -> dict[str, bytes]:
    """The PNG of all messages of a channel that the moderator sees, for each theme. It carries their fingerprint."""
    messages = fingerprint(world, channel)
    pictures: dict[str, bytes] = {}
    with discords_markdown():
        async with world.env.preview(channel, viewers=[world.moderator], layout="channel") as preview:
            await page.go(preview.url, before=_STYLED.format(json.dumps(_STYLE.read_text())))
            await page.evaluate(_READY)
            box = await page.evaluate(_MESSAGES)
            box |= {"y": box["y"] - _MARGIN, "height": box["height"] + 2 * _MARGIN}
            for theme in THEMES:
                await page.evaluate(_THEMED.format(json.dumps(theme)))
                pictures[theme] = small(await page.photograph(box), messages)
    return pictures


def small(png: bytes, messages: str) -> bytes:
    """A PNG of few colours, with the fingerprint of the messages that it shows."""
    about = PngInfo()
    about.add_text(_MESSAGES_KEY, messages)
    written = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS, kmeans=_ROUNDS, dither=Image.Dither.NONE)
    picture.save(written, "PNG", optimize=True, pnginfo=about)
    return written.getvalue()


def shown(picture: Path) -> str:
    """The fingerprint of the messages that a picture shows."""
    with Image.open(picture) as image:
        return str(image.info[_MESSAGES_KEY])
