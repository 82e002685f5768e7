"""The pictures of the README, made anew: `make pictures`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.pictures.browser import NoBrowserError, chromium
from tests.pictures.drawing import PICTURES, WIDTH, drawn
from tests.pictures.scenes import SCENES, stage


async def make() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with chromium(WIDTH) as page, stage(Path(data)) as world:
            for name, play in SCENES.items():
                channel = world.guild.create_text_channel(name)
                await play(world, channel)
                for theme, png in (await drawn(world, channel, page)).items():
                    path = PICTURES / f"{name}-{theme}.png"
                    path.write_bytes(png)
                    print(f"{path.name}: {len(png) / 1000:.0f} kB")


try:
    asyncio.run(make())
except NoBrowserError as error:
    sys.exit(str(error))
