"""One request and its answer, and the redirects from one answer to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from yarl import URL

from pullquote.library.sources.pages.checking import checked, joined, shown
from pullquote.library.sources.pages.connecting import NotPublicError
from pullquote.library.sources.pages.rules import FetchRules
from retrieval.errors import UnfitError

_REDIRECTS = (301, 302, 303, 307, 308)
_Taken = TypeVar("_Taken")


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks servers, within the rules, in a session that keeps to the same rules."""

    session: aiohttp.ClientSession
    rules: FetchRules

    async def follow(
        self,
        url: URL | str,
        accept: str,
        take: Callable[[URL, aiohttp.ClientResponse], Awaitable[_Taken]],
        permit: Callable[[URL], Awaitable[None]] | None = None,
    ) -> _Taken:
        """What `take` makes of the answer at the end of all redirects. Raises UnfitError.

        `permit` is asked before each request and may raise an UnfitError, too.
        """
        before: URL | None = None
        for _ in range(self.rules.redirects + 1):
            try:
                url = checked(joined(before, url) if before else url, self.rules)
                if before and before.scheme == "https" and url.scheme == "http":
                    raise UnfitError("page-downgrade")
                if permit:
                    await permit(url)
                async with _answer(self.session, url, accept) as response:
                    location = response.headers.get("Location")
                    if response.status not in _REDIRECTS or location is None:
                        return await take(url, response)
                before, url = url, location
            except UnfitError as error:
                if before is None:
                    raise
                raise UnfitError("page-redirected", to=shown(url), reason=error.reason) from error
        raise UnfitError("page-redirects", limit=self.rules.redirects)


@asynccontextmanager
async def _answer(session: aiohttp.ClientSession, url: URL, accept: str) -> AsyncIterator[aiohttp.ClientResponse]:
    """The answer of a server, while its body is read. Raises UnfitError, whatever the server does."""
    try:
        async with session.get(url, headers={"Accept": accept}, allow_redirects=False) as response:
            yield response
    except aiohttp.ClientSSLError as error:
        raise UnfitError("page-tls") from error
    except aiohttp.ClientConnectorError as error:
        if isinstance(error.os_error, NotPublicError):
            raise UnfitError("page-private") from error
        if isinstance(error, aiohttp.ClientConnectorDNSError):
            raise UnfitError("page-host-unknown") from error
        raise UnfitError("page-unreachable") from error
    except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
        raise UnfitError("page-broken-off") from error
    except aiohttp.ClientError as error:
        raise UnfitError("page-garbled") from error
