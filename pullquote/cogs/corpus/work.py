"""Long work for a moderator: in a thread, with its progress in the message that the moderator looks at."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import discord

from pullquote.cogs.tree import Unreachable
from pullquote.library.progress import Pace, ProgressLog
from pullquote.locales.english import progress_words
from retrieval.progress import Progress, Step

T = TypeVar("T")

# Seconds between two looks at the progress, so that the edits stay within Discord's limits.
PROGRESS_EVERY = 2.0


@dataclass(slots=True)
class ProgressNote:
    """The latest progress of a worker thread; the thread writes it, the event loop reads it."""

    doing: str
    text: str
    pace: Pace = field(default_factory=Pace)
    log: ProgressLog = field(default_factory=ProgressLog)

    def __call__(self, step: Step, done: int, total: int) -> None:
        self.text = f"{self.doing}: {progress_words(step, done, total, self.pace.seconds_left(step, done, total))}…"
        self.log(step, done, total)

    def __str__(self) -> str:
        return self.text


async def working(interaction: discord.Interaction, work: Callable[[Progress], T], doing: str) -> T:
    """Do work in a thread and show how far it is in the response to an interaction. Raises what `work` raises.

    `doing` is what the work is called.
    """
    note = ProgressNote(doing, f"{doing}…")
    task = asyncio.ensure_future(asyncio.to_thread(work, note))
    shown = ""
    while not (await asyncio.wait({task}, timeout=PROGRESS_EVERY))[0]:
        if (text := str(note)) != shown:
            shown = text
            # The work goes on even when the moderator has closed the message or Discord is not to be reached.
            with contextlib.suppress(*Unreachable):
                await interaction.edit_original_response(content=shown)
    return task.result()
