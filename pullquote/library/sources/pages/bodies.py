"""The body of an answer, unpacked, up to a limit.

aiohttp would unpack it, but takes a gzip stream that was cut off for a whole one: half an article would be quoted.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import aiohttp

from retrieval.errors import UnfitError

_PLAIN = ("", "identity")
_PACKED = ("gzip", "x-gzip", "deflate")
# Both formats, told apart by their first bytes: zlib's manual, inflateInit2.
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


async def body_of(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, or its first `limit` + 1 bytes if it is longer. Raises UnfitError if its packing is damaged."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding in _PLAIN:
        return await _read(response.content, limit, lambda chunk, room: chunk[:room])
    if coding not in _PACKED:
        raise UnfitError("page-packing")
    stream = zlib.decompressobj(_GZIP_OR_ZLIB)

    def unpacked(chunk: bytes, room: int) -> bytes:
        if stream.eof:  # what follows is not part of the stream, and not text
            raise UnfitError("page-packing")
        return stream.decompress(chunk, room)

    try:
        raw = await _read(response.content, limit, unpacked)
    except zlib.error as error:
        raise UnfitError("page-packing") from error
    if len(raw) <= limit and (not stream.eof or stream.unused_data):
        raise UnfitError("page-packing")
    return raw


async def _read(content: aiohttp.StreamReader, limit: int, unpack: Callable[[bytes, int], bytes]) -> bytes:
    raw = bytearray()
    async for chunk in content.iter_any():
        raw += unpack(chunk, limit + 1 - len(raw))
        if len(raw) > limit:
            break
    return bytes(raw)
