"""SimCord's page → ours: the list of channels, and without what is for those who test bots."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
_HEAD, _STAGE, _TITLE = "</head>", '<div id="preview-stage"', "SimCord Preview</title>"


@dataclass(frozen=True, slots=True)
class Link:
    """A channel in the list."""

    label: str
    address: str
    is_here: bool


def dressed(page: str, links: Iterable[Link]) -> str:
    """SimCord's page with the list of channels and our style. The style lies beside the page."""
    items = "".join(
        f'<li><a href="{html.escape(link.address)}"{" aria-current=page" if link.is_here else ""}>'
        f"{html.escape(link.label)}</a></li>"
        for link in links
    )
    channels = f'<nav class="places" aria-label="Channels"><h2>Try Pullquote</h2><ul>{items}</ul></nav>'
    return (
        page.replace(_TITLE, "Try Pullquote</title>")
        .replace(_HEAD, f'<link rel="stylesheet" href="style.css">{_HEAD}')
        .replace(_STAGE, channels + _STAGE)
    )
