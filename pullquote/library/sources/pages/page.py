"""A web page, fetched from the public internet for a moderator who named its address."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp
from yarl import URL

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.asking import Asker
from pullquote.library.sources.pages.bodies import body_of
from pullquote.library.sources.pages.charset import in_utf8
from pullquote.library.sources.pages.checking import shown
from pullquote.library.sources.pages.connecting import open_session
from pullquote.library.sources.pages.kinds import ACCEPT, media_type_from
from pullquote.library.sources.pages.naming import file_name
from pullquote.library.sources.pages.robots import Robots
from pullquote.library.sources.pages.rules import RULES, FetchRules
from retrieval.errors import Reason, UnfitError


@dataclass(frozen=True, slots=True)
class Page:
    """What was at an address when it was fetched."""

    url: str
    """The address at the end of all redirects, without a fragment."""
    media_type: str
    """One of MEDIA_TYPES."""
    raw: bytes
    """The document; a text is in UTF-8 if its server named another encoding for it."""
    file: str
    """A name for the document, made of the address."""


async def fetch(url: str, rules: FetchRules = RULES) -> Page:
    """Fetch a page, if the rules and the site's robots.txt let it be. Raises FetchError."""
    try:
        async with asyncio.timeout(rules.seconds), open_session(rules) as session:
            asker = Asker(session, rules)

            async def take(url: URL, response: aiohttp.ClientResponse) -> Page:
                return await _page(url, response, rules)

            return await asker.follow(url, ACCEPT, take, Robots(asker).permit)
    except UnfitError as error:
        raise FetchError(shown(url), error.reason) from error
    except TimeoutError as error:
        raise FetchError(shown(url), Reason.of("page-slow", seconds=rules.seconds)) from error


async def _page(url: URL, response: aiohttp.ClientResponse, rules: FetchRules) -> Page:
    """The page that an answer brings. Raises UnfitError."""
    _check_status(response.status)
    media_type = media_type_from(response.content_type, url.path)
    raw = await body_of(response, rules.bytes)
    if len(raw) > rules.bytes:
        raise UnfitError("page-large", limit=rules.bytes / 1024 / 1024)
    if not raw.strip():
        raise UnfitError("page-empty")
    if media_type.startswith("text/"):
        raw = in_utf8(raw, response.charset)
    return Page(str(url), media_type, raw, file_name(url, media_type))


def _check_status(status: int) -> None:
    """Raises UnfitError for an answer that does not bring the page."""
    match status:
        case 404 | 410:
            raise UnfitError("page-gone", status=status)
        case 401 | 403:
            raise UnfitError("page-closed", status=status)
        case 429:
            raise UnfitError("page-too-often")
        case _ if status >= 500:
            raise UnfitError("page-server-error", status=status)
        case _ if status >= 300:
            raise UnfitError("page-not-given", status=status)
